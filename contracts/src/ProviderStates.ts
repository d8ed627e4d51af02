/**
 * What must be true of Sunshine Conversations before a request of a contract.
 *
 * @since 0.1.0
 */
import { partial } from "@sunco/schemas/Partial"
import { User } from "@sunco/schemas/User"
import { make } from "effect-pact/ProviderStates"
import * as Schema from "effect/Schema"
import * as Struct from "effect/Struct"

const inApp = { appId: Schema.String }

/**
 * The states, each with what an interaction says of it. Their handlers give back the `appId` for the path, and the `userId`
 * where there is a user.
 *
 * **Details**
 *
 * A field that a state leaves out may have any value that the provider gives it.
 *
 * **Example** (A user of that externalId)
 *
 * ```ts
 * import { ProviderStates } from "@sunco/contracts/ProviderStates"
 *
 * const state = ProviderStates.given("a user exists", { externalId: "your-own-id" })
 *
 * console.log(state)
 * // { name: 'a user exists', parameters: { externalId: 'your-own-id' } }
 * ```
 *
 * @category provider states
 * @since 0.1.0
 */
export const ProviderStates = make({
  "an app exists": { values: inApp },
  "a user exists": {
    // Its id is the provider's to give.
    parameters: Struct.omit(partial(User).fields, ["id"]),
    values: { ...inApp, userId: Schema.String }
  },
  "no user exists": { parameters: { idOrExternalId: Schema.String }, values: inApp },
  "no user is known by this email address": { parameters: { email: Schema.String }, values: inApp },
  "a core Zendesk user exists": {
    parameters: {
      id: Schema.String,
      givenName: Schema.optionalKey(Schema.String),
      surname: Schema.optionalKey(Schema.String),
      externalId: Schema.optionalKey(Schema.String),
      email: Schema.optionalKey(Schema.String)
    }
  }
})
