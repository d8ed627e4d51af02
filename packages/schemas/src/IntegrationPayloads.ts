/**
 * What the writing operations of the Integrations API send.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"
import * as Record from "effect/Record"
import * as Schema from "effect/Schema"
import type {
  CreateAppleIntegration,
  CreateInstagramIntegration,
  CreateLineIntegration,
  CreateMailgunIntegration,
  CreateMessagebirdIntegration,
  CreateMessengerIntegration,
  CreateTelegramIntegration,
  CreateTwilioIntegration,
  CreateTwitterIntegration,
  CreateViberIntegration,
  CreateWhatsappIntegration,
  UpdateAppleIntegration,
  UpdateInstagramIntegration,
  UpdateMailgunIntegration,
  UpdateMessengerIntegration,
  UpdateWhatsappIntegration
} from "./ChannelIntegration.ts"
import type { CreateCustomIntegration, UpdateCustomIntegration } from "./CustomIntegration.ts"
import type { UpdateIntegrationBase } from "./IntegrationBase.ts"
import { integrationKinds } from "./internal/integrationKinds.ts"
import type {
  CreateAndroidIntegration,
  CreateIosIntegration,
  CreateUnityIntegration,
  CreateWebIntegration,
  UpdateAndroidIntegration,
  UpdateIosIntegration,
  UpdateUnityIntegration,
  UpdateWebIntegration
} from "./SdkIntegration.ts"

/**
 * An integration to make, of the kind that its `type` says. What is newer than this release goes through `Sunshine.request`.
 *
 * @see OpenAPI 17.12.1, `integration`
 * @category models
 * @since 0.1.0
 */
export type CreateIntegration<Secret = Redacted.Redacted> =
  | CreateAndroidIntegration<Secret>
  | CreateAppleIntegration<Secret>
  | CreateCustomIntegration
  | CreateInstagramIntegration<Secret>
  | CreateIosIntegration<Secret>
  | CreateLineIntegration<Secret>
  | CreateMailgunIntegration<Secret>
  | CreateMessagebirdIntegration<Secret>
  | CreateMessengerIntegration<Secret>
  | CreateTelegramIntegration<Secret>
  | CreateTwilioIntegration<Secret>
  | CreateTwitterIntegration<Secret>
  | CreateUnityIntegration
  | CreateViberIntegration<Secret>
  | CreateWebIntegration
  | CreateWhatsappIntegration<Secret>

/**
 * Changes to an integration: a value sets a field, `null` clears it, absent (or `undefined`) keeps it.
 *
 * **Details**
 *
 * The vendor does not ask for a `type`, so a patch has none: it has the fields of one kind, and is refused where no kind has all of
 * them. Whether that is the kind of the integration, the vendor alone knows. Where the kind is known, its own type says more:
 * `const patch: UpdateWebIntegration = …`. What cannot be changed needs another integration.
 *
 * @see OpenAPI 17.12.1, `integrationUpdate`
 * @category models
 * @since 0.1.0
 */
export type UpdateIntegration<Secret = Redacted.Redacted> =
  | UpdateIntegrationBase
  | UpdateCustomIntegration
  | UpdateAndroidIntegration<Secret>
  | UpdateAppleIntegration<Secret>
  | UpdateInstagramIntegration<Secret>
  | UpdateIosIntegration<Secret>
  | UpdateMailgunIntegration
  | UpdateMessengerIntegration<Secret>
  | UpdateUnityIntegration
  | UpdateWebIntegration
  | UpdateWhatsappIntegration<Secret>

const kinds = Object.entries(integrationKinds)

/**
 * The types of the kinds that this release knows.
 *
 * @category models
 * @since 0.1.0
 */
export type IntegrationType = CreateIntegration["type"]

/**
 * Schema of {@link CreateIntegration}.
 *
 * **Example** (A Web Messenger)
 *
 * ```ts
 * import { CreateIntegration } from "@sunco/schemas/IntegrationPayloads"
 * import * as Schema from "effect/Schema"
 *
 * const isIntegration = Schema.is(CreateIntegration)
 *
 * console.log(isIntegration({ type: "web", brandColor: "0099ff" }))
 * // true
 * console.log(isIntegration({ type: "web", brandColor: "#0099ff" }))
 * // false
 * ```
 *
 * @category schemas
 * @since 0.1.0
 */
export const CreateIntegration: Schema.Codec<CreateIntegration, unknown> = Schema.Union(
  kinds.map(([, { create }]) => create)
).annotate({
  identifier: "CreateIntegration",
  expected: `an integration of type ${kinds.map(([type]) => type).join(", ")}`,
  // What the vendor says of it, for whoever shows what a schema says.
  message: "Invalid integration type"
})

/**
 * The names of the fields that can be changed, kind by kind.
 *
 * @see OpenAPI 17.12.1, `integrationUpdate`
 * @category constants
 * @since 0.1.0
 */
export const updatableFields: { readonly [Type in IntegrationType]: ReadonlyArray<string> } = Record.map(
  integrationKinds,
  ({ updated }) => Object.keys(updated)
)

const isOfOneKind = Schema.makeFilter<object>(
  (patch) => {
    const names = Object.entries(patch).flatMap(([name, value]) => value === undefined ? [] : name)
    return Object.values(updatableFields).some((fields) => names.every((name) => fields.includes(name)))
  },
  { expected: "fields that can be changed of one kind of integration, not those of several", toJsonSchema: () => ({}) }
)

/**
 * Schema of {@link UpdateIntegration}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const UpdateIntegration: Schema.Codec<UpdateIntegration, unknown> = Schema.Struct(
  Object.fromEntries(kinds.flatMap(([, { updated }]) => Object.entries(updated)))
).check(isOfOneKind).annotate({
  identifier: "UpdateIntegration"
})
