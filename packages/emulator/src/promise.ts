/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The emulator for tests that do not use Effect: the same names, promises instead of effects, secrets as plain text.
 *
 * @since 0.1.0
 */
import { type Client } from "@sunco/schemas/Client"
import { type Scope } from "@sunco/schemas/Operation"
import type * as Schema from "effect/Schema"
import { type Assumptions } from "./Assumptions.ts"
import { type EmittedEvent } from "./EmittedEvent.ts"
import type * as Effectful from "./Emulator.ts"
import { type Fault, type FaultMatch, type FaultRule } from "./Fault.ts"
import { start, startInMemory } from "./internal/promiseFace.ts"
import { type LinkAnswer } from "./LinkAnswer.ts"
import { type Seed, type Seeded } from "./Seed.ts"
import { type SeenRequest } from "./SeenRequest.ts"
import { type Stored } from "./Stored.ts"
import { type DeliveryFault, type WebhookDelivery } from "./WebhookDelivery.ts"

export * as Fault from "./Fault.ts"
export { InvalidInput } from "./InvalidInput.ts"
export { ListenError } from "./ListenError.ts"
export type { DeliveryFault, WebhookDelivery }
export type { Assumptions, EmittedEvent, FaultMatch, FaultRule, LinkAnswer, Seed, Seeded, SeenRequest, Stored }

/**
 * An app to emulate, as for the layers, with its secrets as text.
 *
 * @category options
 * @since 0.1.0
 */
export interface AppOptions extends Omit<Effectful.AppOptions, "accessTokens" | "keySecret"> {
  /** `secret_` and the appId when absent. */
  readonly keySecret?: string
  /** Bearer tokens to accept as they are, such as OAuth issues. */
  readonly accessTokens?: ReadonlyArray<string>
}

/**
 * What to emulate: one app, and more beside it.
 *
 * @category options
 * @since 0.1.0
 */
export interface EmulatorOptions extends
  AppOptions,
  Pick<
    Effectful.EmulatorOptions,
    "allowedHosts" | "assume" | "onDelivery" | "onRequest" | "requestsKept" | "webhooks"
  >
{
  /** More apps, each with users and credentials of its own. */
  readonly apps?: ReadonlyArray<AppOptions & { readonly appId: string }>
}

/**
 * Where to listen.
 *
 * @category options
 * @since 0.1.0
 */
export interface ServerOptions extends EmulatorOptions, Pick<Effectful.ServerOptions, "host" | "port"> {}

/**
 * The environment that a program has to have for its client to reach an app: what `fromEnv` and `layerFromConfig` of the clients read.
 *
 * @category models
 * @since 0.1.0
 */
export interface Environment {
  readonly SUNCO_APP_ID: string
  readonly SUNCO_BASE_URL: string
  readonly SUNCO_KEY_ID: string
  readonly SUNCO_KEY_SECRET: string
}

/**
 * An app: what is in it, who may use it.
 *
 * @category models
 * @since 0.1.0
 */
export interface AppWithoutKey {
  readonly appId: string
  /**
   * Puts things in place, also with what no call of the API can set, and gives them as they are now. Rejects with `InvalidInput`.
   */
  readonly seed: (seed: Seed) => Promise<Seeded>
  /** What the app keeps of a resource, in the order of arrival. */
  readonly stored: <Resource extends keyof Stored>(resource: Resource) => Promise<Stored[Resource]>
  /**
   * Lets the channel answer to a client that `Clients.create` has made and that is pending until then, and gives the client as it is
   * then, or as it was when it was removed. Rejects with `InvalidInput` where it is not pending.
   */
  readonly answerLink: (clientId: string, answer: LinkAnswer) => Promise<Client>
  /**
   * Adds an API key, or gives a key another secret; what is not named is made up. `scope` is what the key is for, where the
   * prefix of its id does not say it, and `integrationId` whose it is, where it is an integration's. A key of scope `account` reaches
   * every app; where `serviceAccountId` says whose it is, those apps that this service account may use: this one and what it makes.
   */
  readonly addKey: (key?: {
    readonly keyId?: string
    readonly keySecret?: string
    readonly scope?: Scope
    readonly integrationId?: string
    readonly serviceAccountId?: string
  }) => Promise<{ readonly keyId: string; readonly keySecret: string }>
  /**
   * Accepts a bearer token as it is, with scope `integration`. `integrationId` is whose it is, which stays as it was said before where it
   * is not said.
   */
  readonly addAccessToken: (accessToken: string, integrationId?: string) => Promise<void>
  /** Makes an event happen, of any type and with any payload; `deliveries` shows where it goes. Nothing else changes. */
  readonly trigger: (type: string, payload?: Schema.JsonObject) => Promise<EmittedEvent>
}

