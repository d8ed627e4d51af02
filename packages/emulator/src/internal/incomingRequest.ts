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
  /** By what it was sent to, where there was no socket. */
  readonly origin?: string | undefined
}

/**
 * What is known of a request before its body.
 *
 * @internal
 */
export type RequestHead = Omit<IncomingRequest, "body">

/**
 * As the caller reached the emulator, which behind a forwarded port is another one than it listens on.
 *
 * @internal
 */
export const originOf = (request: RequestHead): string => {
  const host = headerOf(request, "host")
  return host === undefined ? request.origin ?? "http://localhost" : `http://${host}`
}

/** @internal */
export const headerOf = (request: RequestHead, name: string): string | undefined => {
  const value = request.headers[name]
  if (typeof value === "string") return value
  // Not whatever is no string: a name such as `constructor` finds what every object inherits.
  return Array.isArray(value) ? value.join(", ") : undefined
}
