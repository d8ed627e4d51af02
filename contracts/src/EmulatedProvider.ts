/**
 * The emulator as a provider of contracts: how it comes into their states, and how their requests authenticate to it. So
 * whoever has pacts with Sunshine Conversations, through whichever client, can have them verified.
 *
 * It needs `@sunco/emulator`, which nothing else of this package does.
 *
 * @since 0.1.0
 */
import { Emulator } from "@sunco/emulator/Emulator"
import type * as Promised from "@sunco/emulator/promise"
import type { Seed, SeedConversation, Seeded, SeedIntegration, SeedSwitchboard, SeedUser } from "@sunco/emulator/Seed"
import type { StateHandlers } from "effect-pact/ProviderStates"
import type { Message } from "effect-pact/Pact"
import type { HeaderValues, ProviderRequest } from "effect-pact/Verifier"
import * as Effect from "effect/Effect"
import * as Base64 from "effect/encoding/Base64"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import { operationAt } from "./Contract.ts"
import { EventContracts } from "./EventContracts.ts"
import { delivered } from "./internal/emulatedDelivery.ts"
import { ProviderStates } from "./ProviderStates.ts"

/**
 * The bearer token with which requests authenticate whose contract has one. {@link credentials} and {@link pactJs} make the
 * emulator accept it.
 *
 * @category constants
 * @since 0.1.0
 */
export const accessToken: Redacted.Redacted = Redacted.make("an-access-token")

/** What is done to the emulator, whichever face of it is there. */
interface Arranging {
  readonly appId: string
  readonly seed: (seed: Seed) => Effect.Effect<Seeded>
  readonly addAccessToken: (accessToken: Redacted.Redacted, integrationId?: string) => Effect.Effect<void>
  readonly reset: Effect.Effect<void>
}

/** As no other app of an emulator has them. */
const otherAppIds = ["5eed00000000000000000001", "5eed00000000000000000002"]

/** The vendor's limit. */
const crowd = Array.from({ length: 10 }, (_, index) => `one-of-a-crowd-${index}`)

const crowdUsers = crowd.map((externalId) => ({ externalId }))

