/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The client for programs that do not use Effect: the same names, promises instead of effects, errors to catch.
 *
 * It is a layer over `Sunshine` and its resources and adds nothing to what they do: retries, deadlines, credentials and errors
 * are theirs.
 *
 * @since 0.1.0
 */
import type { Authorize } from "@sunco/schemas/OAuthPayloads"
import type { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import {
  activitiesResource,
  appKeysResource,
  appsResource,
  attachmentsResource,
  clientsResource,
  conversationsResource,
  devicesResource,
  integrationKeysResource,
  integrationsResource,
  messagesResource,
  oauthResource,
  participantsResource,
  sunshine,
  switchboardActionsResource,
  switchboardIntegrationsResource,
  switchboardsResource,
  usersResource,
  webhooksResource
} from "./internal/promise/resources.ts"
import type { BrandCallOptions, CallOptions, PromiseFace } from "./PromiseFace.ts"
import type {
  OAuthOptions,
  OAuthOptionsBesideEnvironment,
  Options,
  OptionsBesideEnvironment,
  ServerOptions
} from "./PromiseOptions.ts"
import type { ResponseInfo } from "./ResponseInfo.ts"
import type { SunshineRequest, SunshineResponse } from "./Sunshine.ts"
import type { UsersMethods } from "./UsersMethods.ts"
import type { ActivitiesMethods } from "./ActivitiesMethods.ts"
import type { AppKeysMethods } from "./AppKeysMethods.ts"
import type { AppsMethods } from "./AppsMethods.ts"
import type { AttachmentsMethods } from "./AttachmentsMethods.ts"
import type { ClientsMethods } from "./ClientsMethods.ts"
import type { ConversationsMethods } from "./ConversationsMethods.ts"
import type { DevicesMethods } from "./DevicesMethods.ts"
import type { IntegrationKeysMethods } from "./IntegrationKeysMethods.ts"
import type { IntegrationsMethods } from "./IntegrationsMethods.ts"
import type { MessagesMethods } from "./MessagesMethods.ts"
import type { AuthorizeUrl, OAuthMethods } from "./OAuthMethods.ts"
import type { ParticipantsMethods } from "./ParticipantsMethods.ts"
import type { WebhooksMethods } from "./WebhooksMethods.ts"
import type { SwitchboardActionsMethods } from "./SwitchboardActionsMethods.ts"
import type { SwitchboardIntegrationsMethods } from "./SwitchboardIntegrationsMethods.ts"
import type { SwitchboardsMethods } from "./SwitchboardsMethods.ts"

export type { CreateUser, SyncUser, UpdateUser, User } from "@sunco/schemas"
export type { AccessToken } from "@sunco/schemas/AccessToken"
export type * from "@sunco/schemas/ActivityPayloads"
export type * from "@sunco/schemas/App"
export type * from "@sunco/schemas/AppKey"
export type * from "@sunco/schemas/AppPayloads"
export type * from "@sunco/schemas/Attachment"
export type * from "@sunco/schemas/Author"
export type * from "@sunco/schemas/ChannelIntegration"
export type * from "@sunco/schemas/Client"
export type * from "@sunco/schemas/ClientPayloads"
export type * from "@sunco/schemas/Conversation"
export type * from "@sunco/schemas/ConversationPayloads"
export type { ConversionEvents } from "@sunco/schemas/ConversationsOperations"
export type * from "@sunco/schemas/CustomIntegration"
export type * from "@sunco/schemas/Destination"
export type * from "@sunco/schemas/Device"
export type * from "@sunco/schemas/FilePart"
export type * from "@sunco/schemas/FormField"
export type * from "@sunco/schemas/Integration"
export type * from "@sunco/schemas/IntegrationBase"
export type * from "@sunco/schemas/IntegrationKey"
export type * from "@sunco/schemas/IntegrationPayloads"
export type * from "@sunco/schemas/Message"
export type * from "@sunco/schemas/MessageAction"
export type * from "@sunco/schemas/MessageContent"
export type * from "@sunco/schemas/MessageItem"
export type * from "@sunco/schemas/MessagePayloads"
export type * from "@sunco/schemas/OAuthPayloads"
export type * from "@sunco/schemas/Override"
export type * from "@sunco/schemas/Page"
export type * from "@sunco/schemas/Participant"
export type * from "@sunco/schemas/ParticipantPayloads"
export type * from "@sunco/schemas/SdkIntegration"
export type * from "@sunco/schemas/Source"
export type * from "@sunco/schemas/Switchboard"
export type * from "@sunco/schemas/SwitchboardActionPayloads"
export type * from "@sunco/schemas/SwitchboardIntegration"
export type * from "@sunco/schemas/SwitchboardIntegrationPayloads"
export type * from "@sunco/schemas/SwitchboardPayloads"
export type * from "@sunco/schemas/Unrecognized"
export type * from "@sunco/schemas/Webhook"
export type * from "@sunco/schemas/WebhookPayloads"
export type * from "./ActivitiesMethods.ts"
export type * from "./AppKeysMethods.ts"
export type * from "./AppsMethods.ts"
export type * from "./AttachmentsMethods.ts"
/**
 * Secrets of answers, which nothing prints: `Redacted.value(key.secret)` reads one.
 *
 * @category secrets
 * @since 0.1.0
 */
export * as Redacted from "effect/Redacted"
export { ClientClosed } from "./ClientClosed.ts"
export type * from "./ClientsMethods.ts"
export type * from "./ConversationsMethods.ts"
export type * from "./DevicesMethods.ts"
export type * from "./IntegrationKeysMethods.ts"
export type * from "./IntegrationsMethods.ts"
export type * from "./MessagesMethods.ts"
export type * from "./OAuthMethods.ts"
export {
  AppKeyNotFound,
  AppPlanExceeded,
  AttachmentNotFound,
  ClientNotFound,
  ConversationNotFound,
  DeviceNotFound,
  IntegrationKeyNotFound,
  IntegrationNotFound,
  MessageLimitReached,
  MessageNotFound,
  ParticipantNotFound,
  SwitchboardIntegrationLimitReached,
  SwitchboardIntegrationNotFound,
  SwitchboardNotFound,
  UserAlreadyExists,
  UserNotFound,
  WebhookNotFound
} from "./Outcomes.ts"
export type * from "./ParticipantsMethods.ts"
export type { Key, Logger, Parts, Secret, Token, Transport } from "./PromiseOptions.ts"
export type { RetryOptions } from "./RetryPolicy.ts"
export { SettingsError } from "./SettingsError.ts"
export { SunshineError } from "./SunshineError.ts"
export type * from "./SwitchboardActionsMethods.ts"
export type * from "./SwitchboardIntegrationsMethods.ts"
export type * from "./SwitchboardsMethods.ts"
export type { CreateUserWithExternalId, UserAndCreated } from "./UsersMethods.ts"
export type * from "./WebhooksMethods.ts"
export type {
  BrandCallOptions,
  CallOptions,
  OAuthOptions,
  OAuthOptionsBesideEnvironment,
  Options,
  OptionsBesideEnvironment,
  ResponseInfo,
  ServerOptions,
  SunshineRequest,
  SunshineResponse
}

/**
 * What every client has beside the methods of its resources, with an app or without. `Self` is the client.
 *
 * @category models
 * @since 0.1.0
 */
export interface ClientOutsideApp<Self> extends AsyncDisposable {
  /**
   * Gives status and headers beside the value of what `call` does with the client that it is handed; of the last answer,
   * where it took several.
   *
   * **Example** (Reading the status of a success)
   *
   * ```ts
   * import { Users } from "@sunco/client/promise"
   *
   * await using users = Users.fromEnv()
   *
   * const { response, value } = await users.withResponse((users) => users.create({ externalId: "ada" }))
   * console.log(response?.status, value.externalId)
   * // 201 ada
   * ```
   */
  readonly withResponse: <A>(
    call: (client: Self) => Promise<A>
  ) => Promise<{ readonly value: A; readonly response: ResponseInfo | undefined }>

  /**
   * Ends what is pending, which rejects with {@link ClientClosed}, and closes what the client opened. Further calls send
   * nothing. `await using` does it at the end of a block.
   */
  readonly close: () => Promise<void>
}

/**
 * What every client of an app has beside the methods of its resources. `Self` is the client.
 *
 * @category models
 * @since 0.1.0
 */
export interface Client<Self> extends ClientOutsideApp<Self> {
  /** The app that the client is for. */
  readonly appId: string

  /**
   * Sends what no method covers, of any resource of the app, through the same credentials, time limits, retries and errors.
   * Rejects with {@link SunshineError}.
   */
  readonly request: (request: SunshineRequest, options?: CallOptions) => Promise<SunshineResponse>
}

/**
 * A resource of the API: makes clients of it alone ({@link Users}), and is named to {@link Sunshine} where a client has several.
 *
 * `Methods` are what the resource can do, `Alone` is a client of it alone, `O` are the options of that client.
 *
 * @category models
 * @since 0.1.0
 */
export interface Resource<Methods extends object, Alone = Methods & Client<Methods>, O = Options> {
  /** A client of these options. Throws {@link SettingsError}. */
  readonly make: (options: O) => Alone

  /**
   * A client of the environment, credentials included: `SUNCO_APP_ID`, `SUNCO_SUBDOMAIN` or `SUNCO_BASE_URL`, and
   * `SUNCO_KEY_ID` with `SUNCO_KEY_SECRET` or `SUNCO_TOKEN`; the options are what it does not say. Throws {@link SettingsError}.
   */
  readonly fromEnv: (options?: OptionsBesideEnvironment) => Alone

  /** @internal */
  readonly "~methods": Methods
}

/**
 * The resources of a client, by the names that the caller gives them.
 *
 * @category models
 * @since 0.1.0
 */
export interface Resources {
  readonly [name: string]: Resource<object, unknown, never>
}

/**
 * A resource whose operations are outside of any app: a client of it alone has none.
 *
 * @category models
 * @since 0.1.0
 */
export interface ResourceOutsideApp<Methods extends object, Alone = Methods & ClientOutsideApp<Methods>>
  extends Resource<Methods, Alone, ServerOptions>
{
  /** @internal */
  readonly "~outsideApp": true
}

/**
 * Whether all of these resources are outside of any app, so that a client of them needs none.
 *
 * @category models
 * @since 0.1.0
 */
export type AreOutsideApp<R extends Resources> = [keyof R] extends [never] ? false
  : [R[keyof R]] extends [{ readonly "~outsideApp": true }] ? true
  : false

/**
 * The resource {@link OAuth}: nothing has to be said where its clients are made, and it does what needs no client.
 *
 * @category models
 * @since 0.1.0
 */
export interface OAuthResource extends ResourceOutsideApp<OAuthMethods<PromiseFace>, OAuth> {
  /** A client of these options, without credentials where none are named. Throws {@link SettingsError}. */
  readonly make: (options?: OAuthOptions) => OAuth

  /**
   * A client of the environment: `SUNCO_BRIDGE_URL`, `SUNCO_SUBDOMAIN` or `SUNCO_BASE_URL`, and the credentials, each where there
   * is one; the options are what it does not say. Throws {@link SettingsError}.
   */
  readonly fromEnv: (options?: OAuthOptionsBesideEnvironment) => OAuth

  /**
   * Where somebody lets your integration in, for a browser to be sent to, and the `state` that it has to come back with; a state
   * that nobody can guess is made where none is given. Throws {@link SunshineError} where what is given cannot be right.
   */
  readonly authorizeUrl: (authorize: Authorize, options?: Pick<OAuthOptions, "bridgeUrl">) => AuthorizeUrl

  /**
   * Whether a browser has come back with the state that it was sent with. One that is missing or empty never has. It tells whoever
   * measures time nothing of where the two differ.
   */
  readonly checkState: (kept: string | null | undefined, received: unknown) => boolean
}

/**
 * The options of a client of these resources: with an app, where one of them is of an app.
 *
 * @category models
 * @since 0.1.0
 */
export type OptionsOf<R extends Resources> = AreOutsideApp<R> extends true ? ServerOptions : Options

/**
 * A client of several resources, each under its name.
 *
 * @category models
 * @since 0.1.0
 */
export type Sunshine<R extends Resources> =
  & { readonly [Name in keyof R]: R[Name]["~methods"] }
  & (AreOutsideApp<R> extends true ? ClientOutsideApp<{ readonly [Name in keyof R]: R[Name]["~methods"] }>
    : Client<{ readonly [Name in keyof R]: R[Name]["~methods"] }>)

/**
 * Makes clients of several resources of one app, which share credentials, connections, limits and the retry budget. Where all
 * of them are outside of any app the client needs none.
 *
 * **Example** (The resources that a program needs)
 *
 * ```ts
 * import { Sunshine, Users } from "@sunco/client/promise"
 *
 * await using sunshine = Sunshine.fromEnv({ users: Users }, { deadline: "20 seconds" })
 *
 * const { created } = await sunshine.users.getOrCreate({ externalId: "ada" })
 * console.log(created, sunshine.appId === process.env["SUNCO_APP_ID"])
 * // true true
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const Sunshine: {
  /** A client of these options and resources. Throws {@link SettingsError}. */
  readonly make: <const R extends Resources>(options: OptionsOf<R>, resources: R) => Sunshine<R>

  /**
   * A client of these resources whose settings come from the environment, as {@link Resource} says; the options are what it
   * does not say. Throws {@link SettingsError}.
   */
  readonly fromEnv: <const R extends Resources>(resources: R, options?: OptionsBesideEnvironment) => Sunshine<R>
} = sunshine

