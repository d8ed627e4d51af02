/**
 * One contract of an event: what a delivery to a webhook brings, what brings it about, and what the handler of its type gets.
 *
 * @since 0.1.0
 */
import type { EventOf, EventType } from "@sunco/schemas/Event"
import type { EventPayloads } from "@sunco/schemas/EventPayloads"
import type { Client as ChannelClient } from "@sunco/schemas/Client"
import type { DeepPartial } from "@sunco/webhooks/Testing"
import * as Interaction from "effect-pact/Interaction"
import { type InteractionConflict, Pact, type PactNotWritten } from "effect-pact/Pact"
import type { ProviderState } from "effect-pact/ProviderStates"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Schema from "effect/Schema"
import type { Client } from "./Contract.ts"
import { contentsOf, metadata } from "./internal/delivered.ts"
import { received } from "./internal/received.ts"
import { integrationId } from "./internal/wire.ts"
import type * as wire from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

/**
 * What happens on channels and devices, where no call of the API reaches. Who verifies a provider says how it comes about there.
 *
 * @category services
 * @since 0.1.0
 */
export class Channels extends Context.Service<Channels, {
  /** A channel answers to a client that is pending. */
  readonly answerLink: (clientId: string, answer: {
    readonly answer: "matched" | "confirmed" | "cancelled" | "failed"
    readonly client?: Partial<ChannelClient>
    readonly error?: { readonly code: string; readonly message: string }
  }) => Effect.Effect<void>
  /** Something of which an event tells; what of it matters is said, all else is as it may be. */
  readonly happens: <Type extends EventType>(type: Type, about: DeepPartial<EventPayloads[Type]>) => Effect.Effect<void>
}>()("@sunco/contracts/EventContract/Channels") {}

/**
 * What a webhook asks for beside the types of events.
 *
 * @see OpenAPI 17.12.1, `webhook`
 * @category models
 * @since 0.1.0
 */
export interface Flags {
  readonly includeFullUser?: boolean
  readonly includeFullSource?: boolean
}

/**
 * The ids of what the states have put in place, by the names of the states' values; of what they have not, those of the examples.
 *
 * @category models
 * @since 0.1.0
 */
export type Ids = wire.Ids

/**
 * Brings an event about.
 *
 * @category models
 * @since 0.1.0
 */
export type Cause = (ids: Ids) => Effect.Effect<unknown, { readonly _tag: string }, Client | Channels>

/**
 * A contract as data.
 *
 * **Details**
 *
 * - `webhook`: what the webhook asks for that gets the event.
 * - `cause`: how it comes about.
 * - `payload`: what the handler gets.
 *
 * @category models
 * @since 0.1.0
 */
export interface EventContract {
  readonly type: EventType
  readonly interaction: Interaction.MessageInteraction
  readonly webhook: Flags
  readonly cause: Cause
  readonly payload: EventPayloads[EventType]
}

/**
 * What a contract is made of.
 *
 * **Details**
 *
 * - `description`: what has happened.
 * - `states`: what is true before, beside the webhook, which there is for every event.
 * - `webhook`: what it asks for.
 * - `cause`: the calls that bring the event about. Of what no call does, `happens` says what it is about: whose ids, and whatever
 *   else is certain. It says less than the payload: what the webhook asks for is the provider's to add.
 * - `payload`: an example of each field that is pinned.
 *
 * @category models
 * @since 0.1.0
 */
export type Declaration<Type extends EventType> =
  & Described<Type>
  & (
    | { readonly cause: Cause }
    | { readonly happens: (ids: Ids) => DeepPartial<EventPayloads[Type]> }
  )

/**
 * What is said of every event.
 *
 * @category models
 * @since 0.1.0
 */
export interface Described<Type extends EventType> {
  readonly type: Type
  readonly description: string
  readonly comments?: ReadonlyArray<string>
  readonly states?: ReadonlyArray<ProviderState>
  readonly webhook?: Flags
  readonly payload: EventPayloads[Type]
}

