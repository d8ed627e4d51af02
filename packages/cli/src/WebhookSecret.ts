/** The secret of a webhook: of a file, as `sunco webhooks create --secret-file` writes it, or of the environment. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { Failure } from "./Failure.ts"
import { environment } from "./internal/streams.ts"

/** `SUNCO_WEBHOOK_SECRET` may have several, with commas between them. */
export const find = (secretFile: Option.Option<string>) =>
  Effect.gen(function*() {
    if (Option.isNone(secretFile)) return secretsOf(environment()["SUNCO_WEBHOOK_SECRET"] ?? "")
    const files = yield* FileSystem.FileSystem
    const text = yield* Effect.mapError(files.readFileString(secretFile.value), ({ reason }) =>
      new Failure({ kind: "usage", message: `--secret-file ${secretFile.value}: it cannot be read (${reason._tag})` }))
    const secrets = secretsOf(text)
    return secrets.length > 0
      ? secrets
      : yield* new Failure({ kind: "usage", message: `--secret-file ${secretFile.value}: it is empty` })
  })

const secretsOf = (text: string): ReadonlyArray<Redacted.Redacted> =>
  text.split(",").map((secret) => secret.trim()).filter((secret) => secret !== "").map((secret) =>
    Redacted.make(secret)
  )
