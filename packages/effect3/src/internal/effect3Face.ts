import * as Cause4 from "effect-4/Cause"
import * as Effect4 from "effect-4/Effect"
import * as Exit4 from "effect-4/Exit"
import * as Scope4 from "effect-4/Scope"
import * as Stream4 from "effect-4/Stream"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { call } from "./call.ts"
import { callOptions } from "./options.ts"
import { runEffect4 } from "./runEffect4.ts"
import { withClientSecrets } from "./secrets.ts"

type Called = Effect4.Effect<unknown, unknown> | Stream4.Stream<unknown, unknown>

/** The options are its last parameter. */
type Method = (...args: ReadonlyArray<unknown>) => Called

/**
 * The methods of a service of the client for the application: an effect for an effect, a stream for a stream. Nothing here names
 * a resource or a method.
 *
 * @internal
 */
export const effect3Face = (service: object): object =>
  Object.fromEntries(
    // A resource has methods and nothing else.
    Object.entries(service as Record<string, Method>).map(([name, method]) => [name, faced(method)])
  )

const faced = (method: Method) => (...args: ReadonlyArray<unknown>) => {
  const at = method.length - 1
  let called: Called
  try {
    const given = args.map((arg, index) => index === at ? callOptions(arg as never) : withClientSecrets(arg))
    called = method(...given)
  } catch (defect) {
    // What throws here, such as a duration that is none, is a defect of the call.
    return Effect.die(defect)
  }
  const found = called
  return Stream4.isStream(found) ? stream(found) : call(() => found)
}

const stream = (self: Stream4.Stream<unknown, unknown>): Stream.Stream<unknown, unknown> =>
  Stream.unwrapScoped(
    Effect.gen(function*() {
      const scope = yield* Effect.acquireRelease(
        runEffect4(Scope4.make()),
        (scope) => runEffect4(Scope4.close(scope, Exit4.void))
      )
      const pull = yield* runEffect4(Effect4.provideService(Stream4.toPull(self), Scope4.Scope, scope))
      const next = Effect4.catchIf(
        Effect4.map(pull, (some) => ({ some })),
        Cause4.isDone,
        () => Effect4.succeed(undefined)
      )
      return Stream.repeatEffectChunkOption(
        Effect.suspend(() => call(() => next)).pipe(
          Effect.mapError(Option.some),
          Effect.flatMap((found) => found === undefined ? Effect.fail(Option.none()) : Effect.succeed(found.some)),
          Effect.map(Chunk.unsafeFromArray)
        )
      )
    })
  )
