import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { Emulator } from "../Emulator.ts"

/**
 * The configuration that is there, with the client's settings for this emulator. Of the other `SUNCO_*` of the machine only
 * `SUNCO_LOG` shows through: a test must not reach an account, or stumble over a token, that a developer has set.
 *
 * @internal
 */
export const clientSettings = (
  { appId, keyId, keySecret, url }: Emulator["Service"]
): Effect.Effect<ConfigProvider.ConfigProvider> =>
  Effect.map(ConfigProvider.ConfigProvider, (machine) => {
    const settings = ConfigProvider.fromUnknown({
      SUNCO_APP_ID: appId,
      SUNCO_BASE_URL: url,
      SUNCO_KEY_ID: keyId,
      SUNCO_KEY_SECRET: Redacted.value(keySecret)
    })
    return ConfigProvider.make((path) => (isSetting(String(path[0])) ? settings : machine).load(path))
  })

const isSetting = (name: string): boolean => name.startsWith("SUNCO_") && name !== "SUNCO_LOG"
