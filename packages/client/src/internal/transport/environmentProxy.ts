import type * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import type { SettingsProblem } from "../../SettingsError.ts"
import * as Environment from "../settings/environment.ts"

/** What `EnvHttpProxyAgent` of undici would read from `process.env` itself, also later, where it is not told. */
export interface EnvironmentProxy {
  readonly httpProxy: string
  readonly httpsProxy: string
  readonly noProxy: string
}

/**
 * The proxy that Node's own fetch would use: where `NODE_USE_ENV_PROXY` is `1`, that of `http_proxy` and `https_proxy`, but for
 * the hosts of `no_proxy`. A name in lower case goes before the same in upper case, even if it is empty.
 *
 * @see `setupHttpProxy` in Node's `lib/internal/process/pre_execution.js`, `lib/dispatcher/env-http-proxy-agent.js` of undici
 * @internal
 */
export const environmentProxy: Effect.Effect<EnvironmentProxy | undefined, ReadonlyArray<SettingsProblem>> = Effect.gen(
  function*() {
    if ((yield* Environment.text("NODE_USE_ENV_PROXY")) !== "1") return undefined
    const http = yield* variable("http_proxy")
    const https = yield* variable("https_proxy")
    if (http.value === "" && https.value === "") return undefined
    const problems = [http, https].filter(({ value }) => value !== "" && !isProxyUrl(value)).map(({ name }) => ({
      setting: name,
      problem: "must be the URL of a proxy, such as http://proxy.example:3128"
    }))
    if (problems.length > 0) return yield* Effect.fail(problems)
    return { httpProxy: http.value, httpsProxy: https.value, noProxy: (yield* variable("no_proxy")).value }
  }
).pipe(
  Environment.ofNow,
  Effect.catchTag(
    "ConfigError",
    () => Effect.fail([{ setting: "NODE_USE_ENV_PROXY", problem: "and what it refers to must be readable" }])
  )
)

const variable = (
  lowerCase: string
): Effect.Effect<{ readonly name: string; readonly value: string }, Config.ConfigError> =>
  Effect.gen(function*() {
    const value = yield* Environment.textAsItIs(lowerCase)
    if (value !== undefined) return { name: lowerCase, value }
    const name = lowerCase.toUpperCase()
    return { name, value: (yield* Environment.textAsItIs(name)) ?? "" }
  })

/** What undici knows how to speak to, and its userinfo is read as it does. */
const isProxyUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { password, protocol, username } = new URL(text)
  return /^(https?|socks5?):$/.test(protocol) && !/%(?![\da-f]{2})/i.test(username + password)
}