/**
 * Create, read, change, delete, list and sync the users of an app.
 *
 * **Details**
 *
 * `id` is the user's id or externalId. A method rejects with the outcomes of the domain by their class ({@link UserNotFound},
 * {@link UserAlreadyExists}) and with {@link SunshineError} otherwise, of which `reason._tag` says what happened. All of them
 * are `Error`s, and their stack has the line that awaits the promise. An aborted call rejects with the reason of its signal, a call of a closed client with {@link ClientClosed}.
 *
 * The methods need no `this`.
 *
 * **Example** (Create, change, read)
 *
 * ```ts
 * import { SunshineError, UserNotFound, Users } from "@sunco/client/promise"
 *
 * await using users = Users.fromEnv()
 *
 * const ada = await users.create({ externalId: "ada", profile: { givenName: "Ada" } })
 * await users.update(ada.id, { metadata: { plan: "pro" } }, { deadline: "5 seconds", signal: AbortSignal.timeout(9000) })
 *
 * try {
 *   await users.get("nobody")
 * } catch (error) {
 *   if (error instanceof UserNotFound) console.log(error.message)
 *   // Users.get: the user does not exist
 *   else if (error instanceof SunshineError && error.reason._tag === "RateLimited") console.log(error.reason.retryAfter)
 *   else throw error
 * }
 * ```
 *
 * @category models
 * @since 0.1.0
 */
