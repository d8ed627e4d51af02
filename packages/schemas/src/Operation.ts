/**
 * An operation of the API as plain data: what its method in the client, its route in the emulator, its endpoint of
 * `SunshineApi` and the tests that hold for every operation are made of.
 *
 * @since 0.1.0
 */
import type * as Schema from "effect/Schema"

/**
 * What a key may reach: its integration, its app, or its account.
 *
 * @see OpenAPI 17.12.1, the authentication section
 * @category models
 * @since 0.1.0
 */
export type Scope = "integration" | "app" | "account"

/**
 * How the vendor says that an outcome of the domain came about: a status, and the codes of the error envelope.
 *
 * @category models
 * @since 0.1.0
 */
export interface Failure {
  readonly status: number
  /** Any code when absent; an answer without an error envelope never counts. */
  readonly codes?: ReadonlyArray<string>
}

/**
 * Limits that are an operation's own, where those of the client do not fit it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Limits {
  /** Milliseconds of one attempt; `"none"` leaves it to `idleMillis` and to the deadline. */
  readonly attemptMillis?: number | "none"
  /** Milliseconds without a byte in either direction after which an attempt to send a form is given up. */
  readonly idleMillis?: number
  /** Milliseconds of the whole call. */
  readonly deadlineMillis?: number
  /** The largest body that is sent, in bytes. */
  readonly requestBytes?: number
  /** The largest body that is read, in bytes after decompression. */
  readonly responseBytes?: number
}

/**
 * One operation: what goes where, what comes back, and what its failures mean.
 *
 * @category models
 * @since 0.1.0
 */
export interface Operation {
  /** The vendor's operationId. */
  readonly operationId: string
  readonly method: "GET" | "POST" | "PATCH" | "DELETE"
  /** With `:name` for each of `params`. */
  readonly path: `/${string}`
  readonly params: { readonly [name: string]: Schema.Codec<string> }
  /** Encodes to the parameters of the query. */
  readonly query?: Schema.Codec<unknown, { readonly [name: string]: string | undefined }>
  readonly payload?: Schema.Codec<unknown>
  /** The vendor takes a request without a body for one whose body is `{}`. */
  readonly bodyOptional?: true
  /** How the payload is sent, whose fields are then texts and `FilePart`s; JSON when absent. */
  readonly body?: "multipart"
  /** Which credentials are sent: none, or no others than bearer tokens; any when absent. */
  readonly auth?: "none" | "bearer"
  /** The keys that may call it; a key of another kind gets 403. */
  readonly scopes: ReadonlyArray<Scope>
  readonly success: { readonly status: number; readonly schema: Schema.Codec<unknown> }
  /** The outcomes of the domain by the tag of the client's error: how the vendor is understood, documented or not. */
  readonly failures?: { readonly [tag: string]: Failure }
  /** The failing statuses that the vendor's document has for it; the body is the error envelope. */
  readonly statuses?: ReadonlyArray<number>
  readonly limits?: Limits
}

/**
 * The operations of a resource, by the names of their methods.
 *
 * @category models
 * @since 0.1.0
 */
export interface Operations {
  readonly [name: string]: Operation
}