const handlersOf = <R>(emulator: Effect.Effect<Arranging, never, R>): StateHandlers<R> => {
  /** What is put in place is taken away after the interaction, and so is what the interaction has changed. */
  const arranged = (seed: Seed) =>
    Effect.gen(function*() {
      const { appId, reset, ...arranging } = yield* emulator
      const seeded = yield* Effect.acquireRelease(arranging.seed(seed), () => reset)
      return { appId, ...seeded }
    })
  const conversation = (seed: SeedConversation, users: Seed["users"] = []) =>
    Effect.map(arranged({ users, conversations: [seed] }), ({ appId, conversations: [seeded] }) => {
      const [participant] = seeded?.participants ?? []
      const messages = seeded?.messages ?? []
      const [message] = messages
      const lastMessage = messages.at(-1)
      return {
        appId,
        conversationId: seeded?.conversation.id ?? "",
        ...(participant && { participantId: participant.id }),
        ...(message && { messageId: message.id }),
        ...(lastMessage && { lastMessageId: lastMessage.id })
      }
    })
  const userOf = (user: SeedUser) => Effect.map(arranged({ users: [user] }), ({ users }) => users[0]?.id ?? "")
  /** The ids are those of the first. */
  const integration = (...integrations: ReadonlyArray<SeedIntegration>) =>
    Effect.map(arranged({ integrations }), ({ appId, integrations: [first] }) => {
      const webhookId = first?.webhooks?.[0]?.id
      return { appId, integrationId: first?.id ?? "", ...(webhookId !== undefined && { webhookId }) }
    })
  const file = Effect.map(
    arranged({ attachments: [{ mediaType: "image/jpeg", base64: "/9j/2Q==" }] }),
    ({ appId, attachments: [attachment] }) => ({ appId, mediaUrl: attachment?.mediaUrl ?? "" })
  )
  const switchboard = (seed: SeedSwitchboard) =>
    Effect.map(arranged({ switchboards: [seed] }), ({ appId, switchboards: [seeded] }) => {
      const [first, last] = [seeded?.switchboardIntegrations[0], seeded?.switchboardIntegrations.at(-1)]
      return {
        appId,
        switchboardId: seeded?.switchboard.id ?? "",
        ...(first && { switchboardIntegrationId: first.id }),
        ...(last && { lastSwitchboardIntegrationId: last.id })
      }
    })
  return ProviderStates.handlers({
    "an app exists": () => arranged({}),
    "the app does not exist": () => Effect.map(arranged({}), ({ appId }) => ({ appId: `no-${appId}` })),
    "the access token is of an integration": ({ integrationId }) =>
      Effect.flatMap(emulator, ({ addAccessToken }) => addAccessToken(accessToken, integrationId)),
    "a user exists": (user) =>
      Effect.map(arranged({ users: [user] }), ({ appId, users }) => ({ appId, userId: users[0]?.id ?? "" })),
    "no user exists": () => arranged({}),
    // Somebody has it in the profile, where a list does not look.
    "no user is known by this email address": ({ email }) => arranged({ users: [{ profile: { email } }] }),
    "a core Zendesk user exists": (user) => Effect.asVoid(arranged({ zendeskUsers: [user] })),
    "a conversation exists": (seed) => conversation(seed),
    "no conversation exists": () => arranged({}),
    "a conversation with as many participants as it can have exists": () =>
      conversation({ type: "sdkGroup", participants: crowd.map((userExternalId) => ({ userExternalId })) }, crowdUsers),
    "a conversation with as many messages as it can have exists": () => conversation({ messageCount: 30_000 }),
    "clients exist": ({ clients, user }) =>
      Effect.gen(function*() {
        const userId = yield* userOf(user)
        const seeded = yield* arranged({ clients: clients.map((client) => ({ ...client, userId })) })
        const [first, last] = [seeded.clients[0], seeded.clients.at(-1)]
        return { appId: seeded.appId, userId, clientId: first?.id ?? "", lastClientId: last?.id ?? "" }
      }),
    "no client exists": () => arranged({}),
    "devices exist": ({ devices, user }) =>
      Effect.gen(function*() {
        const userId = yield* userOf(user)
        const seeded = yield* arranged({ devices: devices.map((device) => ({ ...device, userId })) })
        return { appId: seeded.appId, userId, deviceId: seeded.devices[0]?.id ?? "" }
      }),
    "no device exists": () => arranged({}),
    "an integration was let in": (client) =>
      Effect.map(
        arranged({ oauthClients: [{ ...client, redirect_uris: ["https://example.org"] }] }),
        ({ oauthClients: [seeded] }) => ({ code: seeded?.code ?? "" })
      ),
    "integrations exist": ({ integrations }) => integration(...integrations),
    "an SDK integration of Admin Center exists": () => integration({ type: "web", isOfAdminCenter: true }),
    "a file exists": () => file,
    // It was there, and is taken away before anything is asked.
    "no file exists": () => Effect.scoped(file),
    "an app with properties exists": (app) => arranged({ accountApps: [app] }),
    "other apps exist": ({ apps }) =>
      Effect.map(
        arranged({ accountApps: apps.map((app, index) => ({ ...app, id: otherAppIds[index] ?? "" })) }),
        ({ accountApps: [first], appId }) => ({ appId, otherAppId: first?.id ?? "" })
      ),
    "no app exists": () => Effect.asVoid(arranged({})),
    "the plan of the account allows no other app": () => arranged({ plans: [{ maximumApps: 1 }] }),
    "no service account exists": () => Effect.asVoid(arranged({})),
    "a key of the app exists": ({ displayName }) =>
      Effect.map(
        arranged({ appKeys: [{ displayName }] }),
        ({ appId, appKeys: [key] }) => ({ appId, appKeyId: key?.id ?? "" })
      ),
    "no key of the app exists": () => arranged({}),
    "an integration exists": (integration) =>
      Effect.map(arranged({ integrations: [integration] }), ({ appId, integrations: [seeded] }) => {
        const [webhook] = seeded?.webhooks ?? []
        return { appId, integrationId: seeded?.id ?? "", ...(webhook && { webhookId: webhook.id }) }
      }),
    "no integration exists": () => arranged({}),
    "no webhook exists": () => Effect.asVoid(arranged({})),
    "keys of an integration exist": ({ keys }) =>
      Effect.gen(function*() {
        const { appId, integrations: [integration] } = yield* arranged({ integrations: [{ type: "custom" }] })
        const integrationId = integration?.id ?? ""
        const { integrationKeys: [key] } = yield* arranged({
          integrationKeys: keys.map((key) => ({ ...key, integrationId }))
        })
        return { appId, integrationId, ...(key && { integrationKeyId: key.id }) }
      }),
    "a switchboard exists": switchboard,
    "no switchboard exists": () => arranged({}),
    "a switchboard with as many integrations as it can have exists": () =>
      switchboard({ switchboardIntegrations: Array.from({ length: 10 }, () => ({})) })
  })
}

