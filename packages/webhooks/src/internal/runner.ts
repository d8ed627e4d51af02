import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import type * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import type { Incoming, Receipt, WebhookReceiver } from "../WebhookReceiver.ts"
import { namedError } from "./errorNotes.ts"
import { receipt } from "./receiver.ts"

/** A receiver behind promises, with what it needs built once. @internal */
export interface Runner<R = never> {
  readonly run: <A, E>(effect: Effect.Effect<A, E, R>) => Promise<A>
  readonly fork: <E>(effect: Effect.Effect<unknown, E, R>) => Fiber.Fiber<unknown, unknown>
  readonly receive: (incoming: Incoming) => Promise<Receipt>
  readonly maxBodyBytes: number
  readonly ready: Promise<void>
  readonly dispose: () => Promise<void>
}

/** @internal */
export const runner = <R, E>(receiver: WebhookReceiver<R>, layer: Layer.Layer<R, E>): Runner<R> => {
  const runtime = ManagedRuntime.make(layer)
  let ready: Promise<void> | undefined
  return {
    run: (effect) => runtime.runPromise(effect),
    fork: (effect) => runtime.runFork(effect),
    // Where the layer cannot be built the settings are wrong: nobody is told that no event is wanted.
    receive: (incoming) =>
      runtime.runPromiseExit(receiver.receive(incoming)).then((exit) =>
        Exit.isSuccess(exit) ? exit.value : Effect.runPromise(
          Effect.as(
            Effect.logError(
              `A delivery has to wait: the receiver is closed, or \`ready\` says why it cannot be built (${
                namedError(exit.cause)
              })`
            ),
            receipt("unavailable")
          )
        )
      ),
    maxBodyBytes: receiver.maxBodyBytes,
    get ready() {
      return ready ??= runtime.runPromise(Effect.void)
    },
    dispose: () => runtime.dispose()
  }
}

/** The same, that closes in another way. @internal */
export const closedBy = <R>(running: Runner<R>, dispose: () => Promise<void>): Runner<R> => ({
  run: running.run,
  fork: running.fork,
  receive: running.receive,
  maxBodyBytes: running.maxBodyBytes,
  get ready() {
    return running.ready
  },
  dispose
})

/**
 * What every handler of requests has beside being one.
 *
 * @category models
 * @since 0.1.0
 */
export interface Closing {
  /** Fails with what is wrong with the settings, once the layer is built: to be awaited where a server starts. */
  readonly ready: Promise<void>
  /** Closes what was built for it. */
  readonly dispose: () => Promise<void>
}

/** @internal */
export const withClosing = <Handler extends object>(
  handler: Handler,
  runner: Pick<Closing, "dispose" | "ready">
): Handler & Closing =>
  // The layer is not built before somebody asks.
  Object.defineProperty(Object.assign(handler, { dispose: runner.dispose }), "ready", {
    get: () => runner.ready
  }) as Handler & Closing
