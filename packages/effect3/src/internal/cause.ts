import * as Cause4 from "effect-4/Cause"
import * as Exit4 from "effect-4/Exit"
import * as Cause from "effect/Cause"
import * as Exit from "effect/Exit"
import * as FiberId from "effect/FiberId"
import { type FromClient, fromClient } from "./fromClient.ts"
import { transportDefectOf } from "./transportDefect.ts"

/**
 * Every reason of an Effect 4 cause. It knows no order among them, so several are in parallel.
 *
 * @internal
 */
export const causeToEffect3 = <E>(cause: Cause4.Cause<E>): Cause.Cause<FromClient<E>> => {
  const [first, ...others] = cause.reasons.map(reasonToEffect3)
  return first === undefined ? Cause.empty : others.reduce(Cause.parallel, first)
}

const reasonToEffect3 = <E>(reason: Cause4.Reason<E>): Cause.Cause<FromClient<E>> => {
  switch (reason._tag) {
    case "Fail": {
      const defect = transportDefectOf(reason.error)
      return defect === undefined ? Cause.fail(fromClient(reason.error)) : Cause.die(defect.cause)
    }
    case "Die":
      return Cause.die(reason.defect)
    case "Interrupt":
      return Cause.interrupt(fiberId(reason.fiberId))
  }
}

/** @internal */
export const exitToEffect3 = <A, E>(exit: Exit4.Exit<A, E>): Exit.Exit<A, FromClient<E>> =>
  Exit4.isSuccess(exit) ? Exit.succeed(exit.value) : Exit.failCause(causeToEffect3(exit.cause))

/**
 * Every reason of an Effect 3 cause, from left to right.
 *
 * @internal
 */
export const causeToEffect4 = <E>(cause: Cause.Cause<E>): Cause4.Cause<E> =>
  Cause4.fromReasons(
    Cause.match(cause, {
      onEmpty: [],
      onFail: (error): ReadonlyArray<Cause4.Reason<E>> => [Cause4.makeFailReason(error)],
      onDie: (defect) => [Cause4.makeDieReason(defect)],
      onInterrupt: (id) => {
        const ids = Array.from(FiberId.ids(id))
        return ids.length === 0 ? [Cause4.makeInterruptReason()] : ids.map((id) => Cause4.makeInterruptReason(id))
      },
      onSequential: (left, right) => [...left, ...right],
      onParallel: (left, right) => [...left, ...right]
    })
  )

/** @internal */
export const exitToEffect4 = <A, E>(exit: Exit.Exit<A, E>): Exit4.Exit<A, E> =>
  Exit.isSuccess(exit) ? Exit4.succeed(exit.value) : Exit4.failCause(causeToEffect4(exit.cause))

/**
 * Each runtime numbers its own fibers, so a number from the other one only says that it was somebody.
 *
 * @internal
 */
export const fiberId = (id: number | undefined): FiberId.FiberId =>
  id === undefined ? FiberId.none : FiberId.make(id, 0)
