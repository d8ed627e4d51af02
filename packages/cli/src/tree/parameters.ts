/** Flags and arguments that several commands take. */
import * as Argument from "effect/cli/Argument"
import * as Flag from "effect/cli/Flag"
import * as Schema from "effect/Schema"

/** A flag with a text that is not empty. */
export const text = (name: string, metavar: string, description: string) =>
  Flag.String(name).pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withMetavar(metavar),
    Flag.withDescription(description)
  )

/** A flag with a text that may be empty, which clears what is there. */
export const clearable = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withMetavar("text"), Flag.withDescription(description), Flag.optional)

/** A flag that is there or not. */
export const toggle = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withoutNegation, Flag.withDescription(description), Flag.withDefault(false))

/** A flag that says yes, no (`--no-…`), or nothing. */
export const choice = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDescription(description), Flag.optional)

/** The id of something. */
export const id = (name: string, description: string) =>
  Argument.String(name).pipe(Argument.withSchema(Schema.NonEmptyString), Argument.withDescription(description))

export const userId = id("user", "Id or externalId of the user")

export const conversationId = id("conversation", "Id of the conversation")

export const integrationId = id("integration", "Id of the integration, or me for that of the key")

export const brandId = text("brand-id", "id", "The brand of a brand-separated user").pipe(Flag.optional)

export const yes = toggle("yes", "Do it without being asked").pipe(Flag.withAlias("y"))

export const data = text("data", "json", "The payload: JSON, @FILE, or - (what is piped in)").pipe(
  Flag.withAlias("d"),
  Flag.optional
)

export const metadata = text("metadata", "key=text", "A field of the metadata; repeatable").pipe(
  Flag.withAlias("m"),
  Flag.atLeast(0)
)

export const limit = Flag.Int("limit").pipe(
  Flag.withAlias("n"),
  Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 }))),
  Flag.withMetavar("number"),
  Flag.withDescription("How many at most; 25 without it"),
  Flag.withDefault(25)
)

export const showSecret = toggle("show-secret", "Print secrets, which are <redacted> otherwise")

/** Where a secret goes that the API makes. */
export const secretFile = (what: string) =>
  text("secret-file", "file", `A new file for ${what}, which only you can read`).pipe(Flag.optional)
