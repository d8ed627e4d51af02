import { type Operation } from "@sunco/schemas/Operation"
import * as Effect from "effect/Effect"
import * as FindMyWay from "effect/http/FindMyWay"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import { parseJson } from "./boundedJson.ts"
import { strictly } from "./checked.ts"
import { type Answer, answer, jsonHeaders } from "./delivery.ts"
import { encodesAsItIs } from "./encodesAsItIs.ts"
import { headerOf, type IncomingRequest } from "./incomingRequest.ts"
import { readMultipart } from "./multipart.ts"
import { problemsOf } from "./problems.ts"
import { badRequest, badRequests, methodNotAllowed, notFound, Refusal } from "./refusal.ts"
import { type Emulated } from "./resources.ts"

/**
 * What an operation of the API or an endpoint of the emulator's own is answered by.
 *
 * @internal
 */
export interface Endpoint<Declared> {
  readonly name: string
  readonly declared: Declared
  readonly method: Operation["method"]
  readonly path: `/${string}`
  readonly params?: Schema.Top | undefined
  readonly query?: Schema.Top | undefined
  readonly payload?: Schema.Top | undefined
  /** Its payload is handed on as the parts of a form, unchecked. */
  readonly body?: "multipart" | undefined
  readonly bodyOptional?: boolean | undefined
  /** Keys of the query and the payload that are not declared are refused, and not ignored. */
  readonly strict?: boolean | undefined
  readonly success: { readonly status: number; readonly schema: Schema.Top }
  readonly carryOut: (input: any) => unknown
}

/** @internal */
export interface Found<Declared> {
  readonly name: string
  readonly declared: Declared
  /** The path parameters, percent-decoded and not checked yet. */
  readonly params: Readonly<Record<string, string | undefined>>
  /** An `Exit` already, except for a form. */
  readonly carryOut: (request: IncomingRequest, context: object) => Effect.Effect<Answer | Refusal>
}

/**
 * The endpoints that the rows of operations declare.
 *
 * @internal
 */
export const endpointsOf = ({ operations, resources }: Pick<Emulated, "operations" | "resources">) =>
  Object.entries(operations).flatMap(([resource, rows]) =>
    Object.entries(rows).map(([name, row]): Endpoint<Operation> => ({
      ...row,
      name: `${resource}.${name}`,
      declared: row,
      params: Schema.Struct(row.params),
      // There is one for each row, or it does not compile.
      carryOut: resources[resource]!.behaviours[name]!
    }))
  )

interface Route<Declared> {
  readonly endpoint: Endpoint<Declared>
  readonly carryOut: (
    input: { readonly params: unknown; readonly query: unknown; readonly request: IncomingRequest },
    context: object
  ) => Effect.Effect<Answer | Refusal>
}

/**
 * Derives routing, validation and encoding of every endpoint from what it declares.
 *
 * @internal
 */
export const makeRoutes = <Declared>(
  endpoints: ReadonlyArray<Endpoint<Declared>>
): (method: string, url: string) => Found<Declared> | Refusal => {
  const router = FindMyWay.make<Route<Declared>>({
    caseSensitive: true,
    ignoreTrailingSlash: false,
    ignoreDuplicateSlashes: false,
    maxParamLength: Number.POSITIVE_INFINITY
  })
  const methods = new Set<Operation["method"]>()

  for (const endpoint of endpoints) {
    methods.add(endpoint.method)
    router.on(endpoint.method, endpoint.path, { endpoint, carryOut: carryingOut(endpoint) })
  }

  return (method, url) => {
    // The router would take a semicolon for the beginning of the query.
    const target = url.includes(";") ? url.replaceAll(";", "%3B") : url
    const found = router.find(method, target)
    if (found === undefined) {
      const allowed = Array.from(methods).filter((other) => router.find(other, target) !== undefined)
      return allowed.length === 0 ? notFound : methodNotAllowed(allowed)
    }
    const { handler, params, searchParams } = found
    const { declared, name } = handler.endpoint
    return {
      name,
      declared,
      params,
      carryOut: (request, context) => handler.carryOut({ params, query: searchParams, request }, context)
    }
  }
}

