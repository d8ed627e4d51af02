/**
 * Provider states: what must be true of the provider before an interaction, each with the schema of its parameters.
 *
 * The consumer names states in its interactions; whoever verifies the provider supplies a handler for each. Declared
 * once as a value, both sides are checked by the compiler: parameters where a state is used, completeness where it is
 * handled.
 *
 * @since 0.1.0
 */
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Internal from "./internal/providerStates.ts"
import { readable } from "./internal/readableError.ts"

/**
 * A state that an interaction asks for.
 *
 * @category models
 * @since 0.1.0
 */
export interface ProviderState {
  readonly name: string
  readonly parameters: Schema.JsonObject
}

/**
 * The schemas of what a state takes or gives, by name. They need no services, and their encoded side travels as JSON.
 *
 * @category models
 * @since 0.1.0
 */
export type Fields = { readonly [name: string]: Schema.ConstraintCodec<unknown, unknown> }

/**
 * What one state takes and gives: `parameters` are what the interaction says about it, `values` what its handler gives
 * back for `Matcher.fromProviderState`.
 *
 * @category models
 * @since 0.1.0
 */
export interface Definition {
  readonly parameters?: Fields
  readonly values?: Fields
}

/**
 * What each state takes and gives, by its name.
 *
 * @category models
 * @since 0.1.0
 */
export type Definitions = { readonly [name: string]: Definition }

/**
 * What an interaction says about a state.
 *
 * @category models
 * @since 0.1.0
 */
export type Parameters<D extends Definition> = D extends { readonly parameters: infer F extends Fields }
  ? Schema.Struct.Type<F>
  : {}

/**
 * What the handler of a state gives back.
 *
 * @category models
 * @since 0.1.0
 */
export type Values<D extends Definition> = D extends { readonly values: infer F extends Fields } ? Schema.Struct.Type<F>
  : void

/**
 * Puts the provider in a state. What it acquires in its scope is released after the interaction.
 *
 * @category models
 * @since 0.1.0
 */
export type Handler<D extends Definition, R = never> = (
  parameters: Parameters<D>
) => Effect.Effect<Values<D>, unknown, R>

/**
 * A handler for each state, and no other.
 *
 * @category models
 * @since 0.1.0
 */
export type Handlers<D extends Definitions> = { readonly [Name in keyof D]: Handler<D[Name], unknown> }

/**
 * Handlers as the verifier runs them, by name and undecoded parameters.
 *
 * @category models
 * @since 0.1.0
 */
export interface StateHandlers<out R = never> {
  readonly setUp: (
    name: string,
    parameters: unknown
  ) => Effect.Effect<Schema.JsonObject, ProviderStateError, R | Scope.Scope>
}

/**
 * A state that could not be set up: nobody handles it (`state`), its parameters do not fit their schema (`parameters`),
 * its handler failed (`handler`), or what that gave back does not fit (`values`).
 *
 * **Details**
 *
 * `given` throws it, for parameters; the verifier reports it as a failure of the interaction.
 *
 * @category errors
 * @since 0.1.0
 */
export class ProviderStateError extends readable(
  Schema.TaggedError<ProviderStateError>()("ProviderStateError", {
    state: Schema.String,
    problem: Schema.Literals(["state", "parameters", "handler", "values"]),
    detail: Schema.String
  })
) {
  override get message(): string {
    return `provider state ${JSON.stringify(this.state)}, ${this.problem}: ${this.detail}`
  }
}

/**
 * Declared provider states.
 *
 * @category models
 * @since 0.1.0
 */
export interface ProviderStates<D extends Definitions> {
  readonly definitions: D

  /**
   * A state for an interaction. Throws `ProviderStateError` when the parameters break a check that types cannot see.
   */
  readonly given: <Name extends keyof D & string>(
    name: Name,
    ...parameters: D[Name] extends { readonly parameters: Fields } ? [parameters: Parameters<D[Name]>] : []
  ) => ProviderState

  /**
   * The handlers for the verifier: one for each state, or it does not compile.
   */
  readonly handlers: <H extends Handlers<D>>(
    handlers: H & { readonly [Name in Exclude<keyof H, keyof D>]: never }
  ) => StateHandlers<Exclude<Effect.Services<ReturnType<H[keyof D]>>, Scope.Scope>>
}

/**
 * Declares provider states.
 *
 * **Details**
 *
 * A name states a fact about the provider in the present tense and holds no ids; those are parameters. Pact takes two
 * interactions of one description for the same when the names of their states are, whatever the parameters.
 *
 * **Example** (A state with a parameter, and a value that its handler gives back)
 *
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Schema from "effect/Schema"
 * import * as ProviderStates from "effect-pact/ProviderStates"
 *
 * const States = ProviderStates.make({
 *   "a user exists": { parameters: { name: Schema.String }, values: { userId: Schema.String } },
 *   "there are no users": {}
 * })
 *
 * console.log(States.given("a user exists", { name: "Ada" }))
 * // { name: 'a user exists', parameters: { name: 'Ada' } }
 *
 * // where the provider is verified
 * export const handlers = States.handlers({
 *   "a user exists": ({ name }) => Effect.succeed({ userId: `id-of-${name}` }),
 *   "there are no users": () => Effect.void
 * })
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = <const D extends Definitions>(definitions: D): ProviderStates<D> => Internal.make(definitions)
