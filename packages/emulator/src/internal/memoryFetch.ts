import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Stream from "effect/Stream"
import { type Emulation } from "./emulation.ts"
import { memoryExchange } from "./memoryExchange.ts"

/**
 * A `fetch` that hands its requests to the emulator, until that is closed.
 *
 * @internal
 */
export const memoryFetch = (
  emulation: Pick<Emulation, "bodyLimit" | "handle">,
  closing: AbortSignal
): typeof globalThis.fetch =>
async (input, init) => {
  // The platform reads whatever can be asked for, and throws what it throws for what cannot.
  const request = new Request(input, init)
  const { headers, method, signal, url } = request
  signal.throwIfAborted()
  if (closing.aborted) throw failed("ECONNREFUSED")
  const { origin, pathname, search } = new URL(url)
  const body = request.body === null ? Effect.undefined : Effect.tryPromise(() => request.bytes())
  const ended = AbortSignal.any([signal, closing])
  const head = { method, url: pathname + search, headers: Object.fromEntries(headers), origin }
  // A signal that was given to the stream would end it as if that were all.
  const readable = (stream: Stream.Stream<Uint8Array, unknown>) =>
    Stream.toReadableStream(Stream.interruptWhen(stream, aborted(ended)))
  const exchange = Effect.flatMap(
    body,
    (body) =>
      Effect.clockWith((clock) => memoryExchange(emulation, head, body, clock.currentTimeMillisUnsafe(), readable))
  )
  const exit = await Effect.runPromiseExit(exchange, { signal: ended })
  if (Exit.isSuccess(exit)) return exit.value
  signal.throwIfAborted()
  throw Cause.hasInterrupts(exit.cause)
    ? failed("ECONNRESET")
    : new TypeError("fetch failed", { cause: Cause.squash(exit.cause) })
}

const aborted = (signal: AbortSignal): Effect.Effect<never, unknown> =>
  Effect.callback((resume) => {
    const abort = () => resume(Effect.fail(signal.reason))
    if (signal.aborted) return abort()
    signal.addEventListener("abort", abort, { once: true })
    return Effect.sync(() => signal.removeEventListener("abort", abort))
  })

/** As Node's `fetch` says it. */
const failed = (code: string) => new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) })
