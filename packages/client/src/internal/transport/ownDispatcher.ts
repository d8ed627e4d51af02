import * as Effect from "effect/Effect"
import { Agent, Client, type Dispatcher, EnvHttpProxyAgent, errors, Pool } from "undici"
import type { SettingsProblem } from "../../SettingsError.ts"
import { type EnvironmentProxy, environmentProxy } from "./environmentProxy.ts"

/**
 * A dispatcher of these options, through the proxy of the environment where there is one.
 *
 * @internal
 */
export const ownDispatcher = (
  options: Agent.Options | undefined
): Effect.Effect<Dispatcher, ReadonlyArray<SettingsProblem>> =>
  Effect.flatMap(environmentProxy, (proxy) =>
    Effect.try({
      try: () => {
        if (options !== undefined) refuseMeaningless(options)
        return proxy === undefined || typeof options?.connect === "function"
          ? new Agent(options)
          : proxied(proxy, options)
      },
      // undici says what it does not take in fixed words.
      catch: (error) => [{
        setting: "UndiciTransport",
        problem: error instanceof errors.InvalidArgumentError
          ? `must have options that undici takes: ${error.message}`
          : "must have options that undici takes"
      }]
    }))

/** An agent looks at its options only when it first connects, and each call would fail then. None of these connects. */
const refuseMeaningless = (options: Agent.Options): void => {
  for (const Kind of [Client, Pool]) void new Kind("https://localhost", options).destroy()
}

const proxied = (proxy: EnvironmentProxy, options: Agent.Options | undefined): Dispatcher => {
  // What is said of connections is meant for those to the API: the agent of a proxy has other names for it.
  const connect = typeof options?.connect === "object" ? options.connect : undefined
  return new EnvHttpProxyAgent({
    ...options,
    ...(connect === undefined ? undefined : { requestTls: connect }),
    ...(connect?.timeout == null ? undefined : { connectTimeout: connect.timeout }),
    ...proxy
  })
}
