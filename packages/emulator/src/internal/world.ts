import { type App as AppModel } from "@sunco/schemas/App"
import { type Scope } from "@sunco/schemas/Operation"
import * as Record from "effect/Record"
import * as Redacted from "effect/Redacted"
import { type AppOptions, type EmulatorOptions } from "../Emulator.ts"
import { type EmittedEvent } from "../EmittedEvent.ts"
import { type Seed, type Seeded } from "../Seed.ts"
import { type Stored } from "../Stored.ts"
import { assumed } from "./assumed.ts"
import { BoundedLog } from "./boundedLog.ts"
import { type Answer } from "./delivery.ts"
import { Credentials, type GivenKey } from "./credentials.ts"
import { makeObjectIds } from "./objectIds.ts"
import { type Refusal } from "./refusal.ts"
import { type Context, type Event, type Reached } from "./resource.ts"
import { type AppState, type Emulated } from "./resources.ts"
import { hears } from "./resources/eventAudience.ts"
import { payloadFor } from "./resources/webhookPayload.ts"
import { Store } from "./store.ts"
import { WebhookSender } from "./webhookSender.ts"

/** @internal */
export interface App extends Partial<AddedKey> {
  readonly id: string
  readonly start: AppOptions
  state: AppState
}

/**
 * An app of the options, which has a key from the beginning.
 *
 * @internal
 */
export type StartedApp = App & AddedKey

/** @internal */
export interface AddedKey {
  readonly keyId: string
  readonly keySecret: Redacted.Redacted
}

/** With the settings of the vendor's examples. */
const newApp = (id: string): AppModel => ({
  id,
  displayName: "Emulated app",
  settings: {
    appLocalizationEnabled: true,
    echoPostback: false,
    maskCreditCardNumbers: true,
    multiConvoEnabled: false,
    useAnimalNames: false
  },
  metadata: {},
  subdomain: "emulated"
})

// The id of the vendor's own examples.
const defaultAppId = "5d8cff3cd55b040010928b5b"

/** What a key is for where it is somebody's. */
const scopeOf = (
  { integrationId, serviceAccountId }: Pick<GivenKey, "integrationId" | "serviceAccountId">
): Scope | undefined =>
  integrationId !== undefined ? "integration" : serviceAccountId !== undefined ? "account" : undefined

const eventsKept = 10_000

const prefixes: { readonly [S in Scope]: string } = { app: "app", integration: "int", account: "act" }

/**
 * The apps with what they keep, who may use them, and what happens in them.
 *
 * @internal
 */
export class World {
  readonly apps = new Store<App>()
  readonly credentials = new Credentials()
  readonly first: StartedApp
  readonly started: readonly [StartedApp, ...ReadonlyArray<StartedApp>]
  maximumApps = Infinity
  /** Where the emulator is; in memory it is nowhere else. */
  origin = "http://localhost"
  private readonly emulated: Emulated
  private readonly events = new BoundedLog<{ readonly event: EmittedEvent; readonly size: number }>(
    eventsKept,
    ({ size }) => size
  )
  private readonly nextId = makeObjectIds()
  private readonly sender: WebhookSender
  readonly assume: Context["assume"]

  constructor(
    emulated: Emulated,
    { apps = [], assume, ...first }: EmulatorOptions,
    now: number,
    sender = new WebhookSender(undefined, () => {})
  ) {
    this.emulated = emulated
    this.sender = sender
    this.assume = assumed(assume)
    this.apps.onRemove(({ id }) => {
      if (this.assume.keysOfDeletedApp === "revoked") this.credentials.revokeWhere(({ appId }) => appId === id)
    })
    this.first = this.makeApp(first)
    this.started = [this.first, ...apps.map((app) => this.makeApp(app))]
    this.reset(now)
  }

  /** Without an id, the first app is meant. */
  find(appId: string | undefined): App | undefined {
    return appId === undefined ? this.first : this.apps.find(appId)
  }

  reset(now: number): void {
    this.events.clear()
    this.sender.clear()
    this.apps.clear()
    this.credentials.clear()
    this.maximumApps = Infinity
    for (const app of this.started) {
      app.state = this.makeState(app.id)
      this.apps.put(app)
      this.credentials.addKey(app.id, app)
      for (const token of app.start.accessTokens ?? []) this.credentials.addAccessToken(app.id, token)
    }
    // When all are there: a seed may be about another app.
    for (const app of this.started) this.seed(app, app.start, now)
  }

  /** What a request is carried out in, which has no app where the request is outside of any. */
  context(
    app: App | undefined,
    now: number,
    { caller, origin = this.origin }: Partial<Pick<Context, "caller" | "origin">> = {}
  ): Context<AppState> & { readonly app: AppState | undefined } {
    return {
      app: app?.state,
      world: this,
      caller,
      now,
      makeId: () => this.nextId(now),
      assume: this.assume,
      origin,
      emit: (event) => this.emit(event, app?.id, now)
    }
  }

