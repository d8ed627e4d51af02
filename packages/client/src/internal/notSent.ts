import { findCause, textAt } from "./causeChain.ts"
import { proxyRefusal } from "./proxyFailure.ts"

/** Node names the call that failed. Resolving and connecting come before sending, and `read` of the same code does not. */
const beforeSending = /^(getaddrinfo|getnameinfo|query\w*|socket|bind|connect)$/

/** What comes of resolving and connecting alone, where nothing names the call. */
const notConnected =
  /^(E(CONNREFUSED|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH)|UND_ERR_(CONNECT_TIMEOUT|PRX_.*|SOCKS5.*))$/

/**
 * The certificate does not verify, which Node finds before it sends anything and which no repetition mends.
 *
 * Node's X509 certificate error codes. An alert of the other side (`ERR_SSL_…_CERTIFICATE_…`) is none: it may come later.
 */
const notVerified = /^(?!ERR_SSL)(.+_)?C(ERT|RL)(_|$)|^(UNABLE_TO_|INVALID_(CA|PURPOSE)$|PATH_LENGTH_|HOSTNAME_)/

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
    return code && (notConnected.test(code) || notVerified.test(code))
  }) === true

/** A dispatcher that is closed stays closed, and what it refuses to send it refuses again. */
const closedOrRefused = /^UND_ERR_(CLOSED|DESTROYED|INVALID_ARG|NOT_SUPPORTED)$/

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
    return code && (notVerified.test(code) || closedOrRefused.test(code))
  }) === true
