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

/** @internal */
export const headerOf = (request: IncomingRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === "string" || value === undefined ? value : value.join(", ")
}