/**
 * The handlers of `ProviderStates`: each seeds the emulator, and resets it after the interaction.
 *
 * **Example** (The emulator keeps the contracts of this client)
 *
 * ```ts
 * import * as EmulatedProvider from "@sunco/contracts/EmulatedProvider"
 * import { provider } from "@sunco/contracts/Names"
 * import { Emulator } from "@sunco/emulator/Emulator"
 * import * as Verifier from "effect-pact/Verifier"
 * import * as Effect from "effect/Effect"
 * import { fileURLToPath } from "node:url"
 *
 * const pact = "@sunco/contracts/pacts/sunco-client-sunshine-conversations-api.json"
 *
 * const program = Effect.gen(function*() {
 *   const { url } = yield* Emulator
 *   const { interactions } = yield* Verifier.verify({
 *     provider,
 *     url,
 *     pacts: [fileURLToPath(import.meta.resolve(pact))],
 *     states: EmulatedProvider.states,
 *     headers: EmulatedProvider.credentials
 *   })
 *   console.log(interactions.includes("a request to get a user by externalId"))
 *   // true
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(Emulator.layer())))
 * ```
 *
 * @category provider states
 * @since 0.1.0
 */
export const states: StateHandlers<Emulator> = handlersOf(Emulator)

/**
 * The messages of {@link EventContracts}, by their descriptions: each has the emulator bring the event about, by calls of its API
 * and, where none reaches, as its channels would, and is what then came to the webhook, byte for byte.
 *
 * **Example** (The emulator sends what receivers expect)
 *
 * ```ts
 * import * as EmulatedProvider from "@sunco/contracts/EmulatedProvider"
 * import { webhooksProvider as provider } from "@sunco/contracts/Names"
 * import { Emulator } from "@sunco/emulator/Emulator"
 * import * as Verifier from "effect-pact/Verifier"
 * import * as Effect from "effect/Effect"
 * import { fileURLToPath } from "node:url"
 *
 * const pact = "@sunco/contracts/pacts/sunco-webhooks-sunshine-conversations-webhooks.json"
 *
 * const program = Effect.gen(function*() {
 *   const { interactions } = yield* Verifier.verify({
 *     provider,
 *     pacts: [fileURLToPath(import.meta.resolve(pact))],
 *     states: EmulatedProvider.states,
 *     messages: EmulatedProvider.messages
 *   })
 *   console.log(interactions.includes("a user was removed"))
 *   // true
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(Emulator.layer())))
 * ```
 *
 * @category messages
 * @since 0.1.0
 */
export const messages: {
  readonly [description: string]: (values: Schema.JsonObject) => Effect.Effect<Message, unknown, Emulator>
} = Object.fromEntries(
  EventContracts.map((contract) => [
    contract.interaction.description,
    (values: Schema.JsonObject) => delivered(contract, values)
  ])
)

const isBearer = (authorization: string | undefined) => authorization?.startsWith("Bearer ") === true

const basic = (keyId: string, keySecret: string) => `Basic ${Base64.encode(`${keyId}:${keySecret}`)}`

const bearer = `Bearer ${Redacted.value(accessToken)}`

/** A key of the account, which the emulator is made to accept. */
const accountKey = { keyId: "act_5d8d0c2e58590c0010a9b1e7", keySecret: "the secret of the account's key" }

