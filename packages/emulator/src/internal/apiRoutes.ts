import * as FindMyWay from "effect/http/FindMyWay"
import * as HttpApi from "effect/http-api/HttpApi"
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import { parseJson } from "./boundedJson.ts"
import { type Answer, answer, jsonHeaders } from "./delivery.ts"
import { headerOf, type IncomingRequest } from "./incomingRequest.ts"
import { badRequest, badRequests, methodNotAllowed, notFound, Refusal } from "./refusal.ts"

/**
 * What carries out the endpoints of an `HttpApi`, by group and name: each gets its decoded input and a context, and
 * gives the success that its endpoint declares, or a refusal. All of them are synchronous: nothing comes between a
 * read and the write that follows from it.
 *
 * @internal
 */
export type Behaviours<Api, Context> = Api extends HttpApi.HttpApi<infer _Id, infer Groups> ? {
    readonly [Group in Groups as Group["identifier"]]: {
      readonly [Endpoint in HttpApiGroup.Endpoints<Group> as Endpoint["identifier"]]: (
        input: Input<Endpoint> & Context
      ) => Endpoint["~Success"]["Type"] | Refusal
    }
  } :
  never

/**
 * What carries out the operations of a resource, in the same way.
 *
 * @internal
 */
export type Carries<Operations, Context> = {
  readonly [Name in keyof Operations]: (input: OperationInput<Operations[Name]> & Context) =>
    | (Operations[Name] extends { readonly success: { readonly schema: Schema.Codec<infer Success> } } ? Success
      : never)
    | Refusal
}

type OperationInput<O> = {
  readonly params: O extends { readonly params: infer Params } ? { readonly [Name in keyof Params]: string } : never
  readonly query: TypeOf<O, "query">
  readonly payload: TypeOf<O, "payload">
}

type TypeOf<O, Part extends string> = O extends { readonly [P in Part]: { readonly Type: infer Type } } ? Type
  : undefined

type Input<Endpoint> = Endpoint extends {
  readonly "~Params": Schema.Constraint
  readonly "~Query": Schema.Constraint
  readonly "~Payload": Schema.Constraint
} ? {
    readonly params: Endpoint["~Params"]["Type"]
    readonly query: Endpoint["~Query"]["Type"]
    readonly payload: Endpoint["~Payload"]["Type"]
  } :
  never

/** @internal */
export interface Found<Operation, Context> {
  readonly operation: Operation
  /** The path parameters, percent-decoded and not checked yet. */
  readonly params: Readonly<Record<string, string | undefined>>
  readonly carryOut: (request: IncomingRequest, context: Context) => Answer | Refusal
}

interface Route<Operation, Context> {
  readonly operation: Operation
  readonly carryOut: (
    input: { readonly params: unknown; readonly query: unknown; readonly request: IncomingRequest },
    context: Context
  ) => Answer | Refusal
}

/**
 * Derives method, path, validation and encoding of every endpoint from the declaration.
 *
 * @internal
 */
export const makeRoutes = <Operation extends string, Context>(
  api: HttpApi.HttpApi<any, any>,
  // The type of the caller's behaviours has checked them; here they are found by name.
  behaviours: { readonly [group: string]: { readonly [name: string]: (input: any) => unknown } },
  /** Whether its body may be left out, then taken for `{}`; an endpoint cannot say that. */
  isBodyOptional: (operation: Operation) => boolean = () => false
): (method: string, url: string) => Found<Operation, Context> | Refusal => {
  const router = FindMyWay.make<Route<Operation, Context>>({
    caseSensitive: true,
    ignoreTrailingSlash: false,
    ignoreDuplicateSlashes: false,
    maxParamLength: Number.POSITIVE_INFINITY
  })
  const methods = new Set<string>()

  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint, group, successes }) => {
      // Reflection knows the names only as any text.
      const operation = `${group.identifier}.${endpoint.identifier}` as Operation
      const behaviour = behaviours[group.identifier]![endpoint.identifier]!
      const [[status, [success]]] = Array.from(successes) as [[number, readonly [Schema.Top]]]
      const payload = Array.from(endpoint.payload.values())[0]?.schemas[0]
      const decodeParams = decoder(endpoint.params)
      const decodeQuery = decoder(endpoint.query)
      const decodePayload = payload && decoder(payload)
      const encode = encoder(success)
      const bodyOptional = isBodyOptional(operation)

      methods.add(endpoint.method)
      router.on(endpoint.method, endpoint.path as `/${string}`, {
        operation,
        carryOut: (input, context) => {
          const params = decodeParams(input.params)
          if (params instanceof Refusal) return params
          const query = decodeQuery(input.query)
          if (query instanceof Refusal) return query
          let body: unknown = undefined
          if (decodePayload !== undefined) {
            body = bodyOptional && isEmpty(input.request.body) ? {} : readJson(input.request)
            if (body instanceof Refusal) return body
            body = decodePayload(body)
            if (body instanceof Refusal) return body
          }
          const result = behaviour({ params, query, payload: body, ...context })
          return result instanceof Refusal ? result : answer(status, jsonHeaders, encode(result))
        }
      })
    }
  })

  return (method, url) => {
    // The router would take a semicolon for the beginning of the query.
    const target = url.includes(";") ? url.replaceAll(";", "%3B") : url
    const found = router.find(method, target)
    if (found === undefined) {
      const allowed = Array.from(methods).filter((other) => router.find(other, target) !== undefined)
      return allowed.length === 0 ? notFound : methodNotAllowed(allowed)
    }
    const { handler, params, searchParams } = found
    return {
      operation: handler.operation,
      params,
      carryOut: (request, context) => handler.carryOut({ params, query: searchParams, request }, context)
    }
  }
}

const decoder = (schema: Schema.Top | undefined): (input: unknown) => unknown => {
  if (schema === undefined) return () => undefined
  // No endpoint of ours needs a service to decode, which the widened type cannot know.
  const decode = Schema.decodeUnknownResult(schema as any as Schema.ConstraintDecoder<unknown>, { errors: "all" })
  return (input) => {
    const decoded = decode(input)
    return Result.isSuccess(decoded) ? decoded.success : badRequests(titles(decoded.failure.issue))
  }
}

const formatIssue = SchemaIssue.makeFormatterStandardSchemaV1()

const titles = (issue: SchemaIssue.Issue): Array<string> =>
  formatIssue(issue).issues.map(({ message, path }) =>
    path === undefined || path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`
  )

/** What is answered again unchanged, such as a user that nobody updated, is encoded once. */
const encoder = (schema: Schema.Top): (value: unknown) => Uint8Array => {
  const encode = Schema.encodeUnknownSync(schema as any as Schema.ConstraintEncoder<unknown>)
  const utf8 = new TextEncoder()
  const known = new WeakMap<object, Uint8Array>()
  return (value) => {
    let bytes = known.get(value as object)
    if (bytes === undefined) {
      bytes = utf8.encode(JSON.stringify(encode(value)))
      known.set(value as object, bytes)
    }
    return bytes
  }
}

const isEmpty = (body: Uint8Array | undefined) => body === undefined || body.length === 0

const readJson = (request: IncomingRequest): unknown => {
  if (request.body === undefined || isEmpty(request.body)) return badRequest("body: Missing")
  if (!/^application\/json\s*(;|$)/iu.test(headerOf(request, "content-type") ?? "")) {
    return badRequest("content-type: Expected application/json")
  }
  return Result.getOrElse<unknown, string, Refusal>(parseJson(request.body), (title) => badRequest(`body: ${title}`))
}
