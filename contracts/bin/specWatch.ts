/**
 * `pnpm spec:watch --spec FILE-OR-URL`: says in one line whether another OpenAPI document of the vendor says anything else than the
 * one of which this client is made, for a job that runs every night. The exit code is 0 when it does not, 1 when it does, and 2 when
 * the document cannot be read.
 */
import * as Command from "effect/cli/Command"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import { readDocument } from "../openapi/readDocument.ts"
import { recordedFingerprint } from "../openapi/recordedFingerprint.ts"
import * as SpecDiff from "../openapi/SpecDiff.ts"
import * as SpecWatch from "../openapi/SpecWatch.ts"
import { Failed } from "./Failed.ts"
import { NotRead } from "./NotRead.ts"
import { spec } from "./specFlag.ts"

const specWatch = Command.make("spec:watch", { spec }, ({ spec }) =>
  Effect.gen(function*() {
    const document = yield* readDocument(spec).pipe(
      Effect.tapError(({ message }) => Console.error(message)),
      Effect.mapError(() => new NotRead())
    )
    const { isChanged, line } = SpecWatch.of(SpecDiff.between(recordedFingerprint(), document))
    yield* Console.log(line)
    if (isChanged) return yield* new Failed()
  })).pipe(
    Command.withDescription("Says in one line whether another OpenAPI document of the vendor says anything else.")
  )

CommandLine.run(specWatch)
