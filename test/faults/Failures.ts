/**
 * Every way in which the emulator lets an exchange go wrong, and what it means.
 */
import type { SunshineErrorReason } from "@sunco/client/SunshineError"
import * as Fault from "@sunco/emulator/Fault"

export interface Failure {
  readonly name: string
  readonly fault: Fault.Fault
  /**
   * - `settled`: a whole answer that refuses the request for good
   * - `unapplied`: the request certainly was not carried out, and may be sent again
   * - `ambiguous`: nobody knows
   * - `unreadable`: a success without a body that can be read
   */
  readonly ending: "settled" | "unapplied" | "ambiguous" | "unreadable"
  readonly reason: SunshineErrorReason["_tag"]
  /** Whether the server has carried the request out, whatever the client can know of it. */
  readonly carriedOut: boolean
  /** Milliseconds that the answer asks to wait for. */
  readonly retryAfter?: number
  /** The wait that is asked for is longer than the policy's 30 seconds. */
  readonly tooLong?: true
  /** The status line of a success arrives, and the rest of it does not. */
  readonly saysApplied?: true
  /** Nothing ends the attempt but its time. */
  readonly outlastsAttempt?: true
}

const settled = (name: string, reason: Failure["reason"], fault: Fault.Fault): Failure => ({
  name,
  fault,
  ending: "settled",
  reason,
  carriedOut: false
})

const rateLimited = (
  name: string,
  fault: Fault.Fault,
  retryAfter?: Pick<Failure, "retryAfter" | "tooLong">
): Failure => ({ name, fault, ending: "unapplied", reason: "RateLimited", carriedOut: false, ...retryAfter })

const ambiguous = (
  name: string,
  reason: Failure["reason"],
  fault: Fault.Fault,
  more?: Partial<Failure>
): Failure => ({ name, fault, ending: "ambiguous", reason, carriedOut: false, ...more })

const unreadable = (name: string, fault: Fault.Fault): Failure => ({
  name,
  fault,
  ending: "unreadable",
  reason: "UnexpectedResponse",
  carriedOut: true
})

const carriedOut = { carriedOut: true } as const

const withRetryAfter = (value: string) => Fault.status(429, { headers: { "retry-after": value } })

/** What the client reads at the most. */
export const maxResponseBytes = 64 * 1024

const huge = 4 * maxResponseBytes

/** What the vendor says in its errors may repeat what it was sent. */
export const vendorText = "Ada Lovelace has this address already"

export const failures: ReadonlyArray<Failure> = [
  settled("400", "BadRequest", Fault.status(400, { title: vendorText })),
  settled("401", "Unauthorized", Fault.status(401)),
  settled("402", "UnexpectedResponse", Fault.status(402)),
  settled("403", "Forbidden", Fault.status(403, { title: vendorText })),
  settled("404 of the app", "AppNotFound", Fault.status(404, { code: "app_not_found" })),
  settled("404 with HTML", "UnexpectedResponse", Fault.htmlBody({ status: 404 })),
  settled("409 with text", "UnexpectedResponse", Fault.status(409, { body: vendorText })),
  settled("413", "PayloadTooLarge", Fault.status(413)),
  settled("418", "UnexpectedResponse", Fault.status(418, { headers: { "x-echo": vendorText } })),
  settled("423", "UnexpectedResponse", Fault.status(423)),
  settled("a redirect", "UnexpectedResponse", Fault.redirect("/elsewhere")),
  settled("a redirect that keeps the method", "UnexpectedResponse", Fault.redirect("/elsewhere", { status: 307 })),

  rateLimited("429", Fault.rateLimited()),
  rateLimited("429 with seconds", Fault.rateLimited({ retryAfter: 7 }), { retryAfter: 7_000 }),
  rateLimited("429 with a date", Fault.rateLimited({ retryAfter: 30, as: "date" }), { retryAfter: 30_000 }),
  rateLimited("429 with seconds beyond the policy", Fault.rateLimited({ retryAfter: 31 }), {
    retryAfter: 31_000,
    tooLong: true
  }),
  rateLimited("429 with a date beyond the policy", Fault.rateLimited({ retryAfter: 86_400, as: "date" }), {
    retryAfter: 86_400_000,
    tooLong: true
  }),
  rateLimited("429 with no seconds", Fault.rateLimited({ retryAfter: 0 }), { retryAfter: 0 }),
  rateLimited("429 with a malformed wait", withRetryAfter("soon")),
  rateLimited("429 with a negative wait", withRetryAfter("-5")),
  rateLimited("429 with a huge wait", withRetryAfter("99999999999999999999")),
  rateLimited("429 with a date that is past", withRetryAfter("Thu, 01 Jan 1970 00:00:00 GMT")),
  rateLimited("429 with text", Fault.status(429, { body: vendorText })),

  ambiguous("408", "UnexpectedResponse", Fault.status(408)),
  ambiguous("500", "ServerError", Fault.status(500, { title: vendorText })),
  ambiguous("502 with HTML", "ServerError", Fault.htmlBody()),
  ambiguous("503", "ServerError", Fault.status(503)),
  ambiguous("503 with seconds", "ServerError", Fault.status(503, { headers: { "retry-after": "3" } }), {
    retryAfter: 3_000
  }),
  ambiguous(
    "503 with seconds beyond the policy",
    "ServerError",
    Fault.status(503, { headers: { "retry-after": "31" } }),
    {
      retryAfter: 31_000,
      tooLong: true
    }
  ),
  ambiguous("504 after it was carried out", "ServerError", Fault.status(504, { applied: true }), carriedOut),
  ambiguous("599", "ServerError", Fault.status(599)),
  ambiguous("a cut before it is carried out", "Transport", Fault.cutBeforeApplied),
  ambiguous("a cut after it is carried out", "Transport", Fault.cutAfterApplied, carriedOut),
  ambiguous("a body cut in the middle", "Transport", Fault.truncatedBody(), { ...carriedOut, saysApplied: true }),
  ambiguous("a body cut before its first byte", "Transport", Fault.truncatedBody(0), {
    ...carriedOut,
    saysApplied: true
  }),
  ambiguous("silence before it is carried out", "Timeout", Fault.slowHeaders(Infinity, { applied: "last" }), {
    outlastsAttempt: true
  }),
  ambiguous("silence after it is carried out", "Timeout", Fault.slowHeaders(Infinity), {
    ...carriedOut,
    outlastsAttempt: true
  }),
  ambiguous("a body that does not end", "Timeout", Fault.slowBody(Infinity), { ...carriedOut, outlastsAttempt: true }),

  unreadable("a success with HTML", Fault.htmlBody({ status: 200, applied: true })),
  unreadable("a success with an empty body", Fault.emptyBody),
  unreadable("a success of another type", Fault.mistypedBody()),
  unreadable("a success that is null", Fault.mistypedBody({ value: null })),
  unreadable("a success over the limit", Fault.hugeBody(huge)),
  unreadable("a success over the limit that does not say so", Fault.hugeBody(huge, { chunked: true })),
  unreadable("a compressed bomb", Fault.hugeBody(huge, { gzip: true }))
]