export interface Users extends UsersMethods<PromiseFace>, Client<Users> {}

/**
 * A resource of the API: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * **Details**
 *
 * A client is there at once and opens nothing before its first call. Settings that are missing, wrong, contradictory
 * or unknown are thrown as one {@link SettingsError} that names them all, where the client is made and not at its first call.
 *
 * Several apps are several clients; each has a retry budget of its own, and connections of its own unless they are given the
 * same `fetch` or dispatcher.
 *
 * **Example** (The credentials)
 *
 * ```ts
 * import { type Options, Users } from "@sunco/client/promise"
 *
 * const key = { keyId: "app_5d8cff3cd55b040010928b5b", secret: "the secret of the key" }
 *
 * // What your secret store answers, where tokens rotate.
 * const token = () => Promise.resolve("an access token")
 *
 * const withCredentials = (credentials: Options["credentials"]) =>
 *   Users.make({ appId: "5d8cff3cd55b040010928b5b", subdomain: "example", credentials })
 *
 * export const basic = withCredentials(key)
 * export const jwt = withCredentials({ ...key, scope: "app", lifetime: "15 minutes" })
 * export const fixed = withCredentials({ token: "an access token" })
 * export const rotating = withCredentials({ token, timeToLive: "5 minutes" })
 * ```
 *
 * **Example** (With undici, a rate limiter and a circuit breaker)
 *
 * ```ts
 * import * as Circuit from "@sunco/client/Circuit"
 * import * as Limiter from "@sunco/client/Limiter"
 * import { Users } from "@sunco/client/promise"
 * import * as UndiciTransport from "@sunco/client/UndiciTransport"
 *
 * await using users = Users.fromEnv({
 *   transport: UndiciTransport.layerAgent({ connections: 32 }),
 *   layers: [Limiter.layerMemory({ limit: 600, window: "1 minute" }), Circuit.layer({ failures: 10 })]
 * })
 *
 * console.log(await users.listByEmail("ada@example.com"))
 * // []
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const Users: Resource<UsersMethods<PromiseFace>, Users> = usersResource

/**
 * Create, read, change, delete and list the conversations of an app.
 *
 * @category models
 * @since 0.1.0
 */