/**
 * What is on its way to webhooks.
 *
 * @category models
 * @since 0.1.0
 */
export interface Deliveries {
  /** In the order in which the events happened: the last 10,000, and never more than 16 MiB of them. */
  readonly all: () => Promise<ReadonlyArray<WebhookDelivery>>
  /** Sends what waits, without waiting, and ends when all of it was answered. */
  readonly flush: () => Promise<void>
  /** What happens to the next deliveries on their way, one to each. */
  readonly next: (...faults: ReadonlyArray<DeliveryFault>) => Promise<void>
}

/**
 * One emulated app of the options: how to reach it, what is in it, who may use it.
 *
 * @category models
 * @since 0.1.0
 */
export interface EmulatedApp extends AppWithoutKey {
  readonly keyId: string
  readonly keySecret: string
  /**
   * How the program under test reaches this app, for `Object.assign(process.env, emulator.env)` or for the `env` of a child process.
   *
   * `SUNCO_SUBDOMAIN` and `SUNCO_TOKEN` of the machine contradict it: leave them out, or delete them.
   */
  readonly env: Environment
}

/**
 * The faults to come, see the module `Fault`. A fault that is not understood, and one more where 10,000 are waiting, is rejected with
 * `InvalidInput`.
 *
 * @category models
 * @since 0.1.0
 */
export interface Faults {
  /**
   * Adds a fault for the requests that `when` describes (all of them without it), `times` of them (without it, until
   * the faults are cleared). A request gets the first fault that is for it.
   */
  readonly add: (fault: Fault, options?: { readonly times?: number; readonly when?: FaultMatch }) => Promise<void>
  /** Inflicts the faults in their order on the next requests, one on each. */
  readonly next: (...faults: ReadonlyArray<Fault>) => Promise<void>
  /** The faults that still wait for requests. */
  readonly left: () => Promise<ReadonlyArray<FaultRule>>
  readonly clear: () => Promise<void>
}

/**
 * A running emulator; its own fields are those of the first app.
 *
 * @category models
 * @since 0.1.0
 */
export interface Emulator extends EmulatedApp, AsyncDisposable {
  /** The base URL for a client, without a path; the vendor's path `/sc` is understood too. */
  readonly url: string
  /** Every app of the options, the first one included. */
  readonly apps: readonly [EmulatedApp, ...ReadonlyArray<EmulatedApp>]
  /** An app by its id, such as one that a call of the API has made. Rejects with `InvalidInput` where it is not there. */
  readonly app: (appId: string) => Promise<AppWithoutKey>
  readonly faults: Faults
  /** What it saw, in the order of arrival, without secrets; the emulator's own endpoints are left out. */
  readonly requests: () => Promise<ReadonlyArray<SeenRequest>>
  /** What has happened, in order: the last 10,000, and never more than 16 MiB of them. */
  readonly events: () => Promise<ReadonlyArray<EmittedEvent>>
  /** What of it is sent to webhooks, as the vendor sends it. */
  readonly deliveries: Deliveries
  /** Revokes an API key by its id, with the tokens that it signed, or an access token. */
  readonly revoke: (keyIdOrAccessToken: string) => Promise<void>
  /** Goes back to how the emulator started: what is stored, credentials, no faults, no requests, no events. */
  readonly reset: () => Promise<void>
  /** Gives up pending answers and closes every connection. `await using` does it at the end of a block. */
  readonly close: () => Promise<void>
}

