/**
 * What a channel answers to a client that is to be linked: the other half of `Clients.create`.
 *
 * @since 0.1.0
 */
import { Client } from "@sunco/schemas/Client"
import { partial } from "@sunco/schemas/Partial"
import * as Schema from "effect/Schema"

/**
 * What a channel answers to a client that is pending.
 *
 * **Details**
 *
 * - `matched`: the channel knows the person. The client stays pending; event `client:update`, reason `matched`
 * - `confirmed`: the person agrees. The client is active, and takes part in the conversation that it was made for; event
 *   `client:update`, reason `confirmed`. Who had the same `externalId` on the same integration until then loses it: event
 *   `client:remove`, reason `theft`
 * - `cancelled`, `failed`: the client is gone; event `client:remove`, reason `linkCancelled` or `linkFailed`, with the error
 *
 * @category models
 * @since 0.1.0
 */
export interface LinkAnswer {
  readonly answer: "matched" | "confirmed" | "cancelled" | "failed"
  /** What the channel tells of the person; without an `externalId` it is what was matched by. */
  readonly client?: Partial<Client>
  /** Of a link that was cancelled or failed. */
  readonly error?: Schema.JsonObject
}

/**
 * Schema of {@link LinkAnswer}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const LinkAnswer: Schema.Codec<LinkAnswer> & {
  readonly fields: {
    readonly answer: Schema.Codec<LinkAnswer["answer"]>
    readonly client: Schema.optionalKey<Schema.Codec<Partial<Client>>>
    readonly error: Schema.optionalKey<Schema.Codec<Schema.JsonObject>>
  }
} = Schema.Struct({
  answer: Schema.Literals(["matched", "confirmed", "cancelled", "failed"]),
  client: Schema.optionalKey(partial(Client)),
  error: Schema.optionalKey(Schema.Record(Schema.String, Schema.Json))
}).annotate({ identifier: "LinkAnswer", description: "What a channel answers to a client that is pending." })
