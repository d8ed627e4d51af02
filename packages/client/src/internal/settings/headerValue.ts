/**
 * Whether a header can carry the text: visible characters, blanks and tabs, and the rest of Latin-1.
 *
 * @see RFC 9110, 5.5
 * @internal
 */
export const isHeaderValue = (text: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(text)
