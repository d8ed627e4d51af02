import * as Client from "@sunco/client/Sunshine"
import * as Effect4 from "effect-4/Effect"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import type { FromClient } from "./fromClient.ts"
import { ResponseObserver } from "./responseObserver.ts"
import { runEffect4In } from "./runEffect4.ts"

/**
 * A call of the client for the application.
 *
 * @internal
 */
export const call = <A, E>(run: () => Effect4.Effect<A, E>): Effect.Effect<A, FromClient<E>> =>
  runEffect4In((caller) => {
    const observe = Context.get(caller.getFiberRef(FiberRef.currentContext), ResponseObserver)
    // What throws here, such as a duration that is none, is a defect of the call.
    const effect = run()
    return observe === undefined ? effect : observed(effect, observe)
  })

const observed = <A, E>(
  effect: Effect4.Effect<A, E>,
  observe: Exclude<typeof ResponseObserver.Service, undefined>
): Effect4.Effect<A, E> =>
  Effect4.map(Client.Sunshine.withResponse(effect), ({ response, value }) => {
    if (response !== undefined) observe(response)
    return value
  })
