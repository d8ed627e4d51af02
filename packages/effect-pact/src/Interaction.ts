/**
 * Interactions: what a consumer sends and what it needs back, as plain data.
 *
 * @since 0.1.0
 */
import type { HttpMethod } from "effect/http/HttpMethod"
import * as Schema from "effect/Schema"
import * as Internal from "./internal/interactionProblems.ts"
import type { Matcher, Pattern } from "./Matcher.ts"
import type { ProviderState } from "./ProviderStates.ts"
import { readable } from "./internal/readableError.ts"

/**
 * A text that is exact, or compared by a matcher.
 *
 * @category models
 * @since 0.1.0
 */
export type Text = string | Matcher<string>

/**
 * Headers by name, in any case: HTTP does not tell the cases apart.
 *
 * @category models
 * @since 0.1.0
 */
export type Headers = { readonly [name: string]: Text }

/**
 * Query parameters by name, as they are before they are encoded; several values of one name in their order.
 *
 * @category models
 * @since 0.1.0
 */
export type Query = { readonly [name: string]: Text | ReadonlyArray<Text> }

/**
 * A file as a part of a form. Its bytes are in Base64, so that an interaction stays JSON.
 *
 * @category models
 * @since 0.1.0
 */
export interface FormFile {
  readonly fileName: string
  /** Such as `image/png`. */
  readonly contentType: string
  readonly base64: string
}

/**
 * A body of `multipart/form-data`: files by the names of their parts.
 *
 * **Details**
 *
 * The name, the type and the bytes of each part are exact. Pact asks of the name of a file only that there is one, and lets other
 * parts stand beside these. The boundary is the consumer's own.
 *
 * @category models
 * @since 0.1.0
 */
export type Form = { readonly [part: string]: FormFile }

/**
 * What the consumer sends.
 *
 * **Details**
 *
 * Method, path, query and a given body are exact but for their matchers: one key too many is a mismatch. Headers that
 * are not listed are free, and so is the body when there is neither `body` nor `form` here.
 *
 * @category models
 * @since 0.1.0
 */
export interface Request {
  readonly method: HttpMethod
  readonly path: Text
  readonly query?: Query
  readonly headers?: Headers
  readonly body?: Pattern
  /** In the place of `body`. */
  readonly form?: Form
}

/**
 * What the consumer needs back.
 *
 * **Details**
 *
 * The provider may send more headers and more keys than are listed, never fewer.
 *
 * @category models
 * @since 0.1.0
 */
export interface Response {
  readonly status: number
  readonly headers?: Headers
  readonly body?: Pattern
}

/**
 * What every interaction has.
 *
 * **Details**
 *
 * - `description`: unique in its contract; Pact silently replaces an interaction by another one of the same description
 *   and names of states.
 * - `states`: what must be true of the provider first.
 * - `comments`: shown in the contract and in a broker.
 * - `pending`: its failure does not fail the provider's verification.
 *
 * @category models
 * @since 0.1.0
 */
export interface Described {
  readonly description: string
  readonly states?: ReadonlyArray<ProviderState>
  readonly comments?: ReadonlyArray<string>
  readonly pending?: boolean
}

/**
 * A request and its response.
 *
 * @category models
 * @since 0.1.0
 */
export interface HttpInteraction extends Described {
  readonly _tag: "HttpInteraction"
  readonly request: Request
  readonly response: Response
}

/**
 * A message that the provider sends and this consumer handles: a webhook's payload, an event on a queue.
 *
 * @category models
 * @since 0.1.0
 */
export interface MessageInteraction extends Described {
  readonly _tag: "MessageInteraction"
  readonly contents: Pattern
  readonly metadata?: { readonly [name: string]: Text }
}

/**
 * An interaction that Pact cannot hold or would misread, with all that is wrong with it. Thrown where it is written.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidInteraction extends readable(
  Schema.TaggedError<InvalidInteraction>()("InvalidInteraction", {
    description: Schema.String,
    problems: Schema.Array(Schema.String)
  })
) {
  override get message(): string {
    return [`interaction ${JSON.stringify(this.description)}`, ...this.problems].join("\n  - ")
  }
}

const checked = <A extends Described>(interaction: A, problems: ReadonlyArray<string>): A => {
  if (problems.length > 0) throw new InvalidInteraction({ description: interaction.description, problems })
  return interaction
}

/**
 * A request and its response. Throws `InvalidInteraction`.
 *
 * **Details**
 *
 * A body is JSON, with `Content-Type: application/json` unless the headers say otherwise; a form says its own.
 *
 * **Example** (Getting a user)
 *
 * ```ts
 * import * as Interaction from "effect-pact/Interaction"
 * import * as Matcher from "effect-pact/Matcher"
 *
 * export const getUser = Interaction.http({
 *   description: "a request to get a user",
 *   request: { method: "GET", path: "/users/42" },
 *   response: { status: 200, body: { id: "42", name: Matcher.string("Ada") } }
 * })
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const http = (interaction: Omit<HttpInteraction, "_tag">): HttpInteraction =>
  checked({ ...interaction, _tag: "HttpInteraction" }, Internal.ofHttp(interaction))

/**
 * A message that the provider sends. Throws `InvalidInteraction`.
 *
 * **Example** (An event about a user)
 *
 * ```ts
 * import * as Interaction from "effect-pact/Interaction"
 * import * as Matcher from "effect-pact/Matcher"
 *
 * export const userDeleted = Interaction.message({
 *   description: "a user was deleted",
 *   contents: { type: "user:delete", userId: Matcher.string("42") }
 * })
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const message = (interaction: Omit<MessageInteraction, "_tag">): MessageInteraction =>
  checked({ ...interaction, _tag: "MessageInteraction" }, Internal.ofMessage(interaction))