/** Whether the key of an app does not reach what is asked for. */
const isOfAccount = (method: string, target: string): boolean => {
  const scopes = operationAt(method, target.split("?", 1).join())?.declared.scopes ?? []
  return scopes.includes("account") && !scopes.includes("app")
}

/**
 * Credentials of the emulator in the place of those of the contract, of the same kind: Basic, a bearer token, or none. What an app's key
 * does not reach is called with one of the account.
 *
 * @category authentication
 * @since 0.1.0
 */
export const credentials = (
  { headers, method, target }: ProviderRequest
): Effect.Effect<HeaderValues, never, Emulator> =>
  Effect.gen(function*() {
    const { addAccessToken, addKey, keyId, keySecret } = yield* Emulator
    // It has none, and wants none.
    if ((headers["authorization"] ?? "") === "") return {}
    if (!isBearer(headers["authorization"])) {
      const key = isOfAccount(method, target)
        ? yield* addKey({ ...accountKey, keySecret: Redacted.make(accountKey.keySecret) })
        : { keyId, keySecret }
      return { Authorization: Redacted.make(basic(key.keyId, Redacted.value(key.keySecret))) }
    }
    yield* addAccessToken(accessToken)
    return { Authorization: Redacted.make(bearer) }
  })

/**
 * A request as a server of Express has it, as far as it matters here.
 *
 * @category models
 * @since 0.1.0
 */
export interface ExpressRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: { [name: string]: string | Array<string> | undefined }
}

/**
 * What the `Verifier` of `@pact-foundation/pact` has to be told of the emulator.
 *
 * @category models
 * @since 0.1.0
 */
export interface PactJsOptions {
  readonly providerBaseUrl: string
  readonly requestFilter: (request: ExpressRequest, response: unknown, next: () => void) => void
  readonly stateHandlers: { [state: string]: (parameters: unknown) => Promise<Record<string, string>> }
  readonly afterEach: () => Promise<void>
}

const Ids = Schema.Record(Schema.String, Schema.String)

/**
 * The same for Pact's own verifier for JavaScript, in a program without Effect: options to spread into its own.
 *
 * **Example** (What is left to say)
 *
 * ```ts
 * import { pactJs } from "@sunco/contracts/EmulatedProvider"
 * import { emulator as provider } from "@sunco/contracts/Names"
 * import { Emulator } from "@sunco/emulator/promise"
 *
 * await using emulator = await Emulator.start()
 *
 * const options = { provider, pactUrls: ["pacts/accounts-sunshine-conversations-emulator.json"], ...pactJs(emulator) }
 * // await new Verifier(options).verifyProvider()
 * console.log(Object.keys(options.stateHandlers)[0])
 * // an app exists
 * ```
 *
 * @category interop
 * @since 0.1.0
 */
export const pactJs = (emulator: Promised.Emulator): PactJsOptions => {
  const { addAccessToken, addKey, appId, keyId, keySecret, reset, seed, url } = emulator
  const { setUp } = handlersOf(Effect.succeed<Arranging>({
    appId,
    addAccessToken: (token, integrationId) =>
      Effect.promise(() => addAccessToken(Redacted.value(token), integrationId)),
    seed: (things) => Effect.promise(() => seed(things)),
    reset: Effect.promise(reset)
  }))
  const comeInto = (state: string) => (parameters: unknown) =>
    setUp(state, parameters).pipe(
      // All that they give back are ids.
      Effect.flatMap(Schema.decodeUnknownEffect(Ids)),
      // It is never closed: `afterEach` does what it would.
      Scope.provide(Scope.makeUnsafe()),
      Effect.runPromise
    )
  return {
    providerBaseUrl: url,
    requestFilter: ({ headers, method, url }, _, next) => {
      const { authorization } = headers
      const key = isOfAccount(method, url) ? accountKey : { keyId, keySecret }
      if (authorization !== undefined) {
        headers["authorization"] = isBearer(String(authorization)) ? bearer : basic(key.keyId, key.keySecret)
      }
      Promise.all([addAccessToken(Redacted.value(accessToken)), addKey(accountKey)]).then(() => next(), next)
    },
    stateHandlers: Object.fromEntries(
      Object.keys(ProviderStates.definitions).map((state) => [state, comeInto(state)])
    ),
    afterEach: reset
  }
}
