/**
 * Waiting for an event, such as the one that says that a deletion is done.
 *
 * @since 0.1.0
 */
import type { EventOf, EventType } from "@sunco/schemas/Event"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { makeArrivals } from "./internal/arrivals.ts"

/**
 * Tells those who wait for an event of those that arrive.
 *
 * **When to use**
 *
 * For jobs, commands and tests: what arrives in another process is not seen, and a request that waits for a webhook waits as long as the
 * vendor likes.
 *
 * **Details**
 *
 * It is looked out for an event from `expect` on, and waited for with the effect that `expect` gives: whoever began to look out
 * after the request that leads to the event might miss it. The look-out ends with its scope.
 *
 * **Example** (Until a user is gone)
 *
 * ```ts
 * import { Arrivals, Deduplication, Secrets, WebhookReceiver } from "@sunco/webhooks"
 * import * as Testing from "@sunco/webhooks/Testing"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 * import * as Redacted from "effect/Redacted"
 *
 * const receiver = WebhookReceiver.make({ "user:remove": Arrivals.publish })
 *
 * const program = Effect.gen(function*() {
 *   const gone = yield* Arrivals.expect("user:remove", ({ payload }) => payload.user.externalId === "ada")
 *   // Here `users.delete` of the client would be called; the vendor then sends:
 *   const body = Testing.delivery(Testing.event("user:remove", { user: { externalId: "ada" } }))
 *   yield* receiver.receive({ apiKey: "s3cret", body })
 *   const { type } = yield* Effect.timeout(gone, "1 minute")
 *   console.log(type)
 *   // user:remove
 * })
 *
 * Effect.runPromise(Effect.scoped(program).pipe(Effect.provide(
 *   Layer.mergeAll(Arrivals.layer, Secrets.layer(Redacted.make("s3cret")), Deduplication.layerMemory())
 * )))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Arrivals extends /* @__PURE__ */ Context.Service<Arrivals, {
  readonly publish: (event: EventOf<EventType>) => Effect.Effect<void>
  readonly expect: <Type extends EventType>(
    type: Type,
    matches?: (event: EventOf<Type>) => boolean
  ) => Effect.Effect<Effect.Effect<EventOf<Type>>, never, Scope.Scope>
}>()("@sunco/webhooks/Arrivals") {}

/**
 * Tells of an event: a handler as it stands.
 *
 * @category accessors
 * @since 0.1.0
 */
export const publish = (event: EventOf<EventType>): Effect.Effect<void, never, Arrivals> =>
  Effect.flatMap(Arrivals, ({ publish }) => publish(event))

/**
 * Looks out for an event of a type from now on, and gives what waits for it.
 *
 * @category accessors
 * @since 0.1.0
 */
export const expect = <Type extends EventType>(
  type: Type,
  matches?: (event: EventOf<Type>) => boolean
): Effect.Effect<Effect.Effect<EventOf<Type>>, never, Arrivals | Scope.Scope> =>
  Effect.flatMap(Arrivals, (arrivals) => arrivals.expect(type, matches))

/**
 * For this process. It has to be the same for who publishes and who waits.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<Arrivals> = /* @__PURE__ */ Layer.sync(Arrivals, makeArrivals)