export interface Conversations extends ConversationsMethods<PromiseFace>, Client<Conversations> {}

/**
 * The resource {@link Conversations}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const Conversations: Resource<ConversationsMethods<PromiseFace>, Conversations> = conversationsResource

/**
 * Who takes part in a conversation: join, list and leave.
 *
 * @category models
 * @since 0.1.0
 */
export interface Participants extends ParticipantsMethods<PromiseFace>, Client<Participants> {}

/**
 * The resource {@link Participants}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const Participants: Resource<ParticipantsMethods<PromiseFace>, Participants> = participantsResource

/**
 * Send, list and delete the messages of a conversation.
 *
 * @category models
 * @since 0.1.0
 */
export interface Messages extends MessagesMethods<PromiseFace>, Client<Messages> {}

/**
 * The resource {@link Messages}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const Messages: Resource<MessagesMethods<PromiseFace>, Messages> = messagesResource

/**
 * What happens in a conversation without a message: it was read, somebody types.
 *
 * @category models
 * @since 0.1.0
 */
export interface Activities extends ActivitiesMethods<PromiseFace>, Client<Activities> {}

/**
 * The resource {@link Activities}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const Activities: Resource<ActivitiesMethods<PromiseFace>, Activities> = activitiesResource

/**
 * Files that messages name: upload and delete.
 *
 * @category models
 * @since 0.1.0
 */