/**
 * A running emulator that is reached without a socket.
 *
 * @category models
 * @since 0.1.0
 */
export interface EmulatorInMemory extends Emulator {
  /**
   * A `fetch` that reaches the emulator whatever host a URL names.
   *
   * It rejects as that of the platform does: with a `TypeError` where the connection was cut (its `cause` has the `code` `ECONNRESET`) or
   * the emulator is closed (`ECONNREFUSED`), with the reason of its signal when that is aborted. Redirects are not followed, whatever
   * `redirect` says.
   */
  readonly fetch: typeof globalThis.fetch
}

/**
 * Starts emulators.
 *
 * **Details**
 *
 * Nothing runs before it is asked for. An emulator on a port keeps its process alive until it is closed.
 *
 * **Example** (On a port, for a program that is given its environment)
 *
 * ```ts
 * import { Emulator, Fault } from "@sunco/emulator/promise"
 *
 * await using emulator = await Emulator.start({ users: [{ externalId: "ada", profile: { givenName: "Ada" } }] })
 * await emulator.faults.next(Fault.status(503))
 *
 * const { appId, keyId, keySecret, url } = emulator
 * const get = () =>
 *   fetch(`${url}/v2/apps/${appId}/users/ada`, { headers: { authorization: `Basic ${btoa(`${keyId}:${keySecret}`)}` } })
 *
 * console.log((await get()).status, (await get()).status)
 * // 503 200
 * console.log((await emulator.requests()).map(({ operation, status }) => `${operation} ${status}`))
 * // [ 'Users.get 503', 'Users.get 200' ]
 * console.log(Object.keys(emulator.env).join())
 * // SUNCO_APP_ID,SUNCO_BASE_URL,SUNCO_KEY_ID,SUNCO_KEY_SECRET
 * ```
 *
 * **Example** (Without a socket, for whatever takes a `fetch`)
 *
 * ```ts
 * import { Emulator } from "@sunco/emulator/promise"
 *
 * await using emulator = await Emulator.startInMemory()
 * const { appId, fetch, keyId, keySecret } = emulator
 *
 * const response = await fetch(`https://example.zendesk.com/sc/v2/apps/${appId}/users`, {
 *   method: "POST",
 *   headers: { authorization: `Basic ${btoa(`${keyId}:${keySecret}`)}`, "content-type": "application/json" },
 *   body: JSON.stringify({ externalId: "ada" })
 * })
 * console.log(response.status, (await emulator.stored("Users"))[0]?.externalId)
 * // 201 ada
 * ```
 *
 * **Example** (A mistake of the test)
 *
 * ```ts
 * import { Emulator } from "@sunco/emulator/promise"
 *
 * await using emulator = await Emulator.startInMemory()
 *
 * const misspelt: object = { time: 2 }
 * await emulator.faults.add({ _tag: "CutAfterApplied" }, misspelt).catch((error: Error) => {
 *   console.log(error.message)
 *   // faults: 0.time: Expected no key but fault, times, when
 * })
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const Emulator: {
  /**
   * Listens on a free port of 127.0.0.1, or on `host` and `port`. Rejects with `ListenError` where the port cannot be had, and with
   * `InvalidInput`.
   */
  readonly start: (options?: ServerOptions) => Promise<Emulator>

  /** Is reached by its `fetch` alone. Rejects with `InvalidInput`. */
  readonly startInMemory: (options?: EmulatorOptions) => Promise<EmulatorInMemory>
} = { start, startInMemory }
