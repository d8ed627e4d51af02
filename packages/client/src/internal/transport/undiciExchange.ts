import * as Headers from "effect/http/Headers"
import type { Dispatcher } from "undici"
import { appended } from "./appended.ts"
import { findCause } from "./causeChain.ts"
import { isUnframed } from "./cutBody.ts"
import { isUnprocessed } from "./notSent.ts"
import { proxyRefusal } from "./proxyFailure.ts"
import { statusFailure } from "./statusFailure.ts"
import { proxyOf } from "./undiciProxy.ts"
import type { Answer, Lost, Progress, Sent } from "./wire.ts"

/** @internal */
export type RawHeaders = Record<string, string | Array<string> | undefined>

/**
 * What came back from a dispatcher; a body larger than the limit is cut off there.
 *
 * @internal
 */
export class Received implements Answer {
  readonly _tag = "Answer"
  readonly status: number
  readonly tooLarge: boolean
  readonly bytes: Buffer
  readonly sent: Sent
  private readonly rawHeaders: RawHeaders
  private lookedAt: Headers.Headers | undefined

  constructor(status: number, rawHeaders: RawHeaders, bytes: Buffer, tooLarge: boolean, sent: Sent) {
    this.status = status
    this.rawHeaders = rawHeaders
    this.bytes = bytes
    this.tooLarge = tooLarge
    this.sent = sent
    this.lookedAt = undefined
  }

  /** Only who looks at them pays for them: a call that succeeds usually does not. */
  get headers(): Headers.Headers {
    return this.lookedAt ??= Headers.fromInput(this.rawHeaders)
  }

  get body(): string {
    return this.bytes.toString()
  }

  get unframed(): boolean {
    return isUnframed(this.rawHeaders)
  }
}

/** Answers that only announce another one (1xx), of one request. */
const mostInterim = 100

/**
 * One request on a dispatcher: at once undici's handler, the buffer of the answer and what an interruption aborts.
 *
 * A handler on `dispatch` skips what `undici.request` pays for: a Readable, an AsyncResource and two promises a call.
 *
 * @internal
 */
export class UndiciExchange implements Dispatcher.DispatchHandler {
  private readonly maxBytes: number
  private readonly onEnd: (end: Received | Lost) => void
  private readonly onActivity: (() => void) | undefined
  private dispatcher: Dispatcher | undefined
  private controller: Dispatcher.DispatchController | undefined
  private ended = false
  /** How often it was handed to a connection, by whatever stands between (undici tries again in places of its own). */
  private starts = 0
  private status = 0
  private headers = noHeaders
  /** The first piece as it came, because most answers have no second; a copy with room behind it from then on. */
  private body: Uint8Array = noBytes
  private size = 0
  private interim = 0
  private lastRead: ArrayBufferLike | undefined
  private onTheWire = 0

  constructor(maxBytes: number, onEnd: (end: Received | Lost) => void, onActivity?: () => void) {
    this.maxBytes = maxBytes
    this.onEnd = onEnd
    this.onActivity = onActivity
  }

  start(dispatcher: Dispatcher, options: Dispatcher.DispatchOptions): void {
    this.dispatcher = dispatcher
    try {
      dispatcher.dispatch(options, this)
    } catch (cause) {
      // dispatch throws what it refuses at once, such as a header that is not valid, or a dispatcher that is closed.
      this.lose(cause)
    }
  }

  progress(): Progress {
    return { sent: this.sent(), response: this.status === 0 ? undefined : this.received(false) }
  }

  /** Nobody waits for the answer any more. */
  abort(): void {
    this.ended = true
    this.controller?.abort(aborted)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    // Given up while it waited for a connection.
    if (this.ended) controller.abort(aborted)
    else this.starts++
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: RawHeaders): void {
    this.onActivity?.()
    if (status < 200) {
      // 1xx announces another answer.
      if (++this.interim > mostInterim) this.giveUp(new Error("more interim answers than any server has reason for"))
      return
    }
    this.status = status
    this.headers = headers
    if (Number(headers["content-length"]) > this.maxBytes) this.refuse()
  }

  onResponseData(_: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.ended) return
    this.onActivity?.()
    const size = this.size + piece.length
    if (size > this.maxBytes) return this.refuse()
    if (this.size === 0) this.body = piece
    else {
      if (this.isMostlyPadding(piece)) return this.refuse()
      this.body = appended(this.body, this.size, piece, this.maxBytes)
    }
    this.size = size
  }

  onResponseEnd(): void {
    this.end(this.received(false))
  }

  onResponseError(_: Dispatcher.DispatchController, cause: Error): void {
    this.lose(cause)
  }

  /**
   * Whether far more was read from the wire than arrives here, such as chunks of one byte that each have 16 kB of extension:
   * the limit of the body alone would let through sixteen thousand times as much. Counted by the buffers that the pieces are
   * views of; streams of HTTP/2 share them, so the limit is wide.
   */
  private isMostlyPadding({ buffer }: Buffer): boolean {
    if (buffer === this.lastRead) return false
    this.lastRead = buffer
    this.onTheWire += buffer.byteLength
    return this.onTheWire > 64 * this.maxBytes + 1024 * 1024
  }

  private lose(cause: unknown): void {
    if (this.ended) return
    const failure = this.status === 0 ? statusFailure(cause) : undefined
    if (failure !== undefined) {
      const bytes = Buffer.from(failure.body)
      const tooLarge = failure.truncated || bytes.length > this.maxBytes
      const kept = tooLarge ? bytes.subarray(0, this.maxBytes) : bytes
      return this.end(new Received(failure.status, failure.headers, kept, tooLarge, this.sent()))
    }
    const sent = wasNotProcessed(cause, this.starts) ? "never" : this.sent()
    this.end({
      _tag: "Lost",
      cause,
      sent,
      response: this.status === 0 ? undefined : this.received(false),
      proxy: sent === "never" && this.dispatcher !== undefined ? proxyOf(this.dispatcher) : undefined
    })
  }

  private giveUp(cause: Error): void {
    this.lose(cause)
    this.controller?.abort(aborted)
  }

  private refuse(): void {
    this.end(this.received(true))
    this.controller?.abort(aborted)
  }

  private sent(): Sent {
    return this.starts === 0 && this.status === 0 ? "never" : this.starts > 1 ? "again" : "once"
  }

  private received(tooLarge: boolean): Received {
    const { buffer, byteOffset } = this.body
    return new Received(this.status, this.headers, Buffer.from(buffer, byteOffset, this.size), tooLarge, this.sent())
  }

  private end(end: Received | Lost): void {
    if (this.ended) return
    this.ended = true
    // Not at once: what follows is the caller's program, and it must not run inside undici's parser.
    process.nextTick(this.onEnd, end)
  }
}

/**
 * Whether a request was certainly not processed although it was handed to a connection: a proxy refused to pass it on, or
 * the server its stream.
 *
 * undici itself repeats such a stream once, which is a second start; a third can only be of somebody who tries again after
 * other failures too, and those are not known here.
 */
const wasNotProcessed = (cause: unknown, starts: number): boolean =>
  findCause(
    cause,
    (link) => starts === 1 && proxyRefusal(link) !== undefined || starts <= 2 && isUnprocessed(link) || undefined
  ) ?? false

const noHeaders: RawHeaders = {}

const noBytes = new Uint8Array(0)

const aborted = new Error("the request was aborted")
