/**
 * Text or bytes in base64, by the platform: Effect's own encoder would weigh on every bundle.
 *
 * @internal
 */
export const base64 = (content: string | Uint8Array): string => {
  let binary = ""
  for (const byte of typeof content === "string" ? new TextEncoder().encode(content) : content) {
    binary += String.fromCharCode(byte)
  }
  return btoa(binary)
}

const inUrls: { readonly [letter: string]: string } = { "+": "-", "/": "_", "=": "" }

/**
 * The same without what a URL or a token cannot carry.
 *
 * @internal
 */
export const base64Url = (content: string | Uint8Array): string =>
  base64(content).replace(/[+/=]/g, (letter) => inUrls[letter] ?? letter)
