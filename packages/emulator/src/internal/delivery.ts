import type * as Stream from "effect/Stream"

/**
 * What goes back for a request, as data: what is answered and how it gets there. The two adapters, a socket and an
 * `HttpClient`, make it happen.
 *
 * @internal
 */
export type Delivery = Answer | Cut

/** @internal */
export interface Answer {
  readonly _tag: "Answer"
  readonly status: number
  /** Those that {@link headersOf} does not add. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly manner: Manner
}

/** The connection is reset before any byte of an answer. */
interface Cut {
  readonly _tag: "Cut"
}

/** @internal */
export type Manner =
  | { readonly _tag: "Whole" }
  | { readonly _tag: "Truncated"; readonly bytes: number }
  | { readonly _tag: "Slow"; readonly milliseconds: number; readonly pieces: number }
  | { readonly _tag: "FilledUp"; readonly bytes: number; readonly gzip: boolean; readonly chunked: boolean }
  | { readonly _tag: "ThenClosed" }
  /** The pieces in place of a body, each when it is there and the reader has taken the one before. */
  | { readonly _tag: "Streamed"; readonly pieces: Stream.Stream<Uint8Array> }

/** @internal */
export const cut: Delivery = { _tag: "Cut" }

const whole: Manner = { _tag: "Whole" }

/** @internal */
export const answer = (status: number, headers: Readonly<Record<string, string>>, body: Uint8Array): Answer => ({
  _tag: "Answer",
  status,
  headers,
  body,
  manner: whole
})

/** @internal */
export const jsonHeaders: Readonly<Record<string, string>> = { "content-type": "application/json; charset=utf-8" }

const encoder = new TextEncoder()

/** @internal */
export const json = (status: number, value: unknown): Answer =>
  answer(status, jsonHeaders, encoder.encode(JSON.stringify(value)))

/** @internal */
export const text = (status: number, contentType: string, text: string): Answer =>
  answer(status, { "content-type": contentType }, encoder.encode(text))

/** @internal */
export const streamed = (
  status: number,
  headers: Readonly<Record<string, string>>,
  pieces: Stream.Stream<Uint8Array>
): Answer => ({ ...answer(status, headers, new Uint8Array()), manner: { _tag: "Streamed", pieces } })

/**
 * The headers of an answer as they are sent. `Date` goes by the same clock as everything else, so that a
 * `Retry-After` that is a date can be read against it.
 *
 * @internal
 */
export const headersOf = ({ body, headers, manner, status }: Answer, now: number): Record<string, string> => {
  const all: Record<string, string> = { date: dateOf(now), ...headers }
  if (manner._tag === "FilledUp") {
    if (manner.gzip) all["content-encoding"] = "gzip"
    else if (!manner.chunked) all["content-length"] = String(Math.max(body.length, manner.bytes))
  } else if (manner._tag !== "Streamed" && !withoutBody(status)) {
    all["content-length"] = String(body.length)
  }
  return all
}

/** @internal */
export const withoutBody = (status: number): boolean => status === 204 || status === 205 || status === 304

let lastSecond = Number.NaN
let lastDate = ""

const dateOf = (now: number): string => {
  const second = Math.floor(now / 1000)
  if (second !== lastSecond) {
    lastSecond = second
    lastDate = new Date(now).toUTCString()
  }
  return lastDate
}

/**
 * Cuts a body into so many pieces of about the same length, one at a time.
 *
 * @internal
 */
export function* piecesOf(body: Uint8Array, pieces: number): Generator<Uint8Array> {
  for (let i = 0; i < pieces; i++) {
    yield body.subarray(Math.floor((body.length * i) / pieces), Math.floor((body.length * (i + 1)) / pieces))
  }
}

const spaces = new Uint8Array(65_536).fill(0x20)

/**
 * The body, filled up to so many bytes with spaces, which JSON allows after a value.
 *
 * @internal
 */
export function* filledUp(body: Uint8Array, bytes: number): Generator<Uint8Array> {
  yield body
  for (let left = bytes - body.length; left > 0; left -= spaces.length) {
    yield left < spaces.length ? spaces.subarray(0, left) : spaces
  }
}
