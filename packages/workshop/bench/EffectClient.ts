import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Tracer from "effect/Tracer"
import { check, type Found, type Operation, type Outcome, payload, type Run } from "./calls.ts"
import { missing } from "./users.ts"

/** A contestant of which the calls are effects. */
export interface EffectClient {
  readonly get: (id: string) => Effect.Effect<Found, unknown>
  readonly create: (body: typeof payload) => Effect.Effect<Found, unknown>
  readonly isMissing: (error: unknown) => boolean
}

/** As many fibers as calls are to be in flight, and around them what the layer has; it stays to the end of the process. */
export const runEffects = async <R, E>(
  makeClient: Effect.Effect<EffectClient, never, R>,
  layer: Layer.Layer<R, E>
): Promise<Run> => {
  const runtime = ManagedRuntime.make(layer)
  const client = await runtime.runPromise(makeClient)
  return async (operation, calls, inFlight) => {
    const call = callOf(client, operation)
    let left = calls
    const loop = Effect.whileLoop({ while: () => left-- > 0, body: call, step: check })
    await Promise.all(Array.from({ length: inFlight }, () => runtime.runPromise(loop)))
  }
}

const callOf = (
  { create, get, isMissing }: EffectClient,
  operation: Operation
): () => Effect.Effect<Outcome, unknown> => {
  switch (operation.name) {
    case "get": {
      const { id } = operation
      return () => get(id)
    }
    case "create":
      return () => create(payload)
    case "missing":
      return () => Effect.match(get(missing), { onSuccess: () => false, onFailure: isMissing })
  }
}

/** An application's tracer, but that it sends the spans nowhere. */
export const TracerLayer: Layer.Layer<never> = Layer.succeed(
  Tracer.Tracer,
  // Not `Tracer.nativeTracer` itself: Effect takes that one for no tracer and saves work.
  Tracer.make({ span: (options) => new Tracer.NativeSpan(options) })
)
