/** What `sunco emulator` does. */
import { Emulator } from "@sunco/emulator/Emulator"
import { decodeSeed } from "@sunco/emulator/Seed"
import type { SeenRequest } from "@sunco/emulator/SeenRequest"
import type * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { Failure } from "../Failure.ts"
import { Json } from "../GlobalFlags.ts"
import { environment, writeError, writeOut } from "../internal/streams.ts"
import * as Output from "../Output.ts"
import { escaped } from "../Text.ts"
import type { emulatorInput } from "../tree/development.ts"

type Input = Command.Command.Config.Infer<typeof emulatorInput>

const usage = (message: string) => new Failure({ kind: "usage", message })

const readSeed = (file: string) =>
  Effect.gen(function*() {
    const files = yield* FileSystem.FileSystem
    const text = yield* Effect.mapError(files.readFileString(file), ({ reason }) =>
      usage(`--seed ${file}: it cannot be read (${reason._tag})`))
    const json = yield* Effect.mapError(Schema.decodeEffect(Schema.fromJsonString(Schema.Unknown))(text), () =>
      usage(`--seed ${file}: it is no JSON`))
    return yield* Effect.mapError(decodeSeed(json), ({ problems }) =>
      usage(`--seed ${file}: ${problems.join("; ")}`))
  })

const report = ({ applied, fault, method, path, status }: SeenRequest): void => {
  const inflicted = fault === undefined ? "" : ` (${fault._tag}${applied ? ", applied" : ""})`
  Effect.runFork(writeError(`${status ?? "cut"} ${method} ${escaped(path)}${inflicted}\n`))
}

const summary = (
  { appId, keyId, keySecret, url }: Readonly<Record<"appId" | "keyId" | "keySecret" | "url", string>>,
  isOwnSecret: boolean
): string =>
  `Sunshine Conversations, emulated. Ctrl-C stops it. In another terminal:

export SUNCO_BASE_URL=${url} SUNCO_APP_ID=${appId} \\
  SUNCO_KEY_ID=${keyId} SUNCO_KEY_SECRET=${isOwnSecret ? "$SUNCO_EMULATOR_SECRET" : keySecret}

sunco users create --external-id ada --given-name Ada

${url}/ has its pages.
`

export const emulator = ({ app, host, key, port, quiet, seed }: Input) =>
  Effect.gen(function*() {
    const own = environment()["SUNCO_EMULATOR_SECRET"] || undefined
    const start = Option.isSome(seed) ? yield* readSeed(seed.value) : undefined
    const isJson = yield* Json
    const layer = Emulator.layer({
      host,
      port,
      ...start,
      ...(Option.isSome(app) && { appId: app.value }),
      ...(Option.isSome(key) && { keyId: key.value }),
      ...(own !== undefined && { keySecret: Redacted.make(own) }),
      ...(!quiet && { onRequest: report })
    })
    return yield* Effect.gen(function*() {
      const { appId, keyId, keySecret, url } = yield* Emulator
      const access = { url, appId, keyId, keySecret: Redacted.value(keySecret) }
      yield* isJson ? Output.jsonLine(access) : writeOut(summary(access, own !== undefined))
      return yield* Effect.never
    }).pipe(
      Effect.provide(layer),
      Effect.catchTag("ListenError", ({ message }) => Effect.fail(new Failure({ kind: "failed", message })))
    )
  })
