/**
 * Settings of a client that are missing, wrong, or contradict each other.
 *
 * @since 0.1.0
 */
import { NodeInspectSymbol } from "effect/Inspectable"
import * as Schema from "effect/Schema"
import { errorJson, type Inspect, inspectError } from "./internal/errors/printedError.ts"

/**
 * A setting, as an option or as an environment variable, and what is wrong with it: `attemptTimeout`, `must be …`. The value
 * itself is not repeated.
 *
 * @category models
 * @since 0.1.0
 */
export const SettingsProblem = Schema.Struct({ setting: Schema.String, problem: Schema.String })

/**
 * A setting and what is wrong with it.
 *
 * @category models
 * @since 0.1.0
 */
export type SettingsProblem = typeof SettingsProblem.Type

/**
 * Names everything that is wrong with the settings of a client at once, in one line.
 *
 * **Example** (What is missing)
 *
 * ```ts
 * import { SettingsError } from "@sunco/client/SettingsError"
 * import { Users } from "@sunco/client/promise"
 * import * as ConfigProvider from "effect/ConfigProvider"
 *
 * const environment = ConfigProvider.layer(ConfigProvider.fromEnv({ env: { SUNCO_TOKEN: "an access token" } }))
 *
 * try {
 *   Users.fromEnv({ layers: [environment] })
 * } catch (error) {
 *   if (error instanceof SettingsError) console.log(error.problems.map(({ setting }) => setting))
 *   // [ 'SUNCO_APP_ID', 'SUNCO_SUBDOMAIN' ]
 * }
 * ```
 *
 * @category errors
 * @since 0.1.0
 */
export class SettingsError extends Schema.TaggedError<SettingsError>()("SettingsError", {
  problems: Schema.Array(SettingsProblem)
}) {
  override get message(): string {
    return this.problems.map(({ problem, setting }) => `${setting} ${problem}`).join("; ")
  }

  override toJSON(): unknown {
    return errorJson(this)
  }

  /** @internal */
  override [NodeInspectSymbol](depth?: number, options?: object, inspect?: Inspect): string {
    return inspectError(this, depth, options, inspect)
  }
}
