import * as Headers from "effect/http/Headers"
import type { Dispatcher } from "undici"
import type { Answer, Lost } from "./wire.ts"

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
  private readonly rawHeaders: RawHeaders

  constructor(status: number, rawHeaders: RawHeaders, bytes: Buffer, tooLarge: boolean) {
    this.status = status
    this.rawHeaders = rawHeaders
    this.bytes = bytes
    this.tooLarge = tooLarge
  }

  /** Only who looks at them pays for them: a call that succeeds usually does not. */
  get headers(): Headers.Headers {
    return Headers.fromInput(this.rawHeaders)
  }

  get body(): string {
    return this.bytes.toString()
  }
}

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
  private controller: Dispatcher.DispatchController | undefined
  private ended = false
  private status = 0
  private headers = noHeaders
  private first: Buffer | undefined
  private more: Array<Buffer> | undefined
  private size = 0

  constructor(maxBytes: number, onEnd: (end: Received | Lost) => void) {
    this.maxBytes = maxBytes
    this.onEnd = onEnd
  }

  start(dispatcher: Dispatcher, options: Dispatcher.DispatchOptions): void {
    try {
      dispatcher.dispatch(options, this)
    } catch (cause) {
      // dispatch throws what it refuses at once, such as a header that is not valid, or a dispatcher that is closed.
      this.lose(cause)
    }
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
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: RawHeaders): void {
    // 1xx announces another answer.
    if (status < 200) return
    this.status = status
    this.headers = headers
    if (Number(headers["content-length"]) > this.maxBytes) this.refuse()
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.ended) return
    this.size += chunk.length
    if (this.size > this.maxBytes) return this.refuse()
    if (this.first === undefined) this.first = chunk
    else (this.more ??= []).push(chunk)
  }

  onResponseEnd(): void {
    this.end(this.received(false))
  }

  onResponseError(_: Dispatcher.DispatchController, cause: Error): void {
    this.lose(cause)
  }

  private lose(cause: unknown): void {
    this.end({ _tag: "Lost", cause, response: this.status === 0 ? undefined : this.received(false) })
  }

  private refuse(): void {
    this.end(this.received(true))
    this.controller?.abort(aborted)
  }

  private received(tooLarge: boolean): Received {
    const first = this.first ?? noBytes
    const bytes = this.more === undefined ? first : Buffer.concat([first, ...this.more])
    return new Received(this.status, this.headers, bytes, tooLarge)
  }

  private end(end: Received | Lost): void {
    if (this.ended) return
    this.ended = true
    // Not at once: what follows is the caller's program, and it must not run inside undici's parser.
    process.nextTick(this.onEnd, end)
  }
}

const noHeaders: RawHeaders = {}

const noBytes = Buffer.alloc(0)

const aborted = new Error("the request was aborted")
