import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import * as Effectful from "../Emulator.ts"
import type * as Promised from "../promise.ts"
import { checkPlainOptions } from "./checkedOptions.ts"
import { makeEmulation } from "./emulation.ts"
import { memoryFetch } from "./memoryFetch.ts"

// Promises are what this face is of, so `async` is what it is written in.

/** @internal */
export const start = async (options: Promised.ServerOptions = {}): Promise<Promised.Emulator> => {
  await Effect.runPromise(checkPlainOptions(options))
  const scope = Scope.makeUnsafe()
  const close = () => Effect.runPromise(Scope.close(scope, Exit.void))
  const exit = await Effect.runPromiseExit(Layer.buildWithScope(Effectful.Emulator.layer(settings(options)), scope))
  if (Exit.isSuccess(exit)) return promised(Context.get(exit.value, Effectful.Emulator), close)
  await close()
  throw Cause.squash(exit.cause)
}

/** @internal */
export const startInMemory = async (options: Promised.EmulatorOptions = {}): Promise<Promised.EmulatorInMemory> => {
  await Effect.runPromise(checkPlainOptions(options))
  const { deliver, service, ...emulation } = await Effect.runPromise(makeEmulation(settings(options)))
  const closing = new AbortController()
  Effect.runFork(deliver, { signal: closing.signal })
  const emulator = promised(
    Effectful.Emulator.of({ ...service, url: "http://localhost" }),
    async () => closing.abort()
  )
  return { ...emulator, fetch: memoryFetch(emulation, closing.signal) }
}

const settings = ({ apps, ...first }: Promised.ServerOptions) => ({
  ...secretly(first),
  ...(apps === undefined ? undefined : { apps: apps.map(secretly) })
})

const secretly = <Options extends Promised.AppOptions>({ accessTokens, keySecret, ...options }: Options) => ({
  ...options,
  ...(keySecret === undefined ? undefined : { keySecret: Redacted.make(keySecret) }),
  ...(accessTokens === undefined ? undefined : { accessTokens: accessTokens.map((token) => Redacted.make(token)) })
})

const promised = (emulator: Effectful.Emulator["Service"], close: () => Promise<void>): Promised.Emulator => {
  const { apps: [first, ...others], deliveries, events, faults, requests, reset, revoke, url } = emulator
  const firstApp = promisedApp(first, url)
  return {
    ...firstApp,
    url,
    apps: [firstApp, ...others.map((app) => promisedApp(app, url))],
    app: (appId) => Effect.runPromise(Effect.map(emulator.app(appId), promisedAppWithoutKey)),
    faults: {
      add: (...rule) => Effect.runPromise(faults.add(...rule)),
      next: (...nexts) => Effect.runPromise(faults.next(...nexts)),
      left: () => Effect.runPromise(faults.left),
      clear: () => Effect.runPromise(faults.clear)
    },
    requests: () => Effect.runPromise(requests),
    events: () => Effect.runPromise(events),
    deliveries: {
      all: () => Effect.runPromise(deliveries.all),
      flush: () => Effect.runPromise(deliveries.flush),
      next: (...faults) => Effect.runPromise(deliveries.next(...faults))
    },
    revoke: (keyIdOrAccessToken) => Effect.runPromise(revoke(keyIdOrAccessToken)),
    reset: () => Effect.runPromise(reset),
    close,
    [Symbol.asyncDispose]: close
  }
}

const promisedApp = (app: Effectful.EmulatedApp, url: string): Promised.EmulatedApp => {
  const { appId, keyId } = app
  const keySecret = Redacted.value(app.keySecret)
  return {
    ...promisedAppWithoutKey(app),
    keyId,
    keySecret,
    env: { SUNCO_APP_ID: appId, SUNCO_BASE_URL: url, SUNCO_KEY_ID: keyId, SUNCO_KEY_SECRET: keySecret }
  }
}

const promisedAppWithoutKey = (app: Effectful.AppWithoutKey): Promised.AppWithoutKey => ({
  appId: app.appId,
  seed: (seed) => Effect.runPromise(app.seed(seed)),
  stored: (resource) => Effect.runPromise(app.stored(resource)),
  answerLink: (clientId, answer) => Effect.runPromise(app.answerLink(clientId, answer)),
  addKey: async ({ keySecret, ...key } = {}) => {
    const secret = keySecret === undefined ? undefined : { keySecret: Redacted.make(keySecret) }
    const added = await Effect.runPromise(app.addKey({ ...key, ...secret }))
    return { keyId: added.keyId, keySecret: Redacted.value(added.keySecret) }
  },
  trigger: (type, payload) => Effect.runPromise(app.trigger(type, payload)),
  addAccessToken: (accessToken, integrationId) =>
    Effect.runPromise(app.addAccessToken(Redacted.make(accessToken), integrationId))
})
