import type { Operation } from "@sunco/schemas/Operation"
import * as Metadata from "@sunco/schemas/Metadata"
import * as Reading from "@sunco/schemas/Reading"
import * as Writing from "@sunco/schemas/Writing"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type * as SchemaIssue from "effect/SchemaIssue"
import { InvalidInput } from "../../SunshineError.ts"
import type { Core } from "../call/core.ts"
import { invalidInput, spoken, withoutDefects } from "./invalidInput.ts"
import * as Json from "./json.ts"
import type { Answer, WireRequest } from "../transport/wire.ts"

/**
 * What a call of a declared operation takes: each part only where it is declared, and the app is the client's, if it has one.
 *
 * @internal
 */
export type Input<O extends Operation, App = string> =
  & { readonly params: { readonly [K in Exclude<keyof O["params"], App extends string ? "appId" : never>]: string } }
  & (O extends { readonly query: infer Query extends Schema.Codec<unknown, unknown> } ?
    { readonly query: Query["Type"] } :
    unknown)
  & (O extends { readonly payload: infer Payload extends Schema.Codec<unknown> } ?
    { readonly payload: Payload["Type"] } :
    unknown)

/** @internal */
export interface Compiled<O extends Operation, App = string> {
  readonly encode: (input: Input<O, App>) => Result.Result<WireRequest, InvalidInput>
  readonly isSuccess: (status: number) => boolean
  /** The body of the declared success, or where it cannot be read: nowhere in particular when it is no JSON. */
  readonly decode: (
    answer: Answer
  ) => Result.Result<Reading.Read<O["success"]["schema"]["Type"]>, Reading.Unreadable | undefined>
}

/**
 * Makes a form of a payload whose fields are texts and files.
 *
 * @internal
 */
export type FormEncoder = (request: Omit<WireRequest, "body">) => Result.Result<WireRequest, InvalidInput>

/**
 * Reads a declared operation once, and gives what calls of it need: a small interpreter of the declaration, because a
 * derived `HttpApiClient` costs several times as much per call and 10 kB more in a bundle. `strictResponses` lets nothing odd
 * pass. It is read at its first call: a client has many operations, and a program calls few of them.
 *
 * @internal
 */
export const compile = <O extends Operation, App extends string | undefined>(
  operation: O,
  appId: App,
  { metadataLimit, strictResponses, wrapSecret }: Pick<Core, "metadataLimit" | "strictResponses" | "wrapSecret">,
  form?: FormEncoder
): Compiled<O, App> => {
  let encode: Encode | undefined
  const read = Reading.reader<O["success"]["schema"]["Type"]>(operation.success.schema)

  return {
    // The parts that are there depend on the operation, and the type of the input has checked them.
    encode: (input) => (encode ??= withoutDefects(encoder(operation, appId, metadataLimit, form)))(input as Parts),
    isSuccess: (status) => status === operation.success.status,
    decode: (answer) => {
      if (answer.tooLarge) return Result.fail(undefined)
      const json = Json.parse(answer.body)
      if (Result.isFailure(json)) return Result.fail(undefined)
      const reading = read(json.success, wrapSecret)
      const odd = strictResponses && Result.isSuccess(reading) ? reading.success.putAside[0] : undefined
      return odd === undefined ? reading : Result.fail(odd)
    }
  }
}

interface Parts {
  readonly params: Record<string, string>
  readonly query?: Record<string, unknown>
  readonly payload?: unknown
}

type Encode = (parts: Parts) => Result.Result<WireRequest, InvalidInput>

const encoder = (
  operation: Operation,
  appId: string | undefined,
  metadataLimit: boolean,
  form: FormEncoder | undefined
): Encode => {
  const { auth, limits, method, path: template, payload } = operation
  const encodePath = pathEncoder(operation, appId)
  const encodeQuery = operation.query === undefined ? undefined : queryEncoder(operation.query)
  const encodeBody = payload === undefined ? undefined : Writing.writer(payload)
  return (parts) => {
    const path = encodePath(parts.params)
    if (Result.isFailure(path)) return Result.fail(path.failure)
    const query = encodeQuery?.(parts.query ?? {})
    if (query !== undefined && Result.isFailure(query)) return Result.fail(query.failure)
    const body = encodeBody?.(parts.payload)
    if (body !== undefined && Result.isFailure(body)) return Result.fail(invalidInput(body.failure, payload?.ast))
    const request = {
      method,
      template,
      path: path.success + (query?.success ?? ""),
      auth,
      limits,
      sent: body?.success
    }
    if (form !== undefined && operation.body === "multipart") return form(request)
    const json = body === undefined ? undefined : JSON.stringify(body.success)
    if (metadataLimit && json !== undefined && mayBeTooMuch(json)) {
      const path = whereTooMuchMetadata(body?.success, [])
      if (path !== undefined) return Result.fail(new InvalidInput({ issues: [{ path, expected: metadataThatFits }] }))
    }
    return Result.succeed({ ...request, body: json })
  }
}