/**
 * Makes a contract. Throws `InvalidInteraction`, and `InvalidExample` where the payload is not of its type.
 *
 * **Details**
 *
 * Of a delivery is asked what a handler reads: the fields of the example, by their types. The values of `type`, `reason`,
 * `creationReason`, `status` and `code` are exact, since handlers tell by them what has happened.
 *
 * **Example** (A user is gone)
 *
 * ```ts
 * import { Users } from "@sunco/client/Users"
 * import * as EventContract from "@sunco/contracts/EventContract"
 * import { ProviderStates } from "@sunco/contracts/ProviderStates"
 *
 * const contract = EventContract.make({
 *   type: "user:remove",
 *   description: "a user was removed",
 *   states: [ProviderStates.given("a user exists", { externalId: "ada" })],
 *   cause: ({ userId }) => Users.use((users) => users.delete(userId)),
 *   payload: { user: { id: "67a11490f0305f4a391e9f8a", externalId: "ada" } }
 * })
 *
 * console.log(contract.interaction._tag, contract.type)
 * // MessageInteraction user:remove
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = <Type extends EventType>(
  { comments, description, payload, states = [], type, webhook = {}, ...how }: Declaration<Type>
): EventContract => ({
  type,
  webhook,
  cause: "cause" in how ? how.cause : (ids) => Channels.use(({ happens }) => happens(type, how.happens(ids))),
  payload,
  interaction: Interaction.message({
    description,
    ...(comments === undefined ? {} : { comments }),
    states: [
      ProviderStates.given("an integration exists", {
        id: integrationId,
        type: "custom",
        webhooks: [{ target: "https://example.com/callback", triggers: [type], ...webhook }]
      }),
      ...states
    ],
    contents: contentsOf(type, payload),
    metadata
  })
})

/**
 * The receiver made something else of the delivery of a contract than an event for the handler of its type.
 *
 * @category errors
 * @since 0.1.0
 */
export class UnexpectedArrival extends Schema.TaggedError<UnexpectedArrival>()("UnexpectedArrival", {
  description: Schema.String,
  expected: Schema.String,
  actual: Schema.String
}) {
  override get message(): string {
    return `The receiver ${this.actual}\n  but ${JSON.stringify(this.description)} says that it ${this.expected}`
  }
}

/**
 * Hands the delivery of a contract to a `WebhookReceiver` with a handler for its type, and writes the message to the pact of
 * whoever runs it.
 *
 * **Details**
 *
 * Fails with `UnexpectedArrival` when the handler did not get the payload, once, or the delivery was not answered with 200, and
 * otherwise as `Pact.verifyMessage` of `effect-pact` does.
 *
 * **Example** (An application runs the contracts of the events that it handles, under its own name)
 *
 * ```ts
 * import * as EventContract from "@sunco/contracts/EventContract"
 * import { webhooksProvider as provider } from "@sunco/contracts/Names"
 * import * as UserEventContracts from "@sunco/contracts/UserEventContracts"
 * import { Pact } from "effect-pact/Pact"
 * import * as Effect from "effect/Effect"
 *
 * const program = Effect.forEach(UserEventContracts.remove, EventContract.verify).pipe(
 *   Effect.provide(Pact.layer({ consumer: "accounts", provider, directory: "pacts" }))
 * )
 *
 * Effect.runPromise(program)
 * ```
 *
 * @category combinators
 * @since 0.1.0
 */
export const verify = (
  { interaction, payload, type }: EventContract
): Effect.Effect<void, UnexpectedArrival | InteractionConflict | PactNotWritten, Pact> =>
  Pact.verifyMessage(interaction)(({ contents, metadata }) =>
    Effect.gen(function*() {
      const { arrived, receipt: { reason, status } } = yield* received(type, String(metadata["x-api-key"]), contents)
      const [event] = arrived
      if (status === 200 && arrived.length === 1 && event?.type === type && Equal.equals(event.payload, payload)) return
      return yield* new UnexpectedArrival({
        description: interaction.description,
        expected: `hands on ${format([{ type, payload }])}, and answers 200`,
        actual: `hands on ${format(arrived)}, and answers ${status}, ${reason}`
      })
    })
  )

const format = (events: ReadonlyArray<Pick<EventOf<EventType>, "payload" | "type">>): string =>
  events.length === 0
    ? "nothing"
    : events.map(({ payload, type }) => `${type} ${JSON.stringify(payload)}`).join(" and ")
