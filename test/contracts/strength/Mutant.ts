/** A provider that is broken in one way. */
import type { Operation } from "@sunco/emulator/Operation"
import type * as Schema from "effect/Schema"

export interface Request {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE"
  /** Percent-encoded. */
  readonly path: string
  readonly query: { readonly [name: string]: string }
  readonly authorization: string
  readonly body: Schema.Json | undefined
  /** In the place of a body: what is no JSON, byte for byte, and its type. */
  readonly form: { readonly contentType: string; readonly bytes: Uint8Array } | undefined
}

export interface Response {
  readonly status: number
  readonly body: Schema.Json | undefined
}

export interface Mutant {
  readonly operation: Operation
  /** What it does wrong. */
  readonly name: string
  /** What it makes of a request, or how it answers at once. */
  readonly request?: (request: Request) => Request | Response
  readonly response?: (response: Response) => Response
  /** Shows only to whoever has no valid credentials. */
  readonly isForStrangers?: boolean
}
