/**
 * The ways in which the emulator fails during a soak, drawn at random.
 */
import * as Fault from "@sunco/emulator/Fault"
import type { Dispatcher } from "undici"

/** How often a request gets one. */
export const share = 0.2

/** Each as likely as every other: so the slow ones, which nothing but time ends, are few. */
const faults: ReadonlyArray<(random: () => number) => Fault.Fault> = [
  ...[408, 500, 502, 503, 504].flatMap((status) => [
    () => Fault.status(status),
    () => Fault.status(status, { applied: true })
  ]),
  () => Fault.rateLimited(),
  () => Fault.rateLimited({ retryAfter: 0 }),
  () => Fault.rateLimited({ retryAfter: 1, as: "date" }),
  () => Fault.redirect("/elsewhere"),
  () => Fault.htmlBody(),
  () => Fault.htmlBody({ applied: true }),
  () => Fault.htmlBody({ status: 200, applied: true }),
  () => Fault.emptyBody,
  () => Fault.truncatedBody(),
  () => Fault.truncatedBody(0),
  () => Fault.mistypedBody(),
  () => Fault.hugeBody(2 ** 21, { chunked: true }),
  () => Fault.cutBeforeApplied,
  () => Fault.cutAfterApplied,
  () => Fault.closeAfterAnswer,
  () => Fault.slowHeaders("1 hour"),
  ...[1, 2, 3, 4].flatMap(() => [
    (random: () => number) => Fault.slowHeaders(100 * random()),
    (random: () => number) => Fault.slowHeaders(100 * random(), { applied: "last" }),
    (random: () => number) => Fault.slowBody(100 * random(), { pieces: 5 })
  ])
]

/** Counts what goes through a dispatcher, and asks for a fault now and then. */
export const inflict = (random: () => number) => {
  const counts = { requests: 0, faults: 0 }
  const interceptor: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
    counts.requests++
    if (random() >= share) return dispatch(options, handler)
    counts.faults++
    const fault = faults[Math.floor(random() * faults.length)]!(random)
    return dispatch({ ...options, headers: { ...options.headers, [Fault.header]: JSON.stringify(fault) } }, handler)
  }
  return { counts, interceptor }
}
