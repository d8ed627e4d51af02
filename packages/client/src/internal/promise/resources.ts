import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as FetchTransport from "../../FetchTransport.ts"
import type * as Promises from "../../promise.ts"
import type { PromiseFace } from "../../PromiseFace.ts"
import type { Options, OptionsBesideEnvironment, Parts, ServerOptions } from "../../PromiseOptions.ts"
import type * as EffectResource from "../../Resource.ts"
import * as EffectCredentials from "../../Credentials.ts"
import * as EffectSunshine from "../../Sunshine.ts"
import { SettingsError } from "../../SettingsError.ts"
import * as EffectActivities from "../../Activities.ts"
import type { ActivitiesMethods } from "../../ActivitiesMethods.ts"
import * as EffectAppKeys from "../../AppKeys.ts"
import type { AppKeysMethods } from "../../AppKeysMethods.ts"
import * as EffectApps from "../../Apps.ts"
import type { AppsMethods } from "../../AppsMethods.ts"
import * as EffectAttachments from "../../Attachments.ts"
import type { AttachmentsMethods } from "../../AttachmentsMethods.ts"
import * as EffectClients from "../../Clients.ts"
import type { ClientsMethods } from "../../ClientsMethods.ts"
import * as EffectConversations from "../../Conversations.ts"
import type { ConversationsMethods } from "../../ConversationsMethods.ts"
import * as EffectDevices from "../../Devices.ts"
import type { DevicesMethods } from "../../DevicesMethods.ts"
import * as EffectIntegrations from "../../Integrations.ts"
import type { IntegrationsMethods } from "../../IntegrationsMethods.ts"
import * as EffectMessages from "../../Messages.ts"
import type { MessagesMethods } from "../../MessagesMethods.ts"
import * as EffectOAuth from "../../OAuth.ts"
import * as EffectParticipants from "../../Participants.ts"
import type { ParticipantsMethods } from "../../ParticipantsMethods.ts"
import * as EffectWebhooks from "../../Webhooks.ts"
import type { WebhooksMethods } from "../../WebhooksMethods.ts"
import * as EffectIntegrationKeys from "../../IntegrationKeys.ts"
import type { IntegrationKeysMethods } from "../../IntegrationKeysMethods.ts"
import * as EffectSwitchboardActions from "../../SwitchboardActions.ts"
import type { SwitchboardActionsMethods } from "../../SwitchboardActionsMethods.ts"
import * as EffectSwitchboardIntegrations from "../../SwitchboardIntegrations.ts"
import type { SwitchboardIntegrationsMethods } from "../../SwitchboardIntegrationsMethods.ts"
import * as EffectSwitchboards from "../../Switchboards.ts"
import type { SwitchboardsMethods } from "../../SwitchboardsMethods.ts"
import * as EffectUsers from "../../Users.ts"
import type { UsersMethods } from "../../UsersMethods.ts"
import { authorizeUrlAt } from "../oauth/authorizeUrl.ts"
import { isSameState } from "../oauth/state.ts"
import { Logger } from "../telemetry/log.ts"
import { makeClient } from "./client.ts"
import { credentialsLayer } from "./credentials.ts"
import { usableParts } from "./parts.ts"

/** A resource of the promise face, and the service behind it. */
interface Resource {
  readonly "~service": EffectResource.AnyClass<any, string, object, any, any>
  readonly "~outsideApp"?: true
}

type ServicesLayer = Layer.Layer<any, unknown, HttpClient.HttpClient>

/** Each with a core of its own where none of them is of an app, and all over one otherwise. */
const servicesOf = <E, R>(
  resources: ReadonlyArray<Resource>,
  alone: (service: Resource["~service"]) => Layer.Layer<any, E, R>,
  sunshine: () => Layer.Layer<EffectSunshine.Sunshine, E, R>
): Layer.Layer<any, E, R> => {
  const areOutsideApp = resources.length > 0 && resources.every((resource) => resource["~outsideApp"] === true)
  if (areOutsideApp) return merged(resources.map((resource) => alone(resource["~service"])))
  return Layer.provideMerge(merged(resources.map((resource) => resource["~service"].layerNoDeps)), sunshine())
}

