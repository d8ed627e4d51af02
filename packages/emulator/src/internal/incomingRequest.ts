/**
 * A request as either adapter hands it over, whole.
 *
 * @internal
 */
export interface IncomingRequest {
  readonly method: string
  /** Path and query as they were sent. */
  readonly url: string
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: Uint8Array | undefined
}

/**
 * What is known of a request before its body.
 *
 * @internal
 */
export type RequestHead = Omit<IncomingRequest, "body">

/** @internal */
export const headerOf = (request: RequestHead, name: string): string | undefined => {
  const value = request.headers[name]
  if (typeof value === "string") return value
  // Not whatever is no string: a name such as `constructor` finds what every object inherits.
  return Array.isArray(value) ? value.join(", ") : undefined
}
