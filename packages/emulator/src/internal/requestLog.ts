import * as Headers from "effect/http/Headers"
import { type Fault } from "../Fault.ts"
import { type Operation } from "../Operation.ts"
import { type SeenRequest } from "../SeenRequest.ts"
import { type IncomingRequest } from "./incomingRequest.ts"

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

/**
 * The last requests, up to a number, so that a server under load for hours does not grow.
 *
 * @internal
 */
export class RequestLog {
  private readonly limit: number
  private notes: Array<Note> = []
  private oldest = 0

  constructor(limit: number) {
    this.limit = limit
  }

  add(note: Note): void {
    if (this.notes.length < this.limit) {
      this.notes.push(note)
    } else if (this.limit > 0) {
      this.notes[this.oldest] = note
      this.oldest = (this.oldest + 1) % this.limit
    }
  }

  all(): Array<SeenRequest> {
    return [...this.notes.slice(this.oldest), ...this.notes.slice(0, this.oldest)].map(seen)
  }

  clear(): void {
    this.notes = []
    this.oldest = 0
  }
}

const seen = ({ request, ...note }: Note): SeenRequest => {
  const [path = "", search] = request.url.split(/\?(.*)/su)
  const body = bodyOf(request.body)
  return {
    method: request.method,
    path,
    query: queryOf(new URLSearchParams(search)),
    headers: Headers.fromInput(request.headers),
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
      const [first = "", ...others] = search.getAll(name)
      return [name, others.length === 0 ? first : [first, ...others]]
    })
  )

const bodyOf = (bytes: Uint8Array | undefined): SeenRequest["body"] => {
  if (bytes === undefined || bytes.length === 0) return undefined
  const text = new TextDecoder().decode(bytes)
  // `JSON.parse` throws by design; text that is no JSON is shown as it came.
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
