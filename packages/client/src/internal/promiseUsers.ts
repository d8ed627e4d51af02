import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { ClientClosed } from "../ClientClosed.ts"
import type { CallOptions, Users } from "../promise.ts"
import type { ResponseInfo } from "../ResponseInfo.ts"
import { SettingsError } from "../SettingsError.ts"
import { Sunshine } from "../Sunshine.ts"
import * as EffectUsers from "../Users.ts"
import { ResponseObserver } from "./responseObserver.ts"

type Services = EffectUsers.Users | Sunshine

/**
 * A client whose methods run the effects of `Users` and `Sunshine` in a runtime of its own.
 *
 * @internal
 */
export const promiseUsers = (layer: Layer.Layer<Services, unknown>): Users => {
  const runtime = ManagedRuntime.make(layer)
  const { sunshine, users } = built(runtime)
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
    throw Cause.squash(exit.cause)
  }

  const close = () => {
    closed = true
    return runtime.dispose()
  }

  const client = (observer: ((response: ResponseInfo) => void) | undefined): Users => {
    const call = <A>(effect: Effect.Effect<A, unknown>, options: CallOptions | undefined): Promise<A> =>
      run(Effect.provideService(effect, ResponseObserver, observer), options?.signal)
    return {
      appId: sunshine.appId,
      create: (payload, options) => call(users.create(payload, options), options),
      get: (id, options) => call(users.get(id, options), options),
      update: (id, patch, options) => call(users.update(id, patch, options), options),
      delete: (id, options) => call(users.delete(id, options), options),
      deletePersonalInformation: (id, options) => call(users.deletePersonalInformation(id, options), options),
      listByEmail: (email, options) => call(users.listByEmail(email, options), options),
      sync: (zendeskId, payload, options) => call(users.sync(zendeskId, payload, options), options),
      getOrCreate: (payload, options) => call(users.getOrCreate(payload, options), options),
      upsert: (payload, options) => call(users.upsert(payload, options), options),
      request: (request, options) => call(sunshine.request(request, options), options),
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

/** Throws, because a caller who makes a client wants to hear of a wrong setting there. */
const built = (runtime: ManagedRuntime.ManagedRuntime<Services, unknown>) => {
  const exit = runtime.runSyncExit(Effect.context<Services>())
  if (Exit.isSuccess(exit)) {
    return { sunshine: Context.get(exit.value, Sunshine), users: Context.get(exit.value, EffectUsers.Users) }
  }
  // The making of a layer that waits would go on.
  void runtime.dispose()
  const error = Cause.squash(exit.cause)
  throw Cause.isAsyncFiberError(error)
    ? new SettingsError({ setting: "transport and layers", problem: "must not have to wait for anything to be made" })
    : error
}
