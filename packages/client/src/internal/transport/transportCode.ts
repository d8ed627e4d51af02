import { findCause, textAt } from "./causeChain.ts"

/** What a transport calls a code may be any text, and codes are printed. */
const looksLikeCode = /^[\w.-]{1,64}$/

/**
 * The platform's code of a transport failure (`ECONNRESET`, `UND_ERR_SOCKET`), wherever the transport hid it.
 *
 * @internal
 */
export const transportCode = (cause: unknown): string | undefined => {
  const code = findCause(cause, (link) => textAt(link, "code"))
  return code !== undefined && looksLikeCode.test(code) ? code : undefined
}
