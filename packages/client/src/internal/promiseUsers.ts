import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import type { HttpClient } from "effect/http/HttpClient"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { ClientClosed } from "../ClientClosed.ts"
import type { CallOptions, Users } from "../promise.ts"
import type { ResponseInfo } from "../ResponseInfo.ts"
import { SettingsError } from "../SettingsError.ts"
import { Sunshine } from "../Sunshine.ts"
import { SunshineError } from "../SunshineError.ts"
import * as EffectUsers from "../Users.ts"
import { UserAlreadyExists, UserNotFound } from "../UsersError.ts"
import { ResponseObserver } from "./responseObserver.ts"

type Services = EffectUsers.Users | Sunshine

interface LayersOfParts {
  readonly transport: Layer.Layer<HttpClient>
  readonly layers: ReadonlyArray<Layer.Layer<never>>
}

/**
 * A client whose methods run the effects of `Users` and `Sunshine` in a runtime of its own.
 *
 * @internal
 */
export const promiseUsers = (
  services: Layer.Layer<Services, unknown, HttpClient>,
  parts: LayersOfParts,
  caller: (...args: never) => Users
): Users => {
  const { runtime, sunshine, users } = built(services, parts, caller)
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

  const client = (observer: ((response: ResponseInfo) => void) | undefined): Users => {
    const call = <A>(effect: Effect.Effect<A, unknown>, options: CallOptions | undefined): Promise<A> =>
      run(Effect.provideService(effect, ResponseObserver, observer), signalOf(options))
    return {
      appId: sunshine.appId,
      create: (payload, options) => call(users.create(payload, effectOptions(options)), options),
      get: (id, options) => call(users.get(id, effectOptions(options)), options),
      update: (id, patch, options) => call(users.update(id, patch, effectOptions(options)), options),
      delete: (id, options) => call(users.delete(id, effectOptions(options)), options),
      deletePersonalInformation: (id, options) =>
        call(users.deletePersonalInformation(id, effectOptions(options)), options),
      listByEmail: (email, options) => call(users.listByEmail(email, effectOptions(options)), options),
      sync: (zendeskId, payload, options) => call(users.sync(zendeskId, payload, effectOptions(options)), options),
      getOrCreate: (payload, options) => call(users.getOrCreate(payload, effectOptions(options)), options),
      upsert: (payload, options) => call(users.upsert(payload, effectOptions(options)), options),
      request: (request, options) => call(sunshine.request(request, effectOptions(options)), options),
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

const effectOptions = <O extends CallOptions>(options: O | undefined): Omit<O, "signal"> | undefined => {
  if (signalOf(options) === undefined) return options
  const { signal: _, ...rest } = options!
  return rest
}

/**
 * Throws, because a caller who makes a client wants to hear of a wrong setting there. A failure is noted where it happens: what
 * was made until then may take its time to close, and the run that waits for it has not failed yet.
 */
const built = (
  services: Layer.Layer<Services, unknown, HttpClient>,
  { layers, transport }: LayersOfParts,
  caller: (...args: never) => Users
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
  const exit = runtime.runSyncExit(Effect.context<Services>())
  if (Exit.isSuccess(exit)) {
    return { runtime, sunshine: Context.get(exit.value, Sunshine), users: Context.get(exit.value, EffectUsers.Users) }
  }
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
const withStackHere = (error: unknown, below?: (...args: never) => unknown): unknown => {
  const captureStackTrace: typeof Error.captureStackTrace | undefined = Error.captureStackTrace
  if (captureStackTrace !== undefined && isOurs(error)) captureStackTrace(error, below ?? withStackHere)
  return error
}

const isOurs = (error: unknown): error is Error =>
  error instanceof SunshineError || error instanceof UserNotFound || error instanceof UserAlreadyExists ||
  error instanceof SettingsError
