/**
 * `pnpm spec:diff --spec FILE-OR-URL`: says what another OpenAPI document of the vendor changes for this client. The exit code is 0
 * when there is nothing to do, 1 when there is, and 2 when the document cannot be read.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { fileURLToPath } from "node:url"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import * as Fingerprint from "../openapi/Fingerprint.ts"
import { readDocument } from "../openapi/readDocument.ts"
import { recordedFingerprint } from "../openapi/recordedFingerprint.ts"
import * as SpecReport from "../openapi/SpecReport.ts"
import { Failed } from "./Failed.ts"
import { NotRead } from "./NotRead.ts"
import { spec } from "./specFlag.ts"

const fingerprintFile = fileURLToPath(new URL("../openapi/fingerprint.json", import.meta.url))

const specDiff = Command.make("spec:diff", {
  spec,
  json: Flag.Boolean("json").pipe(Flag.withDescription("Print JSON"), Flag.withDefault(false)),
  record: Flag.Boolean("record").pipe(
    Flag.withDescription("Make this the document with which others are compared"),
    Flag.withDefault(false)
  )
}, ({ json, record, spec }) =>
  Effect.gen(function*() {
    const document = yield* readDocument(spec).pipe(
      Effect.tapError(({ message }) => Console.error(message)),
      Effect.mapError(() => new NotRead())
    )
    if (record) {
      const files = yield* FileSystem.FileSystem
      yield* files.writeFileString(fingerprintFile, Fingerprint.format(Fingerprint.fromDocument(document)))
      return yield* Console.log(`${document.info.version} is in ${fingerprintFile}`)
    }
    const report = yield* SpecReport.make(recordedFingerprint(), document)
    yield* Console.log(json ? JSON.stringify(report, undefined, 2) : SpecReport.format(report))
    if (SpecReport.concernsClient(report)) return yield* new Failed()
  })).pipe(Command.withDescription("Says what another OpenAPI document of the vendor changes for this client."))

CommandLine.run(specDiff)
