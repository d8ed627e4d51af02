/** Text of others, made harmless: a user's name must not drive the terminal of whoever reads it. */

// Control characters, and those that change the direction of what stands around them.
const harmful = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

const named: { readonly [character: string]: string } = { "\t": "\\t", "\n": "\\n", "\r": "\\r" }

const hex = (character: string, digits: number): string => character.charCodeAt(0).toString(16).padStart(digits, "0")

/** With every character that is none to look at in the form that JavaScript has for it, such as `\x1b`; a line stays one. */
export const escaped = (text: string): string =>
  text.replace(
    harmful,
    (character) => named[character] ?? (character < "\u0100" ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`)
  )

/** JSON whose text is as harmless, and the same to whoever reads it as JSON. */
export const escapedJson = (json: string): string =>
  json.replace(harmful, (character) => /\s/.test(character) && character < " " ? character : `\\u${hex(character, 4)}`)