const carryingOut = <Declared>(endpoint: Endpoint<Declared>): Route<Declared>["carryOut"] => {
  const { carryOut, success } = endpoint
  const decodeParams = decoder(endpoint.params)
  const decodeQuery = decoder(endpoint.query, endpoint)
  const readBody = bodyReader(endpoint)
  const encode = encoder(success.schema)

  return (input, context) => {
    const params = decodeParams(input.params)
    if (params instanceof Refusal) return Effect.succeed(params)
    const query = decodeQuery(input.query)
    if (query instanceof Refusal) return Effect.succeed(query)
    return Effect.mapEager(readBody(input.request), (payload) => {
      if (payload instanceof Refusal) return payload
      const result = carryOut({ params, query, payload, ...context })
      return result instanceof Refusal ? result : answer(success.status, jsonHeaders, encode(result))
    })
  }
}

const bodyReader = (
  { body, bodyOptional, payload, strict }: Endpoint<unknown>
): (request: IncomingRequest) => Effect.Effect<unknown> => {
  if (payload === undefined) return () => Effect.undefined
  if (body === "multipart") return (request) => isEmpty(request.body) ? missing : readMultipart(request)
  const decode = decoder(payload, { strict })
  return (request) => {
    const json = bodyOptional === true && isEmpty(request.body) ? {} : readJson(request)
    return Effect.succeed(json instanceof Refusal ? json : decode(json))
  }
}

const decoder = (
  schema: Schema.Top | undefined,
  { strict = false }: Pick<Endpoint<unknown>, "strict"> = {}
): (input: unknown) => unknown => {
  if (schema === undefined) return () => undefined
  // No endpoint of ours needs a service to decode, which the widened type cannot know.
  const decode = Schema.decodeUnknownResult(
    schema as any as Schema.ConstraintDecoder<unknown>,
    strict ? strictly : { errors: "all" }
  )
  return (input) => {
    const decoded = decode(input)
    return Result.isSuccess(decoded) ? decoded.success : badRequests(problemsOf(decoded.failure.issue))
  }
}

const utf8 = new TextEncoder()

const encoder = (schema: Schema.Top): (value: unknown) => Uint8Array => {
  // Where encoding changes nothing there is nothing to do: behaviours are held to the type of what they answer.
  const encode = encodesAsItIs(schema.ast)
    ? (value: unknown) => value
    : Schema.encodeUnknownSync(schema as any as Schema.ConstraintEncoder<unknown>)
  const encoded = (value: unknown) => utf8.encode(JSON.stringify(encode(value)))
  const wrapper = wrapperOf(schema.ast)
  if (wrapper === undefined) return encoded

  // A record never changes, so that one that is answered again, such as a user whom nobody updated, is encoded once: half of
  // what such an answer costs the emulator.
  const known = new WeakMap<object, Uint8Array>()
  return (value) => {
    const record = (value as { readonly [name: string]: object })[wrapper]!
    let bytes = known.get(record)
    if (bytes === undefined) {
      bytes = encoded(value)
      known.set(record, bytes)
    }
    return bytes
  }
}

/** The name under which an answer has one record and nothing else. */
const wrapperOf = (ast: SchemaAST.AST): string | undefined => {
  if (ast._tag !== "Objects" || ast.propertySignatures.length !== 1) return undefined
  const [{ name, type }] = ast.propertySignatures as [SchemaAST.PropertySignature]
  return type._tag === "Objects" && !SchemaAST.isOptional(type) ? String(name) : undefined
}

const missingBody = badRequest("body: Missing")

const missing = Effect.succeed(missingBody)

const isEmpty = (body: Uint8Array | undefined) => body === undefined || body.length === 0

const readJson = (request: IncomingRequest): unknown => {
  if (request.body === undefined || isEmpty(request.body)) return missingBody
  if (!/^application\/json\s*(;|$)/iu.test(headerOf(request, "content-type") ?? "")) {
    return badRequest("content-type: Expected application/json")
  }
  return Result.getOrElse<unknown, string, Refusal>(parseJson(request.body), (title) => badRequest(`body: ${title}`))
}
