/**
 * `pnpm spec:diff --spec FILE`: says what another OpenAPI document of the vendor changes for this client. The exit code is 0
 * when there is nothing to do, 1 when there is, and 2 when the document cannot be read.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Config from "effect/Config"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import { fileURLToPath } from "node:url"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import * as Fingerprint from "../openapi/Fingerprint.ts"
import { OpenApiDocument } from "../openapi/OpenApiDocument.ts"
import { parseFile } from "../openapi/parseFile.ts"
import { recordedFingerprint } from "../openapi/recordedFingerprint.ts"
import * as SpecReport from "../openapi/SpecReport.ts"
import { Failed } from "./Failed.ts"

/** There is nothing to compare. */
class NotRead extends Schema.TaggedError<NotRead>()("NotRead", {}) {
  override readonly [Runtime.errorReported] = false
  override readonly [Runtime.errorExitCode] = 2
}

const fingerprintFile = fileURLToPath(new URL("../openapi/fingerprint.json", import.meta.url))

const specDiff = Command.make("spec:diff", {
  spec: Flag.Path("spec").pipe(
    Flag.withDescription("The vendor's OpenAPI document, YAML or JSON"),
    Flag.withFallbackConfig(Config.NonEmptyString("SUNCO_VENDOR_SPEC"))
  ),
  json: Flag.Boolean("json").pipe(Flag.withDescription("Print JSON"), Flag.withDefault(false)),
  record: Flag.Boolean("record").pipe(
    Flag.withDescription("Make this the document with which others are compared"),
    Flag.withDefault(false)
  )
}, ({ json, record, spec }) =>
  Effect.gen(function*() {
    const files = yield* FileSystem.FileSystem
    const { decoded } = yield* files.readFileString(spec).pipe(
      Effect.flatMap((text) => parseFile("OpenAPI document", OpenApiDocument, text)),
      Effect.tapError(({ message }) => Console.error(`${spec}: ${message.replaceAll(/\s*\n\s*/g, " ")}`)),
      Effect.mapError(() => new NotRead())
    )
    if (record) {
      yield* files.writeFileString(fingerprintFile, Fingerprint.format(Fingerprint.fromDocument(decoded)))
      return yield* Console.log(`${decoded.info.version} is in ${fingerprintFile}`)
    }
    const report = yield* SpecReport.make(recordedFingerprint, decoded)
    yield* Console.log(json ? JSON.stringify(report, undefined, 2) : SpecReport.format(report))
    if (SpecReport.concernsClient(report)) return yield* new Failed()
  })).pipe(Command.withDescription("Says what another OpenAPI document of the vendor changes for this client."))

CommandLine.run(specDiff)
