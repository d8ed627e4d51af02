import { findCause, textAt } from "./causeChain.ts"
import { proxyRefusal } from "./proxyFailure.ts"

/** Node names the call that failed. Resolving and connecting come before sending, and `read` of the same code does not. */
const beforeSending = /^(getaddrinfo|getnameinfo|query\w*|socket|bind|connect)$/

/** What comes of resolving and connecting alone, where nothing names the call. */
const notConnected = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_CLOSED",
  "UND_ERR_PRX_CONN",
  "UND_ERR_PRX_TLS",
  "UND_ERR_BPL_MISSING_UPSTREAM",
  "UND_ERR_MAX_ORIGINS_REACHED"
])

/**
 * The certificate does not verify, which Node finds before it sends anything and which no repetition mends.
 *
 * From Node's list of X509 certificate error codes.
 */
const notVerified =
  /^(UNABLE_TO_(GET_(ISSUER_CERT|CRL)|DE(CRYPT|CODE)_|VERIFY_LEAF_)|C(ERT|RL)_[A-Z_]+$|ERROR_IN_C(ERT|RL)_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_(CA|PURPOSE)$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$|ERR_TLS_CERT_ALTNAME_INVALID$)/

const refusedStream = 7

const goneAway = /^HTTP\/2: "GOAWAY" frame received with code \d+$/

/**
 * Whether the server says that it processed nothing of a stream: one that it refused, or one beyond the last that its GOAWAY
 * names. The words are undici's.
 *
 * @see RFC 9113, 8.7
 * @internal
 */
export const isUnprocessed = (link: object): boolean =>
  Reflect.get(link, "http2ErrorCode") === refusedStream || goneAway.test(textAt(link, "message") ?? "")

/** Of Node's, whose code (`ECONNRESET`) is that of a reset after sending too. */
const handshakeCut = "Client network socket disconnected before secure TLS connection was established"

/**
 * Whether the failure itself says that it came before sending, or that nothing was made of what was sent. The rest of TLS trouble may come after the handshake, and
 * only a transport that tells what it sent can tell it apart.
 *
 * @internal
 */
export const isBeforeSending = (cause: unknown): boolean =>
  findCause(cause, (link) => {
    const syscall = textAt(link, "syscall")
    if (syscall !== undefined) return beforeSending.test(syscall)
    const errors: unknown = Reflect.get(link, "errors")
    if (Array.isArray(errors) && errors.length > 0) return errors.every(isBeforeSending)
    if (isUnprocessed(link) || proxyRefusal(link) !== undefined || textAt(link, "message") === handshakeCut) return true
    const code = textAt(link, "code")
    return code === undefined
      ? undefined
      : notConnected.has(code) || notVerified.test(code) || code.startsWith("UND_ERR_SOCKS5")
  }) ?? false

/** A dispatcher that is closed stays closed, and what it refuses to send it refuses again. */
const closedOrRefused = new Set(["UND_ERR_CLOSED", "UND_ERR_DESTROYED", "UND_ERR_INVALID_ARG", "UND_ERR_NOT_SUPPORTED"])

/**
 * Whether the next attempt will fail in the same way.
 *
 * @internal
 */
export const isPermanent = (cause: unknown): boolean =>
  findCause(cause, (link) => {
    const status = proxyRefusal(link)
    // A proxy that is overloaded, or cannot reach the host, may do better later; credentials and rules stay what they are.
    if (status !== undefined) return status < 500 && status !== 408 && status !== 429
    const code = textAt(link, "code")
    return code === undefined ? undefined : notVerified.test(code) || closedOrRefused.has(code)
  }) ?? false
