/**
 * What the emulator saw of a request and made of it, for assertions.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Fault } from "./Fault.ts"
import { Operation } from "./Operation.ts"

/**
 * A request in the order of arrival.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeenRequest {
  readonly method: string
  /** The path as it was sent, still percent-encoded, without the query. */
  readonly path: string
  /** The query parameters, decoded and without secrets; an array where a name occurs more than once. */
  readonly query: { readonly [name: string]: string | ReadonlyArray<string> }
  /**
   * By name in lower case, without secrets: `authorization` keeps its scheme and the id of the key, or header and claims of a
   * JWT; of cookies, keys, tokens and the like, also in a URL, only `<redacted>` is there.
   */
  readonly headers: { readonly [name: string]: string }
  /**
   * The parsed JSON, the text where it is none, absent without a body. What is over 100 kB is cut off. Of keys, tokens, secrets and the
   * like, by their names and in URLs, only `<redacted>` is there, but for what is in `metadata`, `content` and `override`; text to OAuth,
   * integrations and keys is `<redacted>` as a whole.
   */
  readonly body?: Schema.Json
  /** Milliseconds since 1970 by the Clock of the emulator. */
  readonly receivedAt: number
  /** Absent when nothing answers to this method and path. */
  readonly operation?: Operation
  readonly appId?: string
  /** How the caller proved who it is; absent when it did not, or before it was asked. */
  readonly authentication?: "basic" | "jwt" | "accessToken"
  /** The API key of Basic and JWT. */
  readonly keyId?: string
  /** Absent while nothing is answered yet, and for good when the connection was cut. */
  readonly status?: number
  /** Why it was refused, as the answer says; at most ten, and absent where it was not refused. */
  readonly titles?: ReadonlyArray<string>
  /** Whether the operation was carried out and succeeded, whatever became of its answer. */
  readonly applied: boolean
  readonly fault?: Fault
}

/**
 * Schema of {@link SeenRequest}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeenRequest: Schema.Codec<SeenRequest> = Schema.Struct({
  method: Schema.String,
  path: Schema.String,
  query: Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Array(Schema.String)])),
  headers: Schema.Record(Schema.String, Schema.String),
  body: Schema.optionalKey(Schema.Json),
  receivedAt: Schema.Finite,
  operation: Schema.optionalKey(Operation),
  appId: Schema.optionalKey(Schema.String),
  authentication: Schema.optionalKey(Schema.Literals(["basic", "jwt", "accessToken"])),
  keyId: Schema.optionalKey(Schema.String),
  status: Schema.optionalKey(Schema.Int),
  titles: Schema.optionalKey(Schema.Array(Schema.String)),
  applied: Schema.Boolean,
  fault: Schema.optionalKey(Fault)
}).annotate({ identifier: "SeenRequest", description: "A request that the emulator saw." })
