/** What the requests and responses of every resource share, as the vendor's document 17.12.1 has it. */
import { ErrorEnvelope } from "@sunco/schemas/ErrorEnvelope"
import type * as Interaction from "effect-pact/Interaction"
import * as Matcher from "effect-pact/Matcher"
import * as SchemaMatchers from "effect-pact/SchemaMatchers"
import * as Record from "effect/Record"
import type * as Schema from "effect/Schema"
import { appId } from "../Contract.ts"
import type { ProviderStates } from "../ProviderStates.ts"

/** The id of every user in the vendor's examples. */
export const userId = "67a11490f0305f4a391e9f8a"

/** Those of a conversation, and of what is in it. */
export const conversationId = "67a0ecf8f0305f4a391e9db1"
export const participantId = "67a0ecf880e2647cbb7a9701"
export const messageId = "67a10c0bf0305f4a391e9e51"
export const lastMessageId = "67a10c0bf0305f4a391e9e77"

/** Those of clients, of a device and of a file; of a second client, where there are several. */
export const clientId = "67a11639f0305f4a391ea02d"
export const lastClientId = "67a0ee38f0305f4a391e9def"
export const deviceId = "5d9b870dda96abc332625ccc"
export const mediaUrl = "https://subdomain.zendesk.com/sc/attachments/v2/01JK699PBZ645YAFJW2RF45F0B/my_file.jpeg"

/** Those of another app of the account, and of a key of the app. */
export const otherAppId = "67a0e55ef0305f4a391e9d69"
export const appKeyId = "app_67a0e949f0305f4a391e9d97"

/** Those of an integration, its webhook and its key. */
export const integrationId = "582dedf230e788746891281a"
export const webhookId = "5e554d2cac66fb73a3c01871"
export const integrationKeyId = "int_67a1110ef0305f4a391e9f01"

/** What a browser brings after somebody has let an integration in. */
export const code = "658965"

/** Those of a switchboard, and of who takes turns in it: the first, and the last where there are several. */
export const switchboardId = "5ef21b132f21af34f088530d"
export const switchboardIntegrationId = "5ef21b86e933b7355c11c604"
export const lastSwitchboardIntegrationId = "5ef21b86e933b7355c11c606"

type Definitions = typeof ProviderStates["definitions"]

/** The names of what the handlers of provider states give back. */
type Value<D = Definitions[keyof Definitions]> = D extends { readonly values: infer Values } ? keyof Values : never

/** What a provider gives, by its name. */
export type Ids = { readonly [Name in Value]: string }

/** The examples of what a provider gives; the compiler asks for one for each. */
export const ids: Ids = {
  appId,
  userId,
  conversationId,
  participantId,
  messageId,
  lastMessageId,
  clientId,
  lastClientId,
  deviceId,
  mediaUrl,
  otherAppId,
  appKeyId,
  integrationId,
  webhookId,
  integrationKeyId,
  code,
  switchboardId,
  switchboardIntegrationId,
  lastSwitchboardIntegrationId
}

/** Text with values that the provider gave: `${userId}` stands for the id of the user. */
export const fromProvider = (expression: string): Matcher.ProviderStateMatcher<string> =>
  Matcher.fromProviderState(
    expression,
    Object.entries(ids).reduce((text, [name, value]) => text.replaceAll(`\${${name}}`, value), expression)
  )

/** A path below the app. `${userId}` stands for the id that the provider gave the user; everything else is exact. */
export const path = (template: `/${string}`): Matcher.ProviderStateMatcher<string> =>
  fromProvider(`/v2/apps/\${appId}${template}`)

/** An id that the provider gave, in a query or a body. */
export const idOf = (name: Value): Matcher.ProviderStateMatcher<string> => fromProvider(`\${${name}}`)

const basicScheme = Matcher.regex(/^Basic [A-Za-z0-9+/]+=*$/u, "Basic a2V5OnNlY3JldA==")
const bearerScheme = Matcher.regex(/^Bearer [A-Za-z0-9._~+/-]+=*$/u, "Bearer token")

/** Whose credentials they are is the application's matter, so only their shape counts. */
export const basic: Interaction.Headers = { Authorization: basicScheme }

export const bearer: Interaction.Headers = { Authorization: bearerScheme }

const json = Matcher.regex(/^application\/json(;.*)?$/u, "application/json")

/** JSON without matchers. */
export interface Values {
  readonly [name: string]: Exact
}

/** JSON without matchers, of whatever kind. */
export type Exact = null | boolean | number | string | ReadonlyArray<Exact> | Values

const isList = (value: Exact): value is ReadonlyArray<Exact> => Array.isArray(value)

const exact = (value: Exact): Matcher.Pattern => {
  if (value === null || typeof value !== "object") return Matcher.equal(value)
  if (!isList(value)) return exactly(value)
  const [first, ...others] = value.map(exact)
  // Items that differ in more than their values are found one by one.
  return first === undefined ? [] : Matcher.arrayContaining(first, ...others)
}

/** Fields whose values are exact, where any of the type would not do. */
export const exactly = (values: Values): Matcher.PatternObject => Record.map(values, exact)

/**
 * An example in which lists have items of several kinds: in those fields each item has to be found, in any order, as the schema of
 * the field reads it.
 */
export const varying = (
  kinds: { readonly [field: string]: Schema.ConstraintDecoder<unknown> },
  example: Values
): Matcher.PatternObject => {
  const inside = (value: Exact): Matcher.Pattern =>
    value === null || typeof value !== "object"
      ? value
      : isList(value)
      ? value.map(inside)
      : varying(kinds, value)
  return Record.map(example, (value, name) => {
    const pattern = inside(value)
    const schema = kinds[name]
    if (schema === undefined || !isList(value)) return pattern
    const [first, ...others] = value.map((item) => SchemaMatchers.fromExample(schema, inside(item)))
    return first === undefined ? [] : Matcher.arrayContaining(first, ...others)
  })
}

/** An object without any field. A bare `{}` asks for no field, and so accepts every object. */
export const empty: Matcher.RuleMatcher<Matcher.PatternObject> = { "pact:matcher:type": "equality", value: {} }

/** A response of which the client reads what the example has, as the schema reads it. */
export const response = (
  status: number,
  schema: Schema.ConstraintDecoder<unknown>,
  example: Matcher.Pattern
): Interaction.Response => ({
  status,
  headers: { "Content-Type": json },
  body: SchemaMatchers.fromExample(schema, example)
})

/** An error envelope. A code that decides what the client makes of it is exact; a title, which is for people, never is. */
export const failure = (
  status: number,
  code: string | Matcher.RuleMatcher<string>,
  title: string
): Interaction.Response => response(status, ErrorEnvelope, { errors: [{ code, title }] })

/** The codes decide which thing is missing; so they are exact. */
export const appNotFound = failure(404, Matcher.equal("app_not_found"), "App not found")
export const userNotFound = failure(404, Matcher.equal("user_not_found"), "User not found")
export const conversationNotFound = failure(404, Matcher.equal("conversation_not_found"), "Conversation not found")
export const integrationNotFound = failure(404, Matcher.equal("integration_not_found"), "Integration not found")
export const switchboardNotFound = failure(404, Matcher.equal("switchboard_not_found"), "Switchboard not found")
export const switchboardIntegrationNotFound = failure(
  404,
  Matcher.equal("switchboard_integration_not_found"),
  "SwitchboardIntegration not found"
)
