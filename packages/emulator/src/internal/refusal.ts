import { type ErrorEntry } from "@sunco/schemas/ErrorEnvelope"
import { type Answer, json } from "./delivery.ts"

/**
 * An answer that is an error of the vendor's envelope.
 *
 * Codes and titles are the vendor's where its document has an example (401 of the introduction; `forbidden`,
 * `app_not_found`, `user_not_found`, `conflict`, `bad_request` of the operations). The others are assumed.
 *
 * @internal
 */
export class Refusal {
  readonly status: number
  readonly errors: ReadonlyArray<ErrorEntry>
  readonly headers: Readonly<Record<string, string>> | undefined

  constructor(status: number, errors: ReadonlyArray<ErrorEntry>, headers?: Readonly<Record<string, string>>) {
    this.status = status
    this.errors = errors
    this.headers = headers
  }

  get answer(): Answer {
    const answer = json(this.status, { errors: this.errors })
    return this.headers === undefined ? answer : { ...answer, headers: { ...answer.headers, ...this.headers } }
  }
}

const refusal = (status: number, code: string, title: string) => new Refusal(status, [{ code, title }])

/** @internal */
export const badRequest = (...titles: ReadonlyArray<string>) => badRequests(titles)

/**
 * More of them than a hundred nobody reads.
 *
 * @internal
 */
export const badRequests = (titles: ReadonlyArray<string>) =>
  new Refusal(400, titles.slice(0, 100).map((title) => ({ code: "bad_request", title })))

/** @internal */
export const unauthorized = refusal(401, "unauthorized", "Authorization is required")

/** @internal */
export const forbidden = refusal(403, "forbidden", "Forbidden")

/** @internal */
export const appNotFound = refusal(404, "app_not_found", "App not found")

/** @internal */
export const userNotFound = refusal(404, "user_not_found", "User not found")

/** @internal */
export const conversationNotFound = refusal(404, "conversation_not_found", "Conversation not found")

/** @internal */
export const messageNotFound = refusal(404, "message_not_found", "Message not found")

/** @internal */
export const integrationNotFound = refusal(404, "integration_not_found", "Integration not found")

/** @internal */
export const keyNotFound = refusal(404, "key_not_found", "Key not found")

/** @internal */
export const clientNotFound = refusal(404, "client_not_found", "Client not found")

/** @internal */
export const deviceNotFound = refusal(404, "device_not_found", "Device not found")

/** @internal */
export const switchboardNotFound = refusal(404, "switchboard_not_found", "Switchboard not found")

/** @internal */
export const switchboardIntegrationNotFound = refusal(
  404,
  "switchboard_integration_not_found",
  "SwitchboardIntegration not found"
)

/**
 * A title of the vendor's that stands where an integration is not found.
 *
 * @internal
 */
export const noDefaultSwitchboardIntegration = refusal(
  404,
  "switchboard_integration_not_found",
  "Enabled switchboard must have an associated default switchboardIntegration"
)

/** @internal */
export const onlyOneSwitchboard = badRequest("Only one switchboard can be created per app")

/** @internal */
export const tooManySwitchboardIntegrations = (limit: number) =>
  refusal(
    400,
    "too_many_switchboard_integrations",
    `Switchboard has reached the max number of switchboard integrations (${limit})`
  )

/**
 * Of a change of control that an event tells of in the same words.
 *
 * @internal
 */
export const failedControl = ({ code, message }: { readonly code: string; readonly message: string }) =>
  refusal(400, code, message)

/** @internal */
export const notPending = badRequest("clientId: Expected a client that is pending")

/** @internal */
export const attachmentNotFound = refusal(404, "not_found", "Attachment not found")

/** @internal */
export const notAMember = refusal(404, "not_found", "User is not a member of the conversation")

/**
 * What a list of messages says of a conversation that is not there, and a read of a key of one that is not.
 *
 * @internal
 */
export const resourceNotFound = refusal(404, "not_found", "Resource not found")

/** @internal */
export const notFound = refusal(404, "not_found", "Not found")

/** @internal */
export const methodNotAllowed = (allowed: ReadonlyArray<string>) =>
  new Refusal(405, [{ code: "method_not_allowed", title: "Method not allowed" }], { allow: allowed.join(", ") })

/** @internal */
export const userAlreadyExists = refusal(409, "conflict", "User already exists")

/** @internal */
export const tooManyParticipants = badRequest("Too many participants")

/** @internal */
export const planExceeded = refusal(
  402,
  "payment_required",
  "Your account has reached the maximum number of apps for your subscription plan"
)

/** @internal */
export const foreignServiceAccount = refusal(
  403,
  "forbidden",
  "The serviceAccountId provided does not match supplied credentials"
)

/** @internal */
export const sdkClientStays = badRequest("Cannot remove a client of type 'sdk'")

/** @internal */
export const messageLimitReached = (limit: number) =>
  refusal(423, "locked", `Message limit of ${limit} per conversation reached.`)

/** @internal */
export const payloadTooLarge = (limit: number) =>
  refusal(413, "payload_too_large", `Request body is larger than ${sizeText(limit)}`)

/**
 * What the machine has room for, and not the vendor.
 *
 * @internal
 */
export const tooManyFiles = (limit: number) =>
  refusal(413, "payload_too_large", `The emulator keeps no more than ${sizeText(limit)} of files in an app`)

const sizeText = (bytes: number) =>
  bytes % 1_048_576 === 0 ? `${bytes / 1_048_576}mb` : bytes % 1024 === 0 ? `${bytes / 1024}kb` : `${bytes} bytes`

/**
 * What a request gets that the emulator itself failed on. The defect is said, because it is one of the emulator or of what a
 * test has put into it, such as a user that is no JSON.
 *
 * @internal
 */
export const failedOn = (defect: unknown) =>
  refusal(500, "internal_server_error", `The emulator failed: ${defect instanceof Error ? defect.message : "a defect"}`)

const codes: { readonly [status: number]: string } = {
  400: "bad_request",
  401: "unauthorized",
  402: "payment_required",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
  408: "request_timeout",
  409: "conflict",
  413: "payload_too_large",
  415: "unsupported_media_type",
  423: "locked",
  429: "too_many_requests",
  500: "internal_server_error",
  502: "bad_gateway",
  503: "service_unavailable",
  504: "gateway_timeout"
}

/**
 * The error that usually comes with a status, for answers that are made to order.
 *
 * @internal
 */
export const usualError = (status: number): { readonly code: string; readonly title: string } => {
  const code = codes[status] ?? (status >= 500 ? "internal_server_error" : "bad_request")
  return { code, title: code.charAt(0).toUpperCase() + code.slice(1).replaceAll("_", " ") }
}
