import type * as Cause from "effect/Cause"
import { NodeInspectSymbol } from "effect/Inspectable"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { ResponseInfo } from "../../ResponseInfo.ts"
import { redacted } from "./durationAndRedacted.ts"
import { errorJson, type Inspect, inspectError } from "./printedError.ts"

/** What every outcome says of the call that it ended. */
const facts = {
  /** The method that was called, such as `Users.get`. */
  operation: Schema.String,
  /** How many requests were sent, look-ups included. */
  attempts: Schema.Int,
  /** Status and headers of the answer. */
  response: redacted(ResponseInfo)
}

const IsOutcome = Symbol.for("@sunco/client/internal/Outcome")

/** @internal */
export const isOutcome = (error: unknown): error is Error => Predicate.hasProperty(error, IsOutcome)

/**
 * Makes an outcome without the frames of where it is made: they are of this package and of Effect, and to walk them costs as
 * much as the rest of the call. Where it came from is told by the frames that promises give it, and by the spans of Effect.
 *
 * @internal
 */
export const withoutFrames = <A>(make: () => A): A => {
  // `Reflect`, because not every engine has it, and a hardened environment does not let it be set.
  const stackTraceLimit: unknown = Reflect.get(Error, "stackTraceLimit")
  Reflect.set(Error, "stackTraceLimit", 0)
  try {
    return make()
  } finally {
    Reflect.set(Error, "stackTraceLimit", stackTraceLimit)
  }
}

/**
 * The class of an outcome of the domain, of which `what` says in words what it is; `fields` are those that it has beside what
 * every outcome says.
 *
 * @internal
 */
export const Outcome = <Self>() =>
<const Tag extends string, const Fields extends Schema.Struct.Fields = {}>(
  tag: Tag,
  what: string,
  fields?: Fields
): Schema.Class<Self, Schema.TaggedStruct<Tag, typeof facts & Fields>, Cause.YieldableError> => {
  // `any`: the class that extends this one is what its type says, and not known here.
  class Outcome extends Schema.TaggedError<any>()(tag, { ...facts, ...fields }) {
    get [IsOutcome](): true {
      return true
    }

    override get message(): string {
      return `${this.operation}: ${what}`
    }

    override toJSON(): unknown {
      return errorJson(this)
    }

    override [NodeInspectSymbol](depth?: number, options?: object, inspect?: Inspect): string {
      return inspectError(this, depth, options, inspect)
    }
  }
  return Outcome as any
}
