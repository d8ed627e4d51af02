import { base64Url } from "../credentials/base64.ts"

/** Twice the 128 bits that RFC 6749, 10.10 asks of what nobody may guess. */
const bytes = 32

/**
 * What ties an answer to the browser that asked. The platform's randomness, because `Random` can be guessed.
 *
 * @internal
 */
export const makeState = (crypto: Pick<Crypto, "getRandomValues">): string =>
  base64Url(crypto.getRandomValues(new Uint8Array(bytes)))

/**
 * Whether both are the same text. How long it takes depends on their lengths, and not on where they differ.
 *
 * @internal
 */
export const isSameState = (kept: unknown, received: unknown): boolean => {
  // Two that are missing are not the same.
  if (typeof kept !== "string" || typeof received !== "string" || kept === "") return false
  let difference = kept.length ^ received.length
  for (let i = 0; i < kept.length; i++) difference |= kept.charCodeAt(i) ^ received.charCodeAt(i % received.length)
  return difference === 0
}
