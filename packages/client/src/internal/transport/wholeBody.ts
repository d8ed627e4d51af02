import type { HttpClientResponse } from "effect/http/HttpClientResponse"

/**
 * What a response of this package's transport has beside `HttpClientResponse`: its body, which was read before it was handed
 * on. Found by name, so that a bundle with another transport has nothing of this one's.
 *
 * @internal
 */
export const WholeBody = Symbol.for("@sunco/client/internal/WholeBody")

/** @internal */
export interface WholeBody {
  readonly text: string
  /** The body was larger than `HttpIncomingMessage.MaxBodySize`, and what is here is its beginning. */
  readonly tooLarge: boolean
  /** Nothing but the end of the stream said where it ends. */
  readonly unframed: boolean
}

/** @internal */
export const wholeBody = (response: HttpClientResponse): WholeBody | undefined =>
  WholeBody in response ? (response as HttpClientResponse & { readonly [WholeBody]: WholeBody })[WholeBody] : undefined
