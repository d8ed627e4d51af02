import * as Headers from "effect/http/Headers"
import { appended } from "./appended.ts"
import type { Sending } from "./directTransport.ts"
import { isMostlyPadding } from "./padding.ts"
import { statusFailure } from "./statusFailure.ts"
import type { WholeAnswer } from "./wholeExchange.ts"
import type { Lost, Progress } from "./wire.ts"

/** @internal */
export type Fetch = typeof globalThis.fetch

/** What came back from a `fetch`; a body larger than the limit is cut off there. */
class Received implements WholeAnswer {
  readonly _tag = "Answer"
  readonly status: number
  readonly bytes: Uint8Array
  readonly tooLarge: boolean
  readonly unframed: boolean
  private readonly rawHeaders: Headers.Input
  private lookedAt: Headers.Headers | undefined
  private decoded: string | undefined

  constructor(status: number, rawHeaders: Headers.Input, bytes: Uint8Array, tooLarge: boolean, unframed: boolean) {
    this.status = status
    this.rawHeaders = rawHeaders
    this.bytes = bytes
    this.tooLarge = tooLarge
    this.unframed = unframed
    this.lookedAt = undefined
    this.decoded = undefined
  }

  /** Only who looks at them pays for them: a call that succeeds usually does not. */
  get headers(): Headers.Headers {
    return this.lookedAt ??= Headers.fromInput(this.rawHeaders)
  }

  get body(): string {
    return this.decoded ??= decoder.decode(this.bytes)
  }
}

/**
 * One request by a `fetch`: at once the reader of the answer and what an interruption aborts.
 *
 * The body is read piece by piece, which is as quick as `text()` and counts what it reads.
 *
 * @internal
 */
export class FetchExchange implements Sending {
  private readonly maxBytes: number
  private readonly onEnd: (end: WholeAnswer | Lost) => void
  private readonly onActivity: (() => void) | undefined
  private readonly controller = new AbortController()
  private response: Response | undefined
  private reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  private ended = false
  /** The first piece as it came, because most answers have no second; a copy with room behind it from then on. */
  private body: Uint8Array = noBytes
  private size = 0

  constructor(maxBytes: number, onEnd: (end: WholeAnswer | Lost) => void, onActivity?: () => void) {
    this.maxBytes = maxBytes
    this.onEnd = onEnd
    this.onActivity = onActivity
  }

  /** In promises, because `fetch` is made of them: a fiber around each would cost more than all else here. */
  async start(fetch: Fetch, url: string, init: RequestInit): Promise<void> {
    let end: WholeAnswer | Lost
    try {
      // No operation is documented to redirect, and a redirect followed would carry the credentials along.
      const response = await fetch(url, { ...init, redirect: "manual", signal: this.controller.signal })
      this.onActivity?.()
      if (this.ended) return this.hangUp(response)
      end = await this.read(response)
    } catch (cause) {
      end = this.lost(cause)
    }
    if (this.ended) return
    this.ended = true
    if (end._tag === "Answer" && end.tooLarge) this.hangUp()
    this.onEnd(end)
  }

  /** A `fetch` does not tell whether it has sent the request. */
  progress(): Progress {
    const response = this.response
    return { response: response && this.received(response, false) }
  }

  /** Nobody waits for the answer any more. */
  abort(): void {
    this.ended = true
    this.hangUp()
  }

  private async read(response: Response): Promise<WholeAnswer> {
    const { body, headers } = response
    // Of an encoded body the length is another one.
    const tooLong = !headers.has("content-encoding") && Number(headers.get("content-length")) > this.maxBytes
    // Not before: what has no such headers is no answer, as of a `fetch` that is a test's, and is lost as none.
    this.response = response
    if (tooLong) return this.received(response, true)
    // There is none, or none in pieces: not every platform has streams.
    if (!body) return this.fitted(response.status, headers, await response.text(), false)
    const reader = this.reader = body.getReader()
    for (let pieces = 1;; pieces++) {
      const { done, value } = await reader.read()
      this.onActivity?.()
      if (done) {
        // Node's `fetch` holds the body of an answer until all garbage is collected, and the reader with it.
        reader.releaseLock()
        return this.received(response, false)
      }
      // What is no bytes has none, and fails here, where it is a body that is lost.
      const piece = value.subarray()
      const size = this.size + piece.length
      if (size > this.maxBytes || isMostlyPadding(pieces, this.size)) return this.received(response, true)
      this.body = this.size === 0 ? piece : appended(this.body, this.size, piece, this.maxBytes)
      this.size = size
    }
  }

  private lost(cause: unknown): WholeAnswer | Lost {
    const response = this.response
    if (response !== undefined) return { _tag: "Lost", cause, response: this.received(response, false) }
    const failure = statusFailure(cause)
    return failure === undefined
      ? { _tag: "Lost", cause, response: undefined }
      : this.fitted(failure.status, failure.headers, failure.body, failure.truncated)
  }

  private received({ headers, status }: Response, tooLarge: boolean): WholeAnswer {
    const unframed = !headers.has("content-length") && !headers.has("transfer-encoding")
    return new Received(status, headers, this.body.subarray(0, this.size), tooLarge, unframed)
  }

  private fitted(status: number, headers: Headers.Input, text: string, truncated: boolean): WholeAnswer {
    const bytes = encoder.encode(text)
    const tooLarge = truncated || bytes.length > this.maxBytes
    return new Received(status, headers, tooLarge ? bytes.subarray(0, this.maxBytes) : bytes, tooLarge, false)
  }

  /** The body too, for a `fetch` that does not listen to its signal. What it has to say of that nobody wants to know. */
  private hangUp(response = this.response): void {
    this.controller.abort(aborted)
    const cancelled = this.reader === undefined ? response?.body?.cancel(aborted) : this.reader.cancel(aborted)
    cancelled?.catch(ignore)
  }
}

const ignore = () => {}

const aborted = new Error("the request was aborted")

const noBytes = new Uint8Array(0)

const decoder = new TextDecoder()

const encoder = new TextEncoder()