export interface Attachments extends AttachmentsMethods<PromiseFace>, Client<Attachments> {}

/**
 * The resource {@link Attachments}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const Attachments: Resource<AttachmentsMethods<PromiseFace>, Attachments> = attachmentsResource

/**
 * The channels on which a user can be reached: link, list and remove.
 *
 * @category models
 * @since 0.1.0
 */
export interface Clients extends ClientsMethods<PromiseFace>, Client<Clients> {}

/**
 * The resource {@link Clients}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const Clients: Resource<ClientsMethods<PromiseFace>, Clients> = clientsResource

/**
 * The devices on which a user has the SDK.
 *
 * @category models
 * @since 0.1.0
 */
export interface Devices extends DevicesMethods<PromiseFace>, Client<Devices> {}

/**
 * The resource {@link Devices}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const Devices: Resource<DevicesMethods<PromiseFace>, Devices> = devicesResource

/**
 * Create, list, read, change and delete apps, outside of any app: a client of it alone has none.
 *
 * @category models
 * @since 0.1.0
 */
export interface Apps extends AppsMethods<PromiseFace>, ClientOutsideApp<Apps> {}

/**
 * The resource {@link Apps}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const Apps: ResourceOutsideApp<AppsMethods<PromiseFace>, Apps> = appsResource

/**
 * Create, list, read and delete the keys of apps, outside of any app: a client of it alone has none.
 *
 * **Example** (The secret of a key)
 *
 * ```ts
 * import { AppKeys, Redacted } from "@sunco/client/promise"
 * import { Emulator } from "@sunco/emulator/promise"
 *
 * await using emulator = await Emulator.startInMemory()
 * const { keyId, keySecret: secret } = await emulator.addKey({ scope: "account" })
 * await using keys = AppKeys.make({ baseUrl: emulator.url, credentials: { keyId, secret }, transport: emulator.fetch })
 *
 * const key = await keys.create(emulator.appId, { displayName: "Shop" }, { lookUp: true })
 * console.log(`${key.secret}`, Redacted.value(key.secret) === (await emulator.stored("AppKeys"))[1]?.secret)
 * // <redacted> true
 * ```
 *
 * @category models
 * @since 0.1.0
 */
