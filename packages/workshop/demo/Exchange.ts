import type { SeenRequest } from "@sunco/emulator/SeenRequest"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"

/** A request and how it ended, as it is shown: without the secret, and without what all URLs have in common. */
export interface Exchange {
  readonly method: string
  /** Path and query, decoded, below `/v2/apps/{appId}`; the vendor's ids without what all have in common. */
  readonly target: string
  /** The scheme only. */
  readonly authorization: string
  readonly body?: unknown
  /** Absent when no answer came. */
  readonly status?: number
  readonly note?: string
  /** Milliseconds since 1970. */
  readonly at: number
}

export const fromEmulator = (seen: SeenRequest): Exchange => ({
  method: seen.method,
  target: target(seen.path, Object.entries(seen.query)),
  authorization: redacted(seen.headers["authorization"]),
  at: seen.receivedAt,
  ...(seen.body === undefined ? undefined : { body: isForm(seen.headers["content-type"]) ? form : seen.body }),
  ...(seen.status === undefined ? undefined : { status: seen.status }),
  ...noted(faultNote(seen))
})

export const fromRequest = (
  request: HttpClientRequest.HttpClientRequest,
  at: number,
  ending: { readonly status?: number; readonly note?: string | undefined }
): Exchange => {
  const { pathname, searchParams } = new URL(request.url)
  const { body } = request
  return {
    method: request.method,
    target: target(pathname, [...searchParams]),
    authorization: redacted(request.headers["authorization"]),
    at,
    ...(body._tag === "Uint8Array"
      ? { body: isForm(body.contentType) ? form : JSON.parse(new TextDecoder().decode(body.body)) }
      : undefined),
    ...(ending.status === undefined ? undefined : { status: ending.status }),
    ...noted(ending.note)
  }
}

/** It is mostly bytes, of which nobody reads anything. */
const form = "a form with a file"

const isForm = (contentType = ""): boolean => contentType.startsWith("multipart/")

export const retryAfterNote = (retryAfter: string | number) => `Retry-After: ${retryAfter}`

const faultNote = ({ applied, fault, status }: SeenRequest): string | undefined => {
  if (fault?._tag === "RateLimited" && fault.retryAfter !== undefined) return retryAfterNote(fault.retryAfter)
  return status === undefined ? `cut ${applied ? "after" : "before"} it was applied` : undefined
}

const noted = (note: string | undefined) => (note === undefined ? undefined : { note })

const target = (path: string, query: ReadonlyArray<readonly [string, unknown]>): string => {
  const search = query.map(([name, value]) => `${name}=${String(value)}`).join("&")
  const whole = decodeURIComponent(path.replace(/^.*?\/v2\/apps\/[^/]+/, "…")) + (search === "" ? "" : `?${search}`)
  // The vendor's ids differ in their ends.
  return whole.replace(/\b[0-9a-f]{20}(?=[0-9a-f]{4}\b)/g, "…")
}

const redacted = (authorization = "none"): string => authorization.replace(/ .*/s, " <redacted>")