const merged = <E, R>(layers: ReadonlyArray<Layer.Layer<any, E, R>>): Layer.Layer<any, E, R> =>
  Layer.mergeAll(Layer.empty, ...layers)

type Shape = Parameters<typeof makeClient>[0]

const withParts = (
  shape: Shape,
  services: ServicesLayer,
  parts: Parts,
  caller: (...args: never) => unknown
) => {
  const { layers = [], logger, transport = FetchTransport.layer } = usableParts(parts)
  return makeClient(
    shape,
    Layer.provide(services, Layer.succeed(Logger, logger)),
    { layers, transport: typeof transport === "function" ? FetchTransport.layerFetch(transport) : transport },
    caller
  )
}

const make = (
  shape: Shape,
  resources: ReadonlyArray<Resource>,
  options: ServerOptions | undefined,
  caller: (...args: never) => unknown,
  layerOf: typeof credentialsLayer = credentialsLayer
) => {
  // Not every caller has a compiler that asks for them.
  const { credentials, layers, logger, transport, ...settings } = Object(options) as Options
  const services = servicesOf(
    resources,
    (service) => service.layer(settings),
    () => EffectSunshine.Sunshine.layer(settings)
  )
  const authenticated = Layer.provide(services, layerOf(credentials))
  return withParts(shape, authenticated, { layers, logger, transport }, caller)
}

const fromEnv = (
  shape: Shape,
  resources: ReadonlyArray<Resource>,
  options: OptionsBesideEnvironment | undefined,
  caller: (...args: never) => unknown
) => {
  const { layers, logger, transport, ...settings } = options ?? {}
  const services = servicesOf(
    resources,
    (service) => service.layerFromConfig(settings),
    () => EffectSunshine.Sunshine.layerFromConfig(settings)
  )
  return withParts(shape, services, { layers, logger, transport }, caller)
}

const named = (resources: { readonly [name: string]: Resource }): Shape => (faceOf) =>
  Object.fromEntries(Object.entries(resources).map(([name, resource]) => [name, faceOf(resource["~service"])]))

/**
 * The types of the faces are the texts of the methods; what is here is found by name.
 *
 * @internal
 */
export const resource = <Face>(
  service: Resource["~service"],
  ofApp = true,
  layerOf?: typeof credentialsLayer
): Face => {
  const self: Resource = { "~service": service, ...(!ofApp && { "~outsideApp": true }) }
  const alone: Shape = (faceOf) => faceOf(service)
  const face = {
    ...self,
    make: (options: Options) => make(alone, [self], options, face.make, layerOf),
    fromEnv: (options?: OptionsBesideEnvironment) => fromEnv(alone, [self], options, face.fromEnv)
  }
  return face as Face
}

// Marked as pure, so that a bundle has those alone that it names.
/** @internal */
export const usersResource: Promises.Resource<UsersMethods<PromiseFace>, Promises.Users> = /* @__PURE__ */ resource(
  EffectUsers.Users
)

/** @internal */
export const activitiesResource: Promises.Resource<ActivitiesMethods<PromiseFace>, Promises.Activities> =
  /* @__PURE__ */ resource(EffectActivities.Activities)

/** @internal */
export const appKeysResource: Promises.ResourceOutsideApp<AppKeysMethods<PromiseFace>, Promises.AppKeys> =
  /* @__PURE__ */ resource(EffectAppKeys.AppKeys, false)

/** @internal */
export const appsResource: Promises.ResourceOutsideApp<AppsMethods<PromiseFace>, Promises.Apps> =
  /* @__PURE__ */ resource(EffectApps.Apps, false)

/** @internal */
export const attachmentsResource: Promises.Resource<AttachmentsMethods<PromiseFace>, Promises.Attachments> =
  /* @__PURE__ */ resource(EffectAttachments.Attachments)

/** @internal */
export const clientsResource: Promises.Resource<ClientsMethods<PromiseFace>, Promises.Clients> =
  /* @__PURE__ */ resource(EffectClients.Clients)

