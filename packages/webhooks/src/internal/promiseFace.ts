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
import { makeDurable } from "./durable.ts"
import { fastifyPlugin } from "./fastifyPlugin.ts"
import { inMemory } from "./inMemory.ts"
import { lambdaHandler } from "./lambdaHandler.ts"
import { nodeHandler } from "./nodeHandler.ts"
import { type AnyHandlers, type Call, makeReceiver, tagOf, type Working } from "./receiver.ts"
import { closedBy, runner, withClosing } from "./runner.ts"
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
    // Not every caller has a compiler that asks for one.
    : { ...secret, secret: Redacted.make(secret?.secret) }

const secretsLayer = ({ secrets }: Pick<Promises.Options, "secrets">): Layer.Layer<Secrets.Secrets, unknown> =>
  typeof secrets === "function"
    ? Secrets.layerEffect(Effect.map(Effect.tryPromise(secrets), (secrets) => secrets.map(hidden)))
    : Secrets.layer(...[secrets].flat().map(hidden))

const receiverOf = (
  handlers: AnyHandlers,
  { deduplication, layers = [], ...options }: Promises.OptionsBesideSecrets,
  secrets: Layer.Layer<Secrets.Secrets, unknown>
): Promises.WebhookReceiver => {
  const receiver = makeReceiver(handlers, options, callPromise)
  const memory = deduplication ?? Layer.sync(Deduplication, () => inMemory())
  const layer = Layer.mergeAll(secrets, memory, ...layers)
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
  { layers = [], store, ...options }: Promises.DurableOptionsBesideSecrets,
  secrets: Layer.Layer<Secrets.Secrets, unknown>
): Promises.DurableReceiver => {
  const { failed, layerWorkers, putBack, receiver } = makeDurable(handlers, options, callPromise)
  const running = runner(receiver, Layer.mergeAll(secrets, store, ...layers))
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
            : Effect.logError(`No event is handled: the workers cannot begin (${tagOf(cause)}), \`ready\` says why`)
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
  make: (handlers, options) => {
    const { secrets, ...others } = options
    return durableOf(handlers, others, secretsLayer({ secrets }))
  },
  fromEnv: (handlers, options) => durableOf(handlers, options, Secrets.layerFromConfig)
}

/** @internal */
export const face: typeof Promises.WebhookReceiver = {
  make: (handlers, options) => receiverOf(handlers, options, secretsLayer(options)),
  fromEnv: (handlers, options = {}) => receiverOf(handlers, options, Secrets.layerFromConfig)
}
