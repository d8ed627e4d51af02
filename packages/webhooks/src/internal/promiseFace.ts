import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { Deduplication } from "../Deduplication.ts"
import type * as Promises from "../promise.ts"
import * as Secrets from "../Secrets.ts"
import { fastifyPlugin } from "./fastifyPlugin.ts"
import { inMemory } from "./inMemory.ts"
import { lambdaHandler } from "./lambdaHandler.ts"
import { nodeHandler } from "./nodeHandler.ts"
import { type AnyHandlers, type Call, makeReceiver, receiverChecks, type Working } from "./receiver.ts"
import { runner, withClosing } from "./runner.ts"
import { type Check, type Checks, must } from "./settingChecks.ts"
import { webHandler } from "./webHandler.ts"

/** A promise cannot be interrupted: it is told to stop, and has ended when it has settled. */
const callPromise: Call = (handler, event, arrival) =>
  Effect.sync((): Working => {
    const controller = new AbortController()
    const ended = (async () => handler(event, { ...arrival, signal: controller.signal }))()
      .then(Exit.succeed, Exit.fail)
    return {
      endedAtOnce: () => undefined,
      ended: Effect.promise(() => ended),
      stop: Effect.sync(() => controller.abort())
    }
  })

const hidden = (secret: Promises.Secret): Secrets.Secret =>
  typeof secret === "string"
    ? Redacted.make(secret)
    : Redacted.isRedacted(secret)
    ? secret
    // Not every caller has a compiler that asks for one.
    : { ...secret, secret: Redacted.isRedacted(secret?.secret) ? secret.secret : Redacted.make(secret?.secret) }

const faceChecks: Checks = {
  ...receiverChecks,
  deduplication: must("a layer, such as Deduplication.layerMemory()", Layer.isLayer),
  layers: must("an array of layers", (value) => Array.isArray(value) && value.every(Layer.isLayer))
}

/** They are looked at when the layer is built: `ready` says what is wrong with them. */
const elsewhere: Check = () => []

const ofEnvironment: Check = (_, setting) => [{ setting, problem: "is no such option: the environment says it" }]

const secretsLayer = ({ secrets }: Promises.Options): Layer.Layer<Secrets.Secrets, unknown> =>
  typeof secrets === "function"
    ? Secrets.layerEffect(Effect.map(Effect.tryPromise(secrets), (secrets) => secrets.map(hidden)))
    : Secrets.layer(...[secrets].flat().map(hidden))

const receiverOf = (
  handlers: AnyHandlers,
  options: Promises.OptionsBesideSecrets,
  secretsCheck: Check,
  secrets: () => Layer.Layer<Secrets.Secrets, unknown>
): Promises.WebhookReceiver => {
  const receiver = makeReceiver(handlers, options, callPromise, { ...faceChecks, secrets: secretsCheck })
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

/** @internal */
export const face: typeof Promises.WebhookReceiver = {
  make: (handlers, options) => receiverOf(handlers, options, elsewhere, () => secretsLayer(options)),
  fromEnv: (handlers, options = {}) => receiverOf(handlers, options, ofEnvironment, () => Secrets.layerFromConfig)
}
