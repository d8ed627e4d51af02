import type { Operation } from "@sunco/schemas/Operation"
import type { Path, PutAside } from "@sunco/schemas/Reading"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { ResponseInfo } from "../../ResponseInfo.ts"
import type { Applied } from "../../SunshineError.ts"
import type { Compiled } from "../operation/operation.ts"
import type { Answer, WireRequest } from "../transport/wire.ts"

/**
 * What to send and what its answers mean: everything that the core must know of one call.
 *
 * @internal
 */
export interface Plan<A, E> {
  readonly request: WireRequest
  /** Whether the same request may be sent again when nobody knows whether it was applied, or until how long after the call began. */
  readonly repeatable: boolean | { readonly withinMillis: number }
  /** What is sent first instead of the same request then: a read that may settle it. */
  readonly lookUp?: Plan<A, E> | undefined
  /** Reads a whole answer. */
  readonly settle: (answer: Answer, ambiguous: Ambiguous) => Settled<A, E>
}

/**
 * Whether an attempt before this one may have been applied (`"unknown"`), or was (`"yes"`) although its answer was lost.
 *
 * @internal
 */
export type Ambiguous = false | Exclude<Applied, "no">

/**
 * What an answer means where it ends the call.
 *
 * @internal
 */
export type Ended<A, E> =
  /** `putAside` is what was odd in the answer. */
  | { readonly _tag: "Value"; readonly value: A; readonly putAside: ReadonlyArray<PutAside> }
  /** An outcome of the domain, such as `UserNotFound`. */
  | { readonly _tag: "Failure"; readonly tag: string; readonly make: (call: CallFacts) => E }
  /** A documented success whose body cannot be read, and where in it, if it is JSON. */
  | { readonly _tag: "Unreadable"; readonly path: Path | undefined }
  /** Nothing that this operation knows: the core lifts it by its status. */
  | { readonly _tag: "Unknown" }

/** @internal */
export type Settled<A, E> =
  | Ended<A, E>
  /** The answer asks for another request, at once or after the wait that the policy gives. */
  | {
    readonly _tag: "Continue"
    readonly plan: Plan<A, E>
    readonly when: "now" | "later"
    /** What to say where the attempts or the time end before it. */
    readonly unfinished: Unfinished
  }

/** @internal */
export type Unfinished = "not-looked-up" | "not-repeated"

/**
 * What a failure says of the call beside what it says of itself.
 *
 * @internal
 */
export interface CallFacts {
  readonly operation: string
  readonly attempts: number
  readonly response: Redacted.Redacted<ResponseInfo>
}

/** @internal */
export const unknown: Ended<never, never> = { _tag: "Unknown" }

/** @internal */
export const unreadable: Ended<never, never> = { _tag: "Unreadable", path: undefined }

/**
 * A plan of one request only.
 *
 * @internal
 */
export interface OperationPlan<A, E> extends Plan<A, E> {
  readonly lookUp?: undefined
  readonly settle: (answer: Answer, ambiguous: Ambiguous) => Ended<A, E>
}

/**
 * The plan of a declared operation: its documented success is read here, every other answer is for the operation to know.
 *
 * @internal
 */
export const operationPlan = <O extends Operation, A, E>(
  operation: Pick<Compiled<O>, "decode" | "isSuccess">,
  repeatable: Plan<A, E>["repeatable"],
  select: (success: O["success"]["schema"]["Type"]) => A,
  otherwise: OperationPlan<A, E>["settle"]
): (request: WireRequest) => OperationPlan<A, E> => {
  const settle: OperationPlan<A, E>["settle"] = (answer, ambiguous) => {
    if (!operation.isSuccess(answer.status)) return otherwise(answer, ambiguous)
    const reading = operation.decode(answer)
    if (Result.isFailure(reading)) return { _tag: "Unreadable", path: reading.failure?.path }
    const { putAside, value } = reading.success
    return { _tag: "Value", value: select(value), putAside }
  }
  return (request) => ({ request, repeatable, settle })
}
