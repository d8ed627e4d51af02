import { transportCode } from "./transportCode.ts"
import type { Outcome } from "./wire.ts"

/**
 * - `unapplied`: the write certainly did not happen
 * - `answered`: a whole answer that settles it
 * - `ambiguous`: nobody knows
 *
 * @internal
 */
export type Ending = "unapplied" | "answered" | "ambiguous"

/** No connection came about, so nothing was sent; the next attempt may find another state of affairs. */
const notConnected = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT"
])

/**
 * The certificate does not verify, which Node finds before it sends anything and which no repetition mends. A handshake
 * that is cut looks like a reset after sending, so the rest of TLS trouble is ambiguous.
 *
 * From Node's list of X509 certificate error codes.
 */
const notVerified = new Set([
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_CRL",
  "UNABLE_TO_DECRYPT_CERT_SIGNATURE",
  "UNABLE_TO_DECRYPT_CRL_SIGNATURE",
  "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
  "CERT_SIGNATURE_FAILURE",
  "CRL_SIGNATURE_FAILURE",
  "CERT_NOT_YET_VALID",
  "CERT_HAS_EXPIRED",
  "CRL_NOT_YET_VALID",
  "CRL_HAS_EXPIRED",
  "ERROR_IN_CERT_NOT_BEFORE_FIELD",
  "ERROR_IN_CERT_NOT_AFTER_FIELD",
  "ERROR_IN_CRL_LAST_UPDATE_FIELD",
  "ERROR_IN_CRL_NEXT_UPDATE_FIELD",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_CHAIN_TOO_LONG",
  "CERT_REVOKED",
  "INVALID_CA",
  "PATH_LENGTH_EXCEEDED",
  "INVALID_PURPOSE",
  "CERT_UNTRUSTED",
  "CERT_REJECTED",
  "HOSTNAME_MISMATCH",
  "ERR_TLS_CERT_ALTNAME_INVALID"
])

/**
 * By what happened, not by the tag that a transport gives it: a cut body arrives from `HttpClient` as a decode error.
 *
 * @internal
 */
export const ending = (outcome: Outcome): Ending => {
  switch (outcome._tag) {
    case "Answer":
      return endingOfStatus(outcome.status)
    case "OutOfTime":
      return "ambiguous"
    case "Lost": {
      // The status line of a 401 or a 429 says all that is needed, whatever became of the body.
      if (outcome.response !== undefined) {
        return endingOfStatus(outcome.response.status) === "unapplied" ? "unapplied" : "ambiguous"
      }
      const code = transportCode(outcome.cause)
      return code !== undefined && (notConnected.has(code) || notVerified.has(code)) ? "unapplied" : "ambiguous"
    }
  }
}

const endingOfStatus = (status: number): Ending =>
  status === 401 || status === 429 ? "unapplied" : status === 408 || status >= 500 ? "ambiguous" : "answered"

/**
 * Whether an attempt that did not settle the call is worth another one.
 *
 * @internal
 */
export const isTransient = (outcome: Outcome): boolean => {
  switch (outcome._tag) {
    case "Answer":
      return outcome.status !== 401
    case "OutOfTime":
      return true
    case "Lost": {
      if (outcome.response !== undefined) return outcome.response.status !== 401
      const code = transportCode(outcome.cause)
      return code === undefined || !notVerified.has(code)
    }
  }
}