/** A character is 3 bytes at most for each of its UTF-16 units: metadata of a small body need not be measured. */
const mayBeTooMuch = (json: string): boolean => json.length * 3 > Metadata.maximumBytes

/** What holds things that have metadata of their own. Elsewhere a field of that name may be anything. */
const holders = ["content", "items", "actions", "confirmation", "message"]

/** In a check of its own because it can be switched off: how the vendor counts is not documented. */
const whereTooMuchMetadata = (
  part: unknown,
  path: ReadonlyArray<string | number>
): ReadonlyArray<string | number> | undefined => {
  if (typeof part !== "object" || part === null) return undefined
  const { metadata } = part as { readonly metadata?: unknown }
  if (
    Predicate.isObject(metadata) && Metadata.byteLength(metadata as Metadata.Metadata) > Metadata.maximumBytes
  ) return [...path, "metadata"]
  const names = Array.isArray(part) ? [...part.keys()] : holders
  for (const name of names) {
    const found = whereTooMuchMetadata(Reflect.get(part, name), [...path, name])
    if (found !== undefined) return found
  }
  return undefined
}

const metadataThatFits = `at most ${Metadata.maximumBytes} bytes as compact UTF-8 JSON`

const pathEncoder = ({ params, path }: Operation, appId: string | undefined) => {
  // An app that is the client's was checked with its settings.
  const isAsked = ([name]: readonly [string, unknown]) => appId === undefined || name !== "appId"
  const checks = Object.entries(params).filter(isAsked).map(([name, schema]) => ({
    name,
    isValid: Reading.is(schema),
    explain: (value: unknown) => {
      const said = spoken(name)
      const named = Schema.Struct({ [said]: schema })
      return Result.mapError(Writing.writer(named)({ [said]: value }), (issue) => invalidInput(issue, named.ast))
    }
  }))
  // The pieces of text between the parameters, and the parameters: "/v2/apps/app1/users/", userIdOrExternalId, "/sync".
  const ofClient = appId === undefined ? path : path.replace(":appId", encodeURIComponent(appId))
  const [first = "", ...rest] = ofClient.split("/:")
  const tail = rest.map((piece) => {
    const end = piece.indexOf("/")
    return end === -1 ? { name: piece, after: "" } : { name: piece.slice(0, end), after: piece.slice(end) }
  })
  return (values: Record<string, string>): Result.Result<string, InvalidInput> => {
    for (const { explain, isValid, name } of checks) {
      const explained = isValid(values[name]) ? undefined : explain(values[name])
      if (explained !== undefined && Result.isFailure(explained)) return Result.fail(explained.failure)
    }
    let encoded = first
    for (const { after, name } of tail) encoded += `/${encodeURIComponent(values[name]!)}${after}`
    return Result.succeed(encoded)
  }
}

const queryEncoder = (schema: Schema.Codec<unknown, Query>) => {
  // It encodes to the parameters, as its type says.
  const encode = Writing.writer(schema) as (values: unknown) => Result.Result<Query, SchemaIssue.Issue>
  const isAllOptional = Result.isSuccess(encode({}))
  return (values: Record<string, unknown>): Result.Result<string, InvalidInput> => {
    // Most calls ask for nothing.
    if (isAllOptional && Object.keys(values).length === 0) return noQuery
    const encoded = encode(values)
    return Result.isFailure(encoded)
      ? Result.fail(invalidInput(encoded.failure, schema.ast))
      : Result.succeed(queryString(encoded.success))
  }
}

const noQuery = Result.succeed("")

type Query = { readonly [name: string]: string | undefined }

/**
 * A query, with its question mark where there is anything to ask.
 *
 * @internal
 */
export const queryString = (query: Query): string => {
  let text = ""
  for (const name in query) {
    const value = query[name]
    if (value !== undefined) {
      text += `${text === "" ? "?" : "&"}${encodeURIComponent(name)}=${encodeURIComponent(value)}`
    }
  }
  return text
}
