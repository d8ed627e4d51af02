import type * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaParser from "effect/SchemaParser"
import type { InvalidInput } from "../SunshineError.ts"
import { invalidInput } from "./invalidInput.ts"
import * as Json from "./json.ts"
import type { Answer, WireRequest } from "./wire.ts"

type PartOf<Schema extends Schema.Constraint, Key extends string> = [Schema] extends [never] ? unknown
  : { readonly [K in Key]: Schema["Type"] }

/** What the interpreter reads of a declared endpoint, whatever its types. */
interface Declared extends HttpApiEndpoint.ConstraintRequest {
  readonly method: string
  readonly path: string
  readonly params: Schema.Top | undefined
  readonly query: Schema.Top | undefined
  readonly payload: HttpApiEndpoint.PayloadMap
  readonly success: ReadonlySet<Schema.Top>
}

/**
 * What a declared endpoint takes: each part only where it is declared.
 *
 * @internal
 */
export type Input<E extends HttpApiEndpoint.ConstraintRequest> =
  & PartOf<HttpApiEndpoint.Params<E>, "params">
  & PartOf<HttpApiEndpoint.Query<E>, "query">
  & PartOf<HttpApiEndpoint.Payload<E>, "payload">

/** @internal */
export interface Compiled<Input, Success> {
  readonly encode: (input: Input) => Result.Result<WireRequest, InvalidInput>
  /** The declared success, `undefined` when the answer is anything else. */
  readonly decode: (answer: Answer) => Success | undefined
  readonly isSuccess: (status: number) => boolean
}

const strict = { errors: "all" } as const

/**
 * Reads a declared endpoint once, and gives what a call of it needs: a small interpreter of the declaration, because the
 * derived `HttpApiClient` costs twice as much per call. `payload` stands in for the declared schema of the body.
 *
 * @internal
 */
export const compile = <E extends Declared>(
  endpoint: E,
  payload?: Schema.Top
): Compiled<Input<E>, HttpApiEndpoint.Success<E>["Type"]> => {
  const fill = pathOf(endpoint.path)
  const encodeParams = encoder(endpoint.params)
  const encodeQuery = encoder(endpoint.query)
  const encodeBody = encoder(payload ?? endpoint.payload.get("application/json")?.schemas[0])
  const [success] = endpoint.success
  const successStatus = statusOf(success!)
  // Declared endpoints need no services: their schemas are pure codecs.
  const decodeSuccess = Schema.decodeUnknownResult(success as Schema.Codec<unknown>)

  return {
    encode: (input) => {
      // The parts that are there depend on the endpoint, and its type has checked them.
      const { params, payload, query } = input as { params?: unknown; query?: unknown; payload?: unknown }
      const encodedParams = encodeParams(params)
      if (Result.isFailure(encodedParams)) return Result.fail(invalidInput(encodedParams.failure, undefined))
      const encodedQuery = encodeQuery(query)
      if (Result.isFailure(encodedQuery)) return Result.fail(invalidInput(encodedQuery.failure, undefined))
      const encodedBody = encodeBody(payload)
      if (Result.isFailure(encodedBody)) return Result.fail(invalidInput(encodedBody.failure, undefined))
      return Result.succeed({
        method: endpoint.method,
        template: endpoint.path,
        path: fill(encodedParams.success as Record<string, string>) +
          queryOf(encodedQuery.success as Record<string, string | undefined> | undefined),
        body: encodedBody.success === undefined ? undefined : JSON.stringify(encodedBody.success)
      })
    },
    decode: (answer) => {
      if (answer.status !== successStatus || answer.tooLarge) return undefined
      const decoded = Result.flatMap(Json.parse(answer.body), decodeSuccess)
      return Result.isSuccess(decoded) ? decoded.success : undefined
    },
    isSuccess: (status) => status === successStatus
  }
}

/** Where `HttpApiSchema.status` puts it; 200 is Effect's default of a success. */
const statusOf = (schema: Schema.Top): number => {
  const status = schema.ast.context?.annotations?.["httpApiStatus"]
  return typeof status === "number" ? status : 200
}

const encoder = (schema: Schema.Top | undefined) =>
  schema === undefined
    ? () => Result.succeed(undefined)
    : SchemaParser.encodeUnknownResult(schema as Schema.Codec<unknown>, strict)

const pathOf = (template: string) => {
  const segments = template.split("/").map((segment) => segment.startsWith(":") ? { name: segment.slice(1) } : segment)
  return (params: Record<string, string>): string =>
    segments.map((segment) => typeof segment === "string" ? segment : encodeURIComponent(params[segment.name]!)).join(
      "/"
    )
}

const queryOf = (query: Record<string, string | undefined> | undefined): string => {
  if (query === undefined) return ""
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`]
  )
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`
}
