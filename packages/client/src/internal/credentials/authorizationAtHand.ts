import type * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { Authorization, Credentials } from "../../Credentials.ts"

/**
 * What credentials of this package may offer beside their effects: the authorization of this moment, where there is one that
 * nobody has to wait for. Asked before every attempt, and an effect that may wait needs a fiber and a timer around it.
 *
 * @internal
 */
export const AtHand = Symbol.for("@sunco/client/internal/AuthorizationAtHand")

/** @internal */
export type AtHand = (now: number) => Authorization | undefined

/** @internal */
export const authorizationAtHand = (credentials: Credentials["Service"]): AtHand => {
  if (AtHand in credentials) return (credentials as Credentials["Service"] & { readonly [AtHand]: AtHand })[AtHand]
  const constant = isSuccess(credentials.current) ? credentials.current.value : undefined
  return () => constant
}

const isSuccess = <A, E>(effect: Effect.Effect<A, E>): effect is Exit.Success<A> =>
  Exit.isExit(effect) && Exit.isSuccess(effect)
