import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type Fault } from "../Fault.ts"
import { type Operation } from "../Operation.ts"
import { type SeenRequest } from "../SeenRequest.ts"
import { parseJson } from "./boundedJson.ts"
import { type IncomingRequest } from "./incomingRequest.ts"
import { maskedHeaders, maskedParameter } from "./maskedCredentials.ts"

/**
 * What is noted of a request while it is being answered. It only refers to what is there anyway: everything else that a
 * {@link SeenRequest} shows is worked out when somebody asks.
 *
 * @internal
 */
export class Note {
  readonly request: IncomingRequest
  readonly receivedAt: number
  operation: Operation | undefined = undefined
  appId: string | undefined = undefined
  authentication: SeenRequest["authentication"] = undefined
  keyId: string | undefined = undefined
  status: number | undefined = undefined
  applied = false
  fault: Fault | undefined = undefined

  constructor(request: IncomingRequest, receivedAt: number) {
    this.request = request
    this.receivedAt = receivedAt
  }
}

/** What the requests that are remembered may take together, as they were sent. */
const maximumBytes = 16 * 1024 * 1024

/**
 * The last requests, up to a number and a size, so that a server under load for hours does not grow.
 *
 * @internal
 */
export class RequestLog {
  private readonly limit: number
  private notes: Array<Note | undefined> = []
  /** Where the oldest one is; those before it are forgotten. */
  private oldest = 0
  private bytes = 0

  constructor(limit: number) {
    this.limit = limit
  }

  add(note: Note): void {
    if (this.limit === 0) return
    this.notes.push(note)
    this.bytes += sizeOf(note)
    while (this.notes.length - this.oldest > this.limit || this.bytes > maximumBytes) this.forgetOldest()
    // Not every time: to move all that are left costs as much as there are.
    if (this.oldest > this.limit) {
      this.notes = this.notes.slice(this.oldest)
      this.oldest = 0
    }
  }

  all(): Array<SeenRequest> {
    return this.notes.flatMap((note) => note === undefined ? [] : [seen(note)])
  }

  clear(): void {
    this.notes = []
    this.oldest = 0
    this.bytes = 0
  }

  private forgetOldest(): void {
    const note = this.notes[this.oldest]
    if (note !== undefined) this.bytes -= sizeOf(note)
    this.notes[this.oldest] = undefined
    this.oldest++
  }
}

const sizeOf = ({ request }: Note): number => {
  let bytes = request.url.length + (request.body?.length ?? 0)
  for (const name in request.headers) bytes += name.length + (request.headers[name]?.length ?? 0)
  return bytes
}

const seen = ({ request, ...note }: Note): SeenRequest => {
  const [path = "", search] = request.url.split(/\?(.*)/su)
  const body = bodyOf(request.body)
  return {
    method: request.method,
    path,
    query: queryOf(new URLSearchParams(search)),
    headers: maskedHeaders(request),
    receivedAt: note.receivedAt,
    applied: note.applied,
    ...(body === undefined ? undefined : { body }),
    ...(note.operation === undefined ? undefined : { operation: note.operation }),
    ...(note.appId === undefined ? undefined : { appId: note.appId }),
    ...(note.authentication === undefined ? undefined : { authentication: note.authentication }),
    ...(note.keyId === undefined ? undefined : { keyId: note.keyId }),
    ...(note.status === undefined ? undefined : { status: note.status }),
    ...(note.fault === undefined ? undefined : { fault: note.fault })
  }
}

const queryOf = (search: URLSearchParams): SeenRequest["query"] =>
  Object.fromEntries(
    Array.from(new Set(search.keys()), (name) => {
      const [first = "", ...others] = search.getAll(name).map((value) => maskedParameter(name, value))
      return [name, others.length === 0 ? first : [first, ...others]]
    })
  )

// A number such as 1e400 can be parsed, and be told to nobody.
const isJson = Schema.is(Schema.Json)

/** What is no JSON is shown as the text that came. */
const bodyOf = (bytes: Uint8Array | undefined): SeenRequest["body"] =>
  bytes === undefined || bytes.length === 0
    ? undefined
    : Result.getOrElse(Result.filterOrFail(parseJson(bytes), isJson, () => "Expected JSON"), () =>
      new TextDecoder().decode(bytes))
