import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { Deduplication } from "../Deduplication.ts"
import type { WorkerOptions } from "../Durable.ts"
import type * as Promises from "../promise.ts"
import * as Secrets from "../Secrets.ts"
import { durableChecks, makeDurable } from "./durable.ts"
import { namedError } from "./errorNotes.ts"
import { fastifyPlugin } from "./fastifyPlugin.ts"
import { inMemory } from "./inMemory.ts"
import { lambdaHandler } from "./lambdaHandler.ts"
import { nodeHandler } from "./nodeHandler.ts"
import { type AnyHandlers, type Call, makeReceiver, receiverChecks, type Working } from "./receiver.ts"
import { closedBy, runner, withClosing } from "./runner.ts"
import { type Check, type Checks, must, object, problemsOf, refuse } from "./settingChecks.ts"
import { webHandler } from "./webHandler.ts"

/** A promise cannot be interrupted: it is told to stop, and has ended when it has settled. */
const callPromise: Call = (handler, event, arrival) =>
  Effect.sync((): Working => {
    // Made for who asks for its signal: of all that a call needs it costs the most.
    let controller: AbortController | undefined
    const stopping = () => controller ??= new AbortController()
    const arrived: Promises.Arrival = {
      ...arrival,
      get signal() {
        return stopping().signal
      }
    }
    const ended = (async () => handler(event, arrived))().then(Exit.succeed, Exit.fail)
    return {
      endedAtOnce: () => undefined,
      ended: Effect.promise(() => ended),
      // One timer, where a race of effects would be two fibers.
      endedWithin: (millis) =>
        Effect.callback((resume) => {
          const timer = setTimeout(() => resume(Effect.undefined), millis)
          void ended.then((exit) => {
            clearTimeout(timer)
            resume(Effect.succeed(exit))
          })
          return Effect.sync(() => clearTimeout(timer))
        }),
      stop: Effect.sync(() => stopping().abort())
    }
  })

const hidden = (secret: Promises.Secret): Secrets.Secret =>
  typeof secret === "string"
    ? Redacted.make(secret)
    : Redacted.isRedacted(secret)
    ? secret
    // Not every caller has a compiler that asks for one.
    : { ...secret, secret: Redacted.isRedacted(secret?.secret) ? secret.secret : Redacted.make(secret?.secret) }

const layersCheck = must("an array of layers", (value) => Array.isArray(value) && value.every(Layer.isLayer))

const faceChecks: Checks = {
  ...receiverChecks,
  deduplication: must("a layer, such as Deduplication.layerMemory()", Layer.isLayer),
  layers: layersCheck
}

const storeCheck = must("a layer, such as DurableStore.layerMemory()", Layer.isLayer)

const durableFaceChecks: Checks = { ...durableChecks, layers: layersCheck, store: storeCheck }

/** Of what is looked at when the layer is built. */
const readLater: Check = () => []

const secretFields = object({ secret: readLater, appId: readLater, webhookId: readLater }, "field")

const isText = (value: unknown): boolean => typeof value === "string" || Redacted.isRedacted(value)

/** A field that is misspelt would let a secret in for every app. What they say is looked at later: `ready` says what is wrong with it. */
const secretsCheck: Check = (secrets, setting) =>
  Array.isArray(secrets)
    ? secrets.flatMap((secret, index) => secretsCheck(secret, `${setting}.${index}`))
    : isText(secrets) || typeof secrets === "function"
    ? []
    : secretFields(secrets, setting)

const ofEnvironment: Check = (_, setting) => [{ setting, problem: "is no such option: the environment says it" }]

const secretsLayer = (secrets: Promises.Options["secrets"]): Layer.Layer<Secrets.Secrets, unknown> =>
  typeof secrets === "function"
    ? Secrets.layerEffect(Effect.map(Effect.tryPromise(secrets), (secrets) => secrets.map(hidden)))
    : Secrets.layer(...[secrets].flat().map(hidden))

