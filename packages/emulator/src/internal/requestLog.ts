import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type Fault } from "../Fault.ts"
import { type Operation } from "../Operation.ts"
import { type SeenRequest } from "../SeenRequest.ts"
import { BoundedLog } from "./boundedLog.ts"
import { parseJson } from "./boundedJson.ts"
import { headerOf, type IncomingRequest } from "./incomingRequest.ts"
import { maskedBody, maskedHeaders, maskedValue } from "./maskedCredentials.ts"

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
  titles: ReadonlyArray<string> = []
  applied = false
  fault: Fault | undefined = undefined

  constructor(request: IncomingRequest, receivedAt: number) {
    this.request = request
    this.receivedAt = receivedAt
  }
}

/** @internal */
export const makeRequestLog = (limit: number): BoundedLog<Note> => new BoundedLog(limit, sizeOf)

const sizeOf = ({ request }: Note): number => {
  let bytes = request.url.length + (request.body?.length ?? 0)
  for (const name in request.headers) bytes += name.length + (request.headers[name]?.length ?? 0)
  return bytes
}

/** @internal */
export const seen = ({ request, ...note }: Note): SeenRequest => {
  const [path = "", search] = request.url.split(/\?(.*)/su)
  const sent = bodyOf(request.body)
  const body = sent === undefined ? undefined : maskedBody(sent, headerOf(request, "content-type") ?? "", path)
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
    ...(note.titles.length === 0 ? undefined : { titles: note.titles }),
    ...(note.fault === undefined ? undefined : { fault: note.fault })
  }
}

const queryOf = (search: URLSearchParams): SeenRequest["query"] =>
  Object.fromEntries(
    Array.from(new Set(search.keys()), (name) => {
      const [first = "", ...others] = search.getAll(name).map((value) => maskedValue(name, value))
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
