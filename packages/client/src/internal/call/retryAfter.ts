import type { ResponseInfo } from "../../ResponseInfo.ts"

/** A year: what is longer is nonsense, and no caller waits for it. */
const longest = 365 * 24 * 60 * 60 * 1000

/**
 * The milliseconds that `Retry-After` asks for, in seconds or as a date, of several the longest. A date is read against the answer's own `Date`,
 * because the clocks of both sides differ. What is malformed, negative, past or absurd counts as absent.
 *
 * @see RFC 9110, 10.2.3
 * @internal
 */
export const retryAfterMillis = (response: ResponseInfo, now: number): number | undefined => {
  const value = response.headers["retry-after"]?.trim()
  if (value === undefined || value === "") return undefined
  const millis = isSeconds.test(value) ? longestOf(value) : untilDate(value, response.headers["date"], now)
  return millis !== undefined && millis >= 0 && millis <= longest ? millis : undefined
}

/** Whole seconds, and what is seen beside them: fractions, and several headers in one. */
const isSeconds = /^(\d+\.?\d*|\.\d+)(\s*,\s*(\d+\.?\d*|\.\d+))*$/

/** Rounded up: to come back too early is what the header asks not to do. */
const longestOf = (seconds: string): number =>
  Math.max(...seconds.split(",", 16).map((value) => Math.ceil(Number(value) * 1000)))

// Every form of an HTTP date begins with the name of a day; Date.parse alone would also read "-5" as a year.
const isHttpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/

const untilDate = (value: string, sentAt: string | undefined, now: number): number | undefined => {
  if (!isHttpDate.test(value)) return undefined
  const at = parse(value)
  const from = sentAt !== undefined && isHttpDate.test(sentAt) ? parse(sentAt) : now
  return Number.isNaN(at) ? undefined : at - (Number.isNaN(from) ? now : from)
}

/** Every HTTP date is of Greenwich; the form of asctime does not say so, and `Date.parse` takes it for local time. */
const parse = (date: string): number => Date.parse(date.endsWith("GMT") ? date : `${date} GMT`)
