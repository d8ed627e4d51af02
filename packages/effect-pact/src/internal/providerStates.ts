import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  type Definition,
  type Definitions,
  type Fields,
  ProviderStateError,
  type ProviderStates
} from "../ProviderStates.ts"

// The fields of a state are only known by name here, so their codec is one of unknowns; `make` gives the types back.
const codec = (fields: Fields | undefined) =>
  Schema.toCodecJson(Schema.Struct(fields ?? {})) as unknown as Schema.Codec<unknown, Schema.JsonObject>

const handle = (
  name: string,
  definition: Definition,
  handler: (parameters: never) => Effect.Effect<unknown, unknown, unknown>
) => {
  const failed = (problem: ProviderStateError["problem"]) => (error: { readonly message: string }) =>
    new ProviderStateError({ state: name, problem, detail: error.message })
  const decode = Schema.decodeUnknownEffect(codec(definition.parameters))
  const encode = Schema.encodeUnknownEffect(codec(definition.values))
  return (parameters: unknown) =>
    decode(parameters).pipe(
      Effect.mapError(failed("parameters")),
      Effect.flatMap((decoded) =>
        // A handler that only arranges things gives nothing back.
        Effect.catchCause(
          Effect.map(
            Effect.suspend(() => handler(decoded as never)),
            (values) => definition.values === undefined ? {} : values
          ),
          (cause) =>
            Cause.hasInterruptsOnly(cause)
              ? Effect.failCause(cause as Cause.Cause<never>)
              : Effect.fail(new ProviderStateError({ state: name, problem: "handler", detail: Cause.pretty(cause) }))
        )
      ),
      Effect.flatMap((values) => Effect.mapError(encode(values), failed("values")))
    )
}

/** See `ProviderStates.make`, whose signature relates the names, which here are only strings. */
export const make = <D extends Definitions>(definitions: D): ProviderStates<D> => {
  const self = {
    definitions,
    given: (name: string, parameters: unknown = {}) => {
      const encoded = Schema.encodeUnknownResult(codec(definitions[name]?.parameters))(parameters)
      if (encoded._tag === "Failure") {
        throw new ProviderStateError({ state: name, problem: "parameters", detail: encoded.failure.message })
      }
      return { name, parameters: encoded.success }
    },
    handlers: (handlers: Record<string, (parameters: never) => Effect.Effect<unknown, unknown, unknown>>) => {
      const byName = new Map(
        Object.entries(definitions).map(([name, definition]) => [name, handle(name, definition, handlers[name]!)])
      )
      return {
        setUp: (name: string, parameters: unknown) =>
          byName.get(name)?.(parameters) ??
            new ProviderStateError({ state: name, problem: "state", detail: "no handler knows it" })
      }
    }
  }
  return self as unknown as ProviderStates<D>
}
