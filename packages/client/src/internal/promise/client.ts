import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { HttpClient } from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { ClientClosed } from "../../ClientClosed.ts"
import type { Client, ClientOutsideApp } from "../../promise.ts"
import type { CallOptions } from "../../PromiseFace.ts"
import type { ResponseInfo } from "../../ResponseInfo.ts"
import { SettingsError } from "../../SettingsError.ts"
import { Sunshine } from "../../Sunshine.ts"
import { SunshineError } from "../../SunshineError.ts"
import { isOutcome } from "../errors/outcome.ts"
import { ResponseObserver } from "../call/responseObserver.ts"

/** A method of any resource. The options are its last parameter. */
type Method = (...args: ReadonlyArray<unknown>) => Effect.Effect<unknown, unknown> | Stream.Stream<unknown, unknown>

/** What a client has of its resources, made of the face of each service. */
type Shape = (faceOf: (service: Context.Key<any, object>) => object) => object

interface LayersOfParts {
  readonly transport: Layer.Layer<HttpClient>
  readonly layers: ReadonlyArray<Layer.Layer<never>>
}

type Observer = ((response: ResponseInfo) => void) | undefined

/** Any function: the frames of a stack begin below it. */
type Caller = (...args: never) => unknown

/** A client without the type of its resources, which are found by name. */
interface AnyClient extends ClientOutsideApp<AnyClient>, Partial<Pick<Client<never>, "appId" | "request">> {
  readonly [resource: string]: unknown
}

/**
 * A client whose methods run the effects of some services in a runtime of its own. Nothing here names a resource or a method.
 *
 * @internal
 */
export const makeClient = (
  shape: Shape,
  layer: Layer.Layer<any, unknown, HttpClient>,
  parts: LayersOfParts,
  caller: Caller
): AnyClient => {
  const { context, runtime } = built(layer, parts, caller)
  const sunshine = Context.getOrUndefined(context, Sunshine)
  let closed = false

  const run = async <A>(effect: Effect.Effect<A, unknown>, signal: AbortSignal | undefined): Promise<A> => {
    // Before anything is run: a fiber begins at once, and would send a request of a call that is aborted already.
    signal?.throwIfAborted()
    if (closed) throw new ClientClosed()
    const exit = await runtime.runPromiseExit(effect, { signal })
    if (Exit.isSuccess(exit)) return exit.value
    if (Cause.hasInterruptsOnly(exit.cause)) {
      signal?.throwIfAborted()
      if (closed) throw new ClientClosed()
    }
    // The error itself, or the defect.
    throw withStackHere(Cause.squash(exit.cause))
  }

  const close = () => {
    closed = true
    return runtime.dispose()
  }

  const client = (observer: Observer): AnyClient => {
    const observed = <A, E>(effect: Effect.Effect<A, E>) =>
      observer === undefined ? effect : Effect.provideService(effect, ResponseObserver, observer)

    async function* iterate(stream: Stream.Stream<unknown, unknown>, signal: AbortSignal | undefined) {
      const scope = Scope.makeUnsafe()
      try {
        const pull = await run(Effect.provideService(Stream.toPull(stream), Scope.Scope, scope), signal)
        const next = Effect.catchIf(observed(pull), Cause.isDone, () => Effect.succeed(undefined))
        for (let some = await run(next, signal); some !== undefined; some = await run(next, signal)) yield* some
      } finally {
        // Also where the caller leaves its loop.
        await Effect.runPromise(Scope.close(scope, Exit.void))
      }
    }

    /** The method as the caller knows it: its options may have a signal, which no effect wants. */
    const promised = (method: Method) => (...args: ReadonlyArray<unknown>) => {
      const at = method.length - 1
      const options = args[at] as CallOptions | undefined
      const signal = signalOf(options)
      const called = method(...(signal === undefined ? args : args.with(at, withoutSignal(options))))
      return Stream.isStream(called)
        // Anew for each loop.
        ? { [Symbol.asyncIterator]: () => iterate(called, signal) }
        : run(observed(called), signal)
    }

    const faceOf = (service: Context.Key<any, object>): object =>
      Object.fromEntries(
        // A resource has methods and nothing else.
        Object.entries(Context.get(context, service) as Record<string, Method>).map((
          [name, method]
        ) => [name, promised(method)])
      )

    return {
      ...shape(faceOf),
      ...(sunshine && {
        appId: sunshine.appId,
        request: (request, options) =>
          run(observed(sunshine.request(request, withoutSignal(options))), signalOf(options))
      }),
      withResponse: async (call) => {
        let response: ResponseInfo | undefined
        const value = await call(client((observed) => {
          response = observed
        }))
        return { response, value }
      },
      close,
      [Symbol.asyncDispose]: close
    }
  }
  return client(undefined)
}

/** Any signal, not only the platform's. What is none is left among the options, and refused with them. */
const signalOf = (options: CallOptions | undefined): AbortSignal | undefined =>
  typeof options?.signal?.throwIfAborted === "function" ? options.signal : undefined

const withoutSignal = (options: CallOptions | undefined): Omit<CallOptions, "signal"> | undefined => {
  if (options === undefined || signalOf(options) === undefined) return options
  const { signal: _, ...rest } = options
  return rest
}

/**
 * Throws, because a caller who makes a client wants to hear of a wrong setting there. A failure is noted where it happens: what
 * was made until then may take its time to close, and the run that waits for it has not failed yet.
 */
const built = (
  services: Layer.Layer<any, unknown, HttpClient>,
  { layers, transport }: LayersOfParts,
  caller: Caller
) => {
  let failure: Cause.Cause<unknown> | undefined
  const noting = <A, E, R>(layer: Layer.Layer<A, E, R>): Layer.Layer<A, E, R> =>
    Layer.tapCause(layer, (cause) =>
      Effect.sync(() => {
        failure = cause
      }))
  const runtime = ManagedRuntime.make(
    noting(services).pipe(
      Layer.provide(noting(transport)),
      // Merged, so that they are there for a call too: a tracer is asked then.
      Layer.provideMerge(noting(Layer.mergeAll(Layer.empty, ...layers)))
    )
  )
  const exit = runtime.runSyncExit(Effect.context<any>())
  if (Exit.isSuccess(exit)) return { runtime, context: exit.value }
  // The making of a layer that waits would go on.
  void runtime.dispose()
  const error = Cause.squash(failure ?? exit.cause)
  throw withStackHere(
    Cause.isAsyncFiberError(error)
      ? new SettingsError({
        problems: [{ setting: "transport and layers", problem: "must not have to wait for anything to be made" }]
      })
      : error,
    caller
  )
}

/**
 * An error of this package was made deep in Effect, whose frames tell a caller nothing. From here, behind an `await`, V8 finds
 * those who wait: the caller's line, for nothing where no call fails. A defect keeps its own.
 */
const withStackHere = (error: unknown, below?: Caller): unknown => {
  const captureStackTrace: typeof Error.captureStackTrace | undefined = Error.captureStackTrace
  if (captureStackTrace !== undefined && isOurs(error)) captureStackTrace(error, below ?? withStackHere)
  return error
}

const isOurs = (error: unknown): error is Error =>
  error instanceof SunshineError || error instanceof SettingsError || isOutcome(error)