export interface AppKeys extends AppKeysMethods<PromiseFace>, ClientOutsideApp<AppKeys> {}

/**
 * The resource {@link AppKeys}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const AppKeys: ResourceOutsideApp<AppKeysMethods<PromiseFace>, AppKeys> = appKeysResource

/**
 * Create, list, read, change and delete the webhooks of an integration.
 *
 * @category models
 * @since 0.1.0
 */
export interface Webhooks extends WebhooksMethods<PromiseFace>, Client<Webhooks> {}

/**
 * The resource {@link Webhooks}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const Webhooks: Resource<WebhooksMethods<PromiseFace>, Webhooks> = webhooksResource

/**
 * Create, list, read and delete the API keys of custom integrations.
 *
 * @category models
 * @since 0.1.0
 */
export interface IntegrationKeys extends IntegrationKeysMethods<PromiseFace>, Client<IntegrationKeys> {}

/**
 * The resource {@link IntegrationKeys}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const IntegrationKeys: Resource<IntegrationKeysMethods<PromiseFace>, IntegrationKeys> = integrationKeysResource

/**
 * Let somebody let your integration into an app, and get a token for it: the OAuth of Zendesk's partners.
 *
 * @category models
 * @since 0.1.0
 */
export interface OAuth extends OAuthMethods<PromiseFace>, ClientOutsideApp<OAuth> {}