/** Not every caller has a compiler that asks for them. */
const refuseNone = (options: unknown): void =>
  refuse(options === undefined ? [{ setting: "options", problem: "must be an object" }] : [])

const receiverOf = (
  handlers: AnyHandlers,
  options: Promises.OptionsBesideSecrets,
  secretsCheck: Check,
  secrets: () => Layer.Layer<Secrets.Secrets, unknown>
): Promises.WebhookReceiver => {
  const receiver = makeReceiver(handlers, options, callPromise, { ...faceChecks, secrets: secretsCheck })
  refuseNone(options)
  const { deduplication, layers = [] } = options
  const memory = deduplication ?? Layer.sync(Deduplication, () => inMemory())
  const layer = Layer.mergeAll(secrets(), memory, ...layers)
  const running = runner(receiver, layer)
  return withClosing({
    triggers: receiver.triggers,
    node: nodeHandler(running),
    web: webHandler(running),
    lambda: lambdaHandler(running),
    // What an application closes is its own.
    fastify: (url: string) => fastifyPlugin(url, () => nodeHandler(runner(receiver, layer))),
    receive: running.receive
  }, running)
}

const durableOf = (
  handlers: AnyHandlers,
  options: Promises.DurableOptionsBesideSecrets,
  secretsCheck: Check,
  secrets: () => Layer.Layer<Secrets.Secrets, unknown>
): Promises.DurableReceiver => {
  const checks = { ...durableFaceChecks, secrets: secretsCheck }
  const { failed, layerWorkers, putBack, receiver } = makeDurable(handlers, options, callPromise, checks)
  refuseNone(options)
  const { layers = [], store } = options
  // It is looked at before where it is there.
  refuse(problemsOf(storeCheck, store, "store"))
  const running = runner(receiver, Layer.mergeAll(secrets(), store, ...layers))
  const working = new Set<() => Promise<void>>()
  const closing = closedBy(running, async () => {
    await Promise.all([...working].map((stop) => stop()))
    await running.dispose()
  })
  const begin = (workers: Layer.Layer<never, never, any>) =>
    running.fork(
      Effect.scoped(Effect.andThen(Layer.build(workers), Effect.never)).pipe(
        Effect.tapCause((cause) =>
          Cause.hasInterruptsOnly(cause)
            ? Effect.void
            : Effect.logError(
              `No event is handled: the workers cannot begin (${namedError(cause)}), \`ready\` says why`
            )
        )
      )
    )
  return withClosing({
    triggers: receiver.triggers,
    node: nodeHandler(closing),
    web: webHandler(closing),
    lambda: lambdaHandler(closing),
    // The workers have the same store, and go on when an application is closed.
    fastify: (url: string) => fastifyPlugin(url, () => nodeHandler(closedBy(running, () => Promise.resolve()))),
    receive: running.receive,
    work: (options?: WorkerOptions) => {
      const fiber = begin(layerWorkers(options))
      const stop = async () => {
        working.delete(stop)
        await Effect.runPromise(Fiber.interrupt(fiber))
      }
      working.add(stop)
      return stop
    },
    failed: () => running.run(failed),
    putBack: (id: string) => running.run(putBack(id))
  }, closing)
}

/** @internal */
export const durableFace: typeof Promises.Durable = {
  make: (handlers, options) => durableOf(handlers, options, secretsCheck, () => secretsLayer(options.secrets)),
  fromEnv: (handlers, options) => durableOf(handlers, options, ofEnvironment, () => Secrets.layerFromConfig)
}

/** @internal */
export const face: typeof Promises.WebhookReceiver = {
  make: (handlers, options) => receiverOf(handlers, options, secretsCheck, () => secretsLayer(options.secrets)),
  fromEnv: (handlers, options = {}) => receiverOf(handlers, options, ofEnvironment, () => Secrets.layerFromConfig)
}