  seed({ state }: App, seed: Seed, now: number): Seeded {
    const context = { app: state, now, makeId: () => this.nextId(now) }
    // What is put in place under a name is of the type of that name, which a mapping over all of them cannot say.
    return Record.map<keyof Seed, any, any>(
      this.emulated.seed,
      (put, field) => (seed[field] ?? []).map((thing) => put(thing, context))
    ) as Seeded
  }

  /** What is served at a path that is no operation's, and the app that it is of. */
  fileAt(path: string): { readonly app: App; readonly file: Answer } | undefined {
    for (const app of this.apps.all()) {
      const file = this.emulated.fileAt?.(app.state, path)
      if (file !== undefined) return { app, file }
    }
    return undefined
  }

  /** What a browser is shown at a path that is no operation's. */
  pageAt(url: string, now: number): Answer | Refusal | undefined {
    return this.emulated.pageAt?.(url, this.context(undefined, now))
  }

  stored<Resource extends keyof Stored>({ state }: App, resource: Resource): Stored[Resource] {
    return this.emulated.stored[resource](state)
  }

  allStored(app: App): Stored {
    // As with the seed: what is stored under a name is of the type of that name.
    return Record.map<keyof Stored, unknown, any>(
      this.emulated.stored,
      (_, resource) => this.stored(app, resource)
    ) as Stored
  }

  emitted(): Array<EmittedEvent> {
    return this.events.all().map(({ event }) => event)
  }

  addApp(appId: string): AppState {
    return this.apps.put({ id: appId, start: {}, state: this.makeState(appId) }).state
  }

  /** A key of a service account may use the app that it is added to. */
  addKey(app: App, { integrationId, serviceAccountId, ...key }: Partial<GivenKey>, now: number): AddedKey {
    const { scope = scopeOf({ integrationId, serviceAccountId }) } = key
    const prefix = serviceAccountId === undefined ? prefixes[scope ?? "app"] : "svc"
    const keyId = key.keyId ?? `${prefix}_${this.nextId(now)}`
    const keySecret = key.keySecret ?? Redacted.make(`secret_${this.nextId(now)}`)
    this.credentials.addKey(app.id, { keyId, keySecret, scope, integrationId, serviceAccountId })
    if (serviceAccountId !== undefined) app.state.about.serviceAccounts.add(serviceAccountId)
    return { keyId, keySecret }
  }

  /** Makes an event happen of which nothing is the cause. */
  trigger(app: App, event: Event, now: number): EmittedEvent {
    return this.emit(event, app.id, now)
  }

  private emit({ payload, type }: Event, appId: string | undefined, now: number): EmittedEvent {
    const event: EmittedEvent = {
      id: this.nextId(now),
      type,
      ...(appId === undefined ? undefined : { appId }),
      createdAt: new Date(now).toISOString(),
      payload
    }
    this.events.add({ event, size: JSON.stringify(event).length })
    const app = appId === undefined ? undefined : this.apps.find(appId)
    if (app !== undefined) this.send(event, app, now)
    return event
  }

  /** To each webhook that asks for events of its type and whose integration hears of this one. */
  private send(event: EmittedEvent, { id: appId, state }: App, now: number): void {
    for (const { integrationId, record: webhook } of state.webhooks?.all() ?? []) {
      if (webhook.triggers?.includes(event.type) !== true) continue
      if (!hears(state, integrationId, event, this.assume)) continue
      this.sender.add(event, appId, webhook, payloadFor(event, webhook, state), this.nextId(now), now)
    }
  }

  private makeApp(start: AppOptions): StartedApp {
    const id = start.appId ?? defaultAppId
    return {
      id,
      keyId: start.keyId ?? `app_${id}`,
      keySecret: start.keySecret ?? Redacted.make(`secret_${id}`),
      start,
      state: this.makeState(id)
    }
  }

  private makeState(appId: string): AppState {
    const { credentials } = this
    const reached: Reached = {
      appId,
      world: this,
      about: { app: newApp(appId), serviceAccounts: new Set() },
      origin: () => this.origin,
      credentials: {
        addKey: (key) => credentials.addKey(appId, key),
        addAccessToken: (token, integrationId) => credentials.addAccessToken(appId, token, integrationId),
        revoke: (keyIdOrToken) => credentials.revoke(keyIdOrToken),
        appKeys: () => credentials.appKeys(appId),
        revokeWhere: (isSuch) => credentials.revokeWhere((caller) => caller.appId === appId && isSuch(caller))
      }
    }
    return Object.values(this.emulated.resources).reduce(
      (state, resource) => ({ ...state, ...resource.state(state) }),
      // Each resource adds its part.
      reached as AppState
    )
  }
}
