import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { InvalidInput } from "../InvalidInput.ts"
import { problemsOf } from "./problems.ts"

/**
 * Nothing that is misspelt is overlooked: a test that ran without its fault, or without its user, would prove nothing.
 *
 * @internal
 */
export const strictly = { errors: "all", onExcessProperty: "error" } as const

/** @internal */
export const checked = <A>(
  input: InvalidInput["input"],
  schema: Schema.ConstraintDecoder<A>
): (value: unknown) => Effect.Effect<A, InvalidInput> => {
  const decode = Schema.decodeUnknownEffect(schema, strictly)
  return (value) =>
    Effect.mapError(
      decode(value),
      ({ issue }) => new InvalidInput({ input, problems: problemsOf(issue).slice(0, 100) })
    )
}
