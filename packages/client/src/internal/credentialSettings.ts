import type * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import { SettingsError } from "../SettingsError.ts"
import * as Environment from "./environment.ts"

/** @internal */
export type CredentialSettings =
  | { readonly token: Redacted.Redacted }
  | { readonly keyId: string; readonly secret: Redacted.Redacted }

const fail = (setting: string, problem: string) => Effect.fail(new SettingsError({ setting, problem }))

/** @internal */
export const fromConfig: Effect.Effect<CredentialSettings, Config.ConfigError | SettingsError> = Effect.gen(
  function*() {
    const keyId = yield* Environment.text("SUNCO_KEY_ID")
    const secret = yield* Environment.secret("SUNCO_KEY_SECRET")
    const token = yield* Environment.secret("SUNCO_TOKEN")
    if (token !== undefined) {
      if (keyId !== undefined) return yield* fail("SUNCO_TOKEN", "and SUNCO_KEY_ID are both set: keep one of them")
      if (secret !== undefined) return yield* fail("SUNCO_TOKEN", "and SUNCO_KEY_SECRET are both set: keep one of them")
      return { token }
    }
    if (keyId === undefined) {
      return yield* secret === undefined
        ? fail("SUNCO_KEY_ID", "and SUNCO_KEY_SECRET, or SUNCO_TOKEN, must be set")
        : fail("SUNCO_KEY_ID", "is not set, and SUNCO_KEY_SECRET is")
    }
    if (secret === undefined) return yield* fail("SUNCO_KEY_SECRET", "is not set, and SUNCO_KEY_ID is")
    return { keyId, secret }
  }
)
