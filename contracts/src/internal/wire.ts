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

type Definitions = typeof ProviderStates["definitions"]

/** The names of what the handlers of provider states give back. */
type Value<D = Definitions[keyof Definitions]> = D extends { readonly values: infer Values } ? keyof Values : never

/** The examples of what a provider gives; the compiler asks for one for each. */
const values: { readonly [Name in Value]: string } = { appId, userId }

/** A path below the app. `${userId}` stands for the id that the provider gave the user; everything else is exact. */
export const path = (template: `/${string}`): Matcher.ProviderStateMatcher<string> => {
  const expression = `/v2/apps/\${appId}${template}`
  return Matcher.fromProviderState(
    expression,
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`\${${name}}`, value), expression)
  )
}

const basicScheme = Matcher.regex(/^Basic [A-Za-z0-9+/]+=*$/u, "Basic a2V5OnNlY3JldA==")
const bearerScheme = Matcher.regex(/^Bearer [A-Za-z0-9._~+/-]+=*$/u, "Bearer token")

/** Whose credentials they are is the application's matter, so only their shape counts. */
export const basic: Interaction.Headers = { Authorization: basicScheme }

export const bearer: Interaction.Headers = { Authorization: bearerScheme }

const json = Matcher.regex(/^application\/json(;.*)?$/u, "application/json")

interface Values {
  readonly [name: string]: null | boolean | number | string | Values
}

/** Fields whose values are exact, where any of the type would not do. */
export const exactly = (values: Values): Matcher.PatternObject =>
  Record.map(values, (value) => value !== null && typeof value === "object" ? exactly(value) : Matcher.equal(value))

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
