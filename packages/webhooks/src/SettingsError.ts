/**
 * Settings of a receiver that are missing or mean nothing.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * Names everything that is wrong with the settings of a receiver at once. Values are not repeated: they are secrets.
 *
 * **Example** (A secret with a line break at its end)
 *
 * ```ts
 * import * as Secrets from "@sunco/webhooks/Secrets"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 * import * as Redacted from "effect/Redacted"
 *
 * const program = Layer.build(Secrets.layer(Redacted.make("copied with its line break\n"))).pipe(
 *   Effect.scoped,
 *   Effect.catchTag("SettingsError", (error) => Effect.sync(() => console.log(error.message)))
 *   // secrets.0 must have no blanks or line breaks
 * )
 *
 * Effect.runPromise(program)
 * ```
 *
 * @category errors
 * @since 0.1.0
 */
export class SettingsError extends /* @__PURE__ */ Schema.TaggedError<SettingsError>()("SettingsError", {
  problems: Schema.Array(Schema.Struct({ setting: Schema.String, problem: Schema.String }))
}) {
  override get message(): string {
    return this.problems.map(({ problem, setting }) => `${setting} ${problem}`).join("; ")
  }
}
