/**
 * `pnpm contracts:vendor --spec FILE`: holds the pact and `SunshineApi` against the vendor's OpenAPI document, which
 * https://github.com/zendesk/sunshine-conversations-api-spec has.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Config from "effect/Config"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import * as Deviation from "../openapi/Deviation.ts"
import { recordedDeviations } from "../openapi/recordedDeviations.ts"
import * as VendorCheck from "../openapi/VendorCheck.ts"
import { Failed } from "./Failed.ts"
import { pactFile } from "./pactFile.ts"

const vendor = Command.make("contracts:vendor", {
  spec: Flag.File("spec", { mustExist: true }).pipe(
    Flag.withDescription("The vendor's OpenAPI document, YAML or JSON"),
    Flag.withFallbackConfig(Config.NonEmptyString("SUNCO_VENDOR_SPEC"))
  )
}, ({ spec }) =>
  Effect.gen(function*() {
    const files = yield* FileSystem.FileSystem
    const deviations = yield* VendorCheck.deviations({
      document: yield* files.readFileString(spec),
      pact: yield* files.readFileString(pactFile)
    })
    const review = Deviation.review(deviations, recordedDeviations)
    yield* Console.log(Deviation.format(review))
    if (!Deviation.isFine(review)) return yield* new Failed()
  }).pipe(
    Effect.tapError((error) => error._tag === "Failed" ? Effect.void : Console.error(`${spec}: ${error.message}`)),
    Effect.mapError(() => new Failed())
  )).pipe(Command.withDescription("Holds the pact and SunshineApi against the vendor's OpenAPI document."))

CommandLine.run(vendor)
