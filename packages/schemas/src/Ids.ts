/**
 * The identifiers of the Sunshine Conversations API, as a request may carry them.
 *
 * They are checked strings, not brands: the vendor takes a user's `id` and `externalId` in one and the same path
 * parameter, so a type that keeps them apart would refuse what the API accepts.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { codePoints } from "./internal/codePoints.ts"
import { isNotEmpty } from "./internal/isNotEmpty.ts"
import { isWellFormed } from "./internal/isWellFormed.ts"

const isNotDotSegment = Schema.makeFilter<string>((text) => text !== "." && text !== "..", {
  expected: "a path segment other than \".\" and \"..\"",
  toJsonSchema: () => ({ not: { enum: [".", ".."] } })
})

/**
 * Text that reaches the vendor as one whole segment of a path.
 *
 * **Details**
 *
 * Refused are `""`, `"."`, `".."` and lone surrogates: URL parsers drop the first three, so that deleting the user `".."`
 * would address the app itself, and a lone surrogate has no UTF-8 form. Everything else (`/`, `?`, `#`, `%`, `+`, spaces,
 * e-mail addresses, any Unicode) is percent-encoded and arrives intact.
 *
 * **Example** (Refusing a dot segment)
 *
 * ```ts
 * import { PathSegment } from "@sunco/schemas/Ids"
 * import * as Schema from "effect/Schema"
 *
 * const isPathSegment = Schema.is(PathSegment)
 *
 * console.log(isPathSegment("ada@example.com/1"), isPathSegment(".."))
 * // true false
 * ```
 *
 * @category schemas
 * @since 0.1.0
 */
export const PathSegment: Schema.Codec<string> = Schema.String.check(
  isNotEmpty("at least one character"),
  isNotDotSegment,
  isWellFormed
)

/**
 * The id of an app: `appId` in every path.
 *
 * @category schemas
 * @since 0.1.0
 */
export const AppId: Schema.Codec<string> = PathSegment

/**
 * The id that the vendor gives a user: 24 lower-case hexadecimal digits in every example, documented as a plain string.
 *
 * @category schemas
 * @since 0.1.0
 */
export const UserId: Schema.Codec<string> = PathSegment

/**
 * Your own id of a user, 1 to 1024 characters, unique in the app (per brand, where users are brand-separated).
 *
 * **Gotchas**
 *
 * A path takes it wherever it takes the user's id. Which of the two wins when an externalId looks like somebody's id is
 * not documented, so do not choose such ones.
 *
 * @see OpenAPI 17.12.1, `userCreateBody.externalId`
 * @category schemas
 * @since 0.1.0
 */
export const ExternalId: Schema.Codec<string> = /* @__PURE__ */ Schema.String.check(codePoints(1, 1024)).annotate({
  identifier: "ExternalId"
})

/**
 * What addresses a user in a path: the user's id or externalId.
 *
 * @category schemas
 * @since 0.1.0
 */
export const UserIdOrExternalId: Schema.Codec<string> = /* @__PURE__ */ PathSegment.annotate({
  identifier: "UserIdOrExternalId"
})

/**
 * The id of the user's record in Zendesk Support; digits in every example, documented as a string.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ZendeskId: Schema.Codec<string> = PathSegment

/**
 * The brand of a brand-separated user, 1 to 24 characters.
 *
 * @see OpenAPI 17.12.1, `userCreateBody.brandId`; the query parameter of the same name documents no limit
 * @category schemas
 * @since 0.1.0
 */
export const BrandId: Schema.Codec<string> = /* @__PURE__ */ Schema.String.check(codePoints(1, 24), isWellFormed)
  .annotate({
    identifier: "BrandId"
  })

/**
 * The id of a conversation.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ConversationId: Schema.Codec<string> = PathSegment

/**
 * The id of a message.
 *
 * @category schemas
 * @since 0.1.0
 */
export const MessageId: Schema.Codec<string> = PathSegment

/**
 * The id of a client.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ClientId: Schema.Codec<string> = PathSegment

/**
 * The id of a device.
 *
 * @category schemas
 * @since 0.1.0
 */
export const DeviceId: Schema.Codec<string> = PathSegment

/**
 * The id of a key of an app: `app_` and 24 lower-case hexadecimal digits in every example.
 *
 * @category schemas
 * @since 0.1.0
 */
export const AppKeyId: Schema.Codec<string> = PathSegment

/**
 * The id of an integration. Where the credentials are those of an integration, `me` is that one for operations of webhooks.
 *
 * @see OpenAPI 17.12.1, `integrationId`
 * @category schemas
 * @since 0.1.0
 */
export const IntegrationId: Schema.Codec<string> = PathSegment

/**
 * The id of a webhook.
 *
 * @category schemas
 * @since 0.1.0
 */
export const WebhookId: Schema.Codec<string> = PathSegment

/**
 * The id of a key of an integration: `int_` and 24 lower-case hexadecimal digits in every example.
 *
 * @category schemas
 * @since 0.1.0
 */
export const IntegrationKeyId: Schema.Codec<string> = PathSegment

/**
 * The id of a switchboard.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SwitchboardId: Schema.Codec<string> = PathSegment

/**
 * The id of a switchboard integration.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SwitchboardIntegrationId: Schema.Codec<string> = PathSegment