/** @internal */
export const conversationsResource: Promises.Resource<ConversationsMethods<PromiseFace>, Promises.Conversations> =
  /* @__PURE__ */ resource(EffectConversations.Conversations)

/** @internal */
export const devicesResource: Promises.Resource<DevicesMethods<PromiseFace>, Promises.Devices> =
  /* @__PURE__ */ resource(EffectDevices.Devices)

/** @internal */
export const integrationsResource: Promises.Resource<IntegrationsMethods<PromiseFace>, Promises.Integrations> =
  /* @__PURE__ */ resource(EffectIntegrations.Integrations)

/** @internal */
export const messagesResource: Promises.Resource<MessagesMethods<PromiseFace>, Promises.Messages> =
  /* @__PURE__ */ resource(EffectMessages.Messages)

const oauth = (): Promises.OAuthResource => ({
  ...resource<Omit<Promises.OAuthResource, "authorizeUrl" | "checkState">>(
    EffectOAuth.OAuth,
    false,
    // Whoever exchanges a code has none yet.
    (credentials) => credentials === undefined ? EffectCredentials.layerNone : credentialsLayer(credentials)
  ),
  authorizeUrl: (authorize, options) => Result.getOrThrow(authorizeUrlAt(authorize, options, crypto)),
  checkState: isSameState
})

/** @internal */
export const oauthResource: Promises.OAuthResource = /* @__PURE__ */ oauth()

/** @internal */
export const participantsResource: Promises.Resource<ParticipantsMethods<PromiseFace>, Promises.Participants> =
  /* @__PURE__ */ resource(EffectParticipants.Participants)

/** Not every caller has a compiler that asks for them. */
const listed = (resources: unknown): { readonly [name: string]: Resource } => {
  if (Predicate.isObject(resources)) {
    // Such as a service of the Effect face, which has the same name.
    const problems = Object.entries(resources).flatMap(([name, resource]) =>
      Predicate.hasProperty(resource, "~service")
        ? []
        : [{ setting: `resources.${name}`, problem: "must be a resource of @sunco/client/promise" }]
    )
    if (problems.length > 0) throw new SettingsError({ problems })
    return resources as { readonly [name: string]: Resource }
  }
  throw new SettingsError({
    problems: [{
      setting: "resources",
      problem: "must be named; the Sunshine of @sunco/client/everything has them all"
    }]
  })
}

/** @internal */
export const webhooksResource: Promises.Resource<WebhooksMethods<PromiseFace>, Promises.Webhooks> =
  /* @__PURE__ */ resource(EffectWebhooks.Webhooks)

/** @internal */
export const integrationKeysResource: Promises.Resource<IntegrationKeysMethods<PromiseFace>, Promises.IntegrationKeys> =
  /* @__PURE__ */ resource(EffectIntegrationKeys.IntegrationKeys)

/** @internal */
export const switchboardActionsResource: Promises.Resource<
  SwitchboardActionsMethods<PromiseFace>,
  Promises.SwitchboardActions
> = /* @__PURE__ */ resource(EffectSwitchboardActions.SwitchboardActions)

/** @internal */
export const switchboardIntegrationsResource: Promises.Resource<
  SwitchboardIntegrationsMethods<PromiseFace>,
  Promises.SwitchboardIntegrations
> = /* @__PURE__ */ resource(EffectSwitchboardIntegrations.SwitchboardIntegrations)

/** @internal */
export const switchboardsResource: Promises.Resource<SwitchboardsMethods<PromiseFace>, Promises.Switchboards> =
  /* @__PURE__ */ resource(EffectSwitchboards.Switchboards)

/** @internal */
export const sunshine: typeof Promises.Sunshine = {
  make: (options, resources) => {
    const found = listed(resources)
    return make(named(found), Object.values(found), options, sunshine.make) as any
  },
  fromEnv: (resources, options) => {
    const found = listed(resources)
    return fromEnv(named(found), Object.values(found), options, sunshine.fromEnv) as any
  }
}