/**
 * The resource {@link OAuth}: makes clients of it alone, and does what needs no client.
 *
 * **Example** (From a browser to a client)
 *
 * ```ts
 * import { OAuth, Redacted, Users } from "@sunco/client/promise"
 * import { Emulator } from "@sunco/emulator/promise"
 *
 * const client_id = "tea-bot"
 * const client_secret = Redacted.make("the secret of the bot")
 *
 * await using emulator = await Emulator.start({
 *   oauthClients: [{ client_id, client_secret: "the secret of the bot", redirect_uris: ["https://tea.example/done"] }]
 * })
 * const { url: baseUrl } = emulator
 *
 * // Where your site begins the flow: the state goes into the browser's session, and the browser to the URL.
 * const { state, url } = OAuth.authorizeUrl({ client_id }, { bridgeUrl: baseUrl })
 *
 * // What the browser does, and whoever has it: it comes back to your redirect URI.
 * const { headers } = await fetch(url, { redirect: "manual" })
 * const query = new URL(headers.get("location") ?? "").searchParams
 *
 * // At your redirect URI.
 * if (!OAuth.checkState(state, query.get("state"))) throw new Error("another browser")
 * await using oauth = OAuth.make({ bridgeUrl: baseUrl })
 * const code = Redacted.make(query.get("code") ?? "")
 * const { access_token: token } = await oauth.getToken({ code, client_id, client_secret })
 *
 * // A client of the app that was connected.
 * await using connected = OAuth.make({ bridgeUrl: baseUrl, credentials: { token } })
 * const { id: appId } = await connected.tokenInfo()
 * await using users = Users.make({ appId, baseUrl, credentials: { token } })
 * console.log((await users.create({ externalId: "ada" })).externalId)
 * // ada
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const OAuth: OAuthResource = oauthResource

/**
 * The switchboard of an app: make, list, change and delete it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Switchboards extends SwitchboardsMethods<PromiseFace>, Client<Switchboards> {}

/**
 * The resource {@link Switchboards}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const Switchboards: Resource<SwitchboardsMethods<PromiseFace>, Switchboards> = switchboardsResource

/**
 * Who takes turns in a switchboard: create, list, change and delete.
 *
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardIntegrations
  extends SwitchboardIntegrationsMethods<PromiseFace>, Client<SwitchboardIntegrations>
{}

/**
 * The resource {@link SwitchboardIntegrations}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const SwitchboardIntegrations: Resource<SwitchboardIntegrationsMethods<PromiseFace>, SwitchboardIntegrations> =
  switchboardIntegrationsResource

/**
 * How control of a conversation changes hands: pass, offer, accept and release.
 *
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardActions extends SwitchboardActionsMethods<PromiseFace>, Client<SwitchboardActions> {}

/**
 * The resource {@link SwitchboardActions}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const SwitchboardActions: Resource<SwitchboardActionsMethods<PromiseFace>, SwitchboardActions> =
  switchboardActionsResource

/**
 * The channels of an app, and the programs that are told of what happens in it: create, read, change, delete and list.
 *
 * @category models
 * @since 0.1.0
 */
export interface Integrations extends IntegrationsMethods<PromiseFace>, Client<Integrations> {}

/**
 * The resource {@link Integrations}: makes clients of it alone, and is named to {@link Sunshine} where a client has several.
 *
 * @category constructors
 * @since 0.1.0
 */
export const Integrations: Resource<IntegrationsMethods<PromiseFace>, Integrations> = integrationsResource

/**
 * Every resource under its name, for a {@link Sunshine} that has them all. Who names some has no other in a bundle.
 *
 * **Example** (All that the environment's key may do)
 *
 * ```ts
 * import { AllResources, Sunshine } from "@sunco/client/promise"
 *
 * await using sunshine = Sunshine.fromEnv(AllResources)
 *
 * const { created } = await sunshine.users.getOrCreate({ externalId: "ada" })
 * console.log(created)
 * // true
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const AllResources: {
  readonly activities: typeof Activities
  readonly appKeys: typeof AppKeys
  readonly apps: typeof Apps
  readonly attachments: typeof Attachments
  readonly clients: typeof Clients
  readonly conversations: typeof Conversations
  readonly devices: typeof Devices
  readonly integrationKeys: typeof IntegrationKeys
  readonly integrations: typeof Integrations
  readonly messages: typeof Messages
  readonly oauth: typeof OAuth
  readonly participants: typeof Participants
  readonly switchboardActions: typeof SwitchboardActions
  readonly switchboardIntegrations: typeof SwitchboardIntegrations
  readonly switchboards: typeof Switchboards
  readonly users: typeof Users
  readonly webhooks: typeof Webhooks
} = {
  activities: Activities,
  appKeys: AppKeys,
  apps: Apps,
  attachments: Attachments,
  clients: Clients,
  conversations: Conversations,
  devices: Devices,
  integrationKeys: IntegrationKeys,
  integrations: Integrations,
  messages: Messages,
  oauth: OAuth,
  participants: Participants,
  switchboardActions: SwitchboardActions,
  switchboardIntegrations: SwitchboardIntegrations,
  switchboards: Switchboards,
  users: Users,
  webhooks: Webhooks
} satisfies {
  readonly [Name in keyof typeof SunshineOperations as Name extends "OAuth" ? "oauth" : Uncapitalize<Name>]: unknown
}
