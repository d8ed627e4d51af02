import * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type Assumptions } from "../Assumptions.ts"
import { type InvalidInput } from "../InvalidInput.ts"
import { checked } from "./checked.ts"
import { sunshine } from "./resources.ts"

const { optional } = Schema

/** What is put in place is checked with the seeds. */
const seeds = Object.fromEntries(Object.keys(sunshine.seed).map((name) => [name, optional(Schema.Unknown)]))

const appWith = (secret: Schema.ConstraintDecoder<unknown>) => ({
  ...seeds,
  appId: optional(Schema.NonEmptyString),
  keyId: optional(Schema.NonEmptyString),
  keySecret: optional(secret),
  accessTokens: optional(Schema.Array(secret)),
  privateAttachments: optional(Schema.Boolean)
})

const assumptions = {
  joinTwice: optional(Schema.Literals(["again", "refused"])),
  secondPersonalConversation: optional(Schema.Literals(["another", "refused", "existing"])),
  listOrder: optional(Schema.Literals(["oldestFirst", "newestFirst"])),
  messageOrder: optional(Schema.Literals(["oldestFirst", "newestFirst"])),
  metadataUpdate: optional(Schema.Literals(["merged", "replaced"])),
  strangerAsAuthor: optional(Schema.Literals(["badRequest", "notFound"])),
  missingMessage: optional(Schema.Literals(["notFound", "deleted"])),
  goneCursor: optional(Schema.Literals(["place", "refused"])),
  keySecrets: optional(Schema.Literals(["always", "onceOnly"])),
  missingAppKey: optional(Schema.Literals(["appNotFound", "notFound"])),
  keysOfDeletedApp: optional(Schema.Literals(["revoked", "kept"])),
  accountScope: optional(Schema.Literals(["listed", "everything"])),
  secondWebhook: optional(Schema.Literals(["refused", "another"])),
  sameTarget: optional(Schema.Literals(["another", "refused"])),
  meOfKey: optional(Schema.Literals(["itself", "notFound"])),
  meOfNone: optional(Schema.Literals(["notFound", "forbidden"])),
  missingIntegrationKey: optional(Schema.Literals(["notFound", "keyNotFound"])),
  refusedCode: optional(Schema.Literals(["unauthorized", "badRequest"])),
  unknownIntegrationType: optional(Schema.Literals(["notFound", "refused"])),
  failedControl: optional(Schema.Literals(["event", "badRequest"])),
  sameControlName: optional(Schema.Literals(["refused", "shared"])),
  turnOfDeletedIntegration: optional(Schema.Literals(["lost", "kept"])),
  outsideSwitchboard: optional(Schema.Literals(["everything", "nothing"]))
} satisfies { readonly [Name in keyof Assumptions]-?: Schema.Codec<Assumptions[Name] | undefined> }

const isFunction = Schema.makeFilter((value: unknown) => typeof value === "function", { expected: "a function" })

const isDuration = Schema.makeFilter(
  (value: unknown) => Option.isSome(Duration.fromInput(value as Duration.Input)),
  { expected: "a length of time" }
)

const optionsWith = (secret: Schema.ConstraintDecoder<unknown>) =>
  Schema.Struct({
    ...appWith(secret),
    apps: optional(Schema.Array(Schema.Struct({ ...appWith(secret), appId: Schema.NonEmptyString }))),
    assume: optional(Schema.Struct(assumptions)),
    requestsKept: optional(Schema.Number.check(Schema.isGreaterThanOrEqualTo(0))),
    allowedHosts: optional(Schema.Array(Schema.NonEmptyString)),
    webhooks: optional(Schema.Struct({
      fetch: optional(Schema.Unknown.check(isFunction)),
      hosts: optional(Schema.Array(Schema.NonEmptyString)),
      waits: optional(Schema.Array(Schema.Unknown.check(isDuration)))
    })),
    onRequest: optional(Schema.Unknown.check(isFunction)),
    onDelivery: optional(Schema.Unknown.check(isFunction)),
    host: optional(Schema.String),
    port: optional(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 65_535 })))
  })

/**
 * Refuses options that there are not, and values that they cannot have. What is refused of a secret is not told.
 *
 * @internal
 */
export const checkOptions: (options: unknown) => Effect.Effect<unknown, InvalidInput> = checked(
  "options",
  optionsWith(Schema.Redacted(Schema.NonEmptyString))
)

/**
 * As {@link checkOptions}, where secrets are text.
 *
 * @internal
 */
export const checkPlainOptions: (options: unknown) => Effect.Effect<unknown, InvalidInput> = checked(
  "options",
  optionsWith(Schema.NonEmptyString)
)
