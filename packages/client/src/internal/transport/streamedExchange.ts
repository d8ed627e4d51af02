import type * as Headers from "effect/http/Headers"
import { appended } from "./appended.ts"
import type { Sending } from "./directTransport.ts"
import { type Open, type OpenAnswer, tooLarge } from "./openAnswer.ts"
import { isMostlyPadding } from "./padding.ts"
import { statusFailure } from "./statusFailure.ts"
import type { Answer, Lost, Progress } from "./wire.ts"

/**
 * A success whose first piece is there, and whose others come when they are asked for.
 *
 * @internal
 */
export interface StreamedAnswer extends Answer {
  readonly [Pieces]: ReadPieces
}

/**
 * Found by name on an answer, because what settles calls knows whole ones alone.
 *
 * @internal
 */
export const Pieces = Symbol()

/**
 * The next piece, or `undefined` where there is none. It rejects where the answer is cut, and with {@link tooLarge}.
 *
 * @internal
 */
export type ReadPieces = () => Promise<Uint8Array | undefined>

/** Of an answer that is no file. */
const maxErrorBytes = 64 * 1024

/**
 * One request whose answer is handed on while it comes, if it is a file: then it has ended, for the call, when the first piece
 * is there. Any other answer is read whole.
 *
 * @internal
 */
export class StreamedExchange implements Sending {
  private readonly maxBytes: number
  private readonly onEnd: (end: Answer | Lost) => void
  private readonly onActivity: (() => void) | undefined
  private readonly controller = new AbortController()
  private opened: OpenAnswer | undefined
  private ended = false
  private size = 0
  private count = 0

  constructor(maxBytes: number, onEnd: (end: Answer | Lost) => void, onActivity: (() => void) | undefined) {
    this.maxBytes = maxBytes
    this.onEnd = onEnd
    this.onActivity = onActivity
  }

  /** In promises, as what it is made of is. */
  async start(open: Open, url: URL, headers: Headers.Headers): Promise<void> {
    let end: Answer | Lost
    try {
      const opened = this.opened = await open(url, headers, this.controller.signal, this.onActivity)
      this.onActivity?.()
      end = opened.status === 200 ? await this.begun(opened) : await this.readWhole(opened)
    } catch (cause) {
      end = this.lost(cause)
    }
    if (this.ended) return this.hangUp()
    this.ended = true
    if (end._tag === "Lost" || end.tooLarge) this.hangUp()
    this.onEnd(end)
  }

  progress(): Progress {
    return { response: this.opened }
  }

  /** Nobody wants more of it. */
  abort(): void {
    this.ended = true
    this.hangUp()
  }

  private async begun(opened: OpenAnswer): Promise<Answer> {
    if (lengthOf(opened) > this.maxBytes) return answerOf(opened, "", true)
    // Bytes that are not those of the file must not look like them.
    if (opened.compressed) throw new Error("the file came compressed")
    const read: ReadPieces = () => this.read(opened)
    let first: Uint8Array | undefined
    try {
      first = await read()
    } catch (cause) {
      if (cause === tooLarge) return answerOf(opened, "", true)
      throw cause
    }
    let isFirst = true
    const pieces: ReadPieces = async () => {
      if (!isFirst) return read()
      isFirst = false
      return first
    }
    return { ...answerOf(opened, "", false), [Pieces]: pieces } as Answer
  }

  private async read(opened: OpenAnswer): Promise<Uint8Array | undefined> {
    const { done, value } = await opened.pieces.next()
    if (done !== true) {
      this.size += value.length
      if (this.size > this.maxBytes || isMostlyPadding(++this.count, this.size)) throw tooLarge
      return value
    }
    // Not every transport counts.
    if (this.size < lengthOf(opened)) throw new Error("the file ends before its length")
    return undefined
  }

  private async readWhole(opened: OpenAnswer): Promise<Answer> {
    let bytes = noBytes
    let size = 0
    for (let pieces = 1;; pieces++) {
      const { done, value } = await opened.pieces.next()
      this.onActivity?.()
      const text = () => new TextDecoder().decode(bytes.subarray(0, size))
      if (done === true) return answerOf(opened, text(), false)
      if (size + value.length > maxErrorBytes || isMostlyPadding(pieces, size)) return answerOf(opened, text(), true)
      bytes = appended(bytes, size, value, maxErrorBytes)
      size += value.length
    }
  }

  private lost(cause: unknown): Answer | Lost {
    const failure = this.opened === undefined ? statusFailure(cause) : undefined
    return failure === undefined
      ? { _tag: "Lost", cause, response: this.opened }
      // As an interceptor of undici says it, whose headers are those of any other answer.
      : answerOf(
        { status: failure.status, headers: failure.headers as Headers.Headers },
        failure.body.slice(0, maxErrorBytes),
        failure.truncated
      )
  }

  /** What a transport has to say of that, nobody wants to know. */
  private hangUp(): void {
    this.controller.abort(aborted)
    try {
      this.opened?.pieces.return?.().catch(ignore)
    } catch {
      // Not every iterator of a stranger is one.
    }
  }
}

const answerOf = (
  { headers, status }: Pick<OpenAnswer, "headers" | "status">,
  body: string,
  tooLarge: boolean
): Answer => ({ _tag: "Answer", status, headers, body, tooLarge })

/** What an answer says itself; nothing that can be counted where it is encoded. */
const lengthOf = ({ headers }: OpenAnswer): number =>
  headers["content-encoding"] === undefined ? Number(headers["content-length"] ?? 0) : 0

const ignore = () => {}

const noBytes: Uint8Array = new Uint8Array(0)

const aborted = new Error("the request was aborted")
