/** The secrets that this process sends, so that nothing that it prints repeats them: a server may say in an error what it was sent. */

/** A shorter one would be found in words that have nothing to do with it. */
const shortest = 4

const used = new Set<string>()

/** Keeps a secret, and the forms in which it is sent. */
export const remember = (secret: string, keyId?: string): void => {
  const forms = keyId === undefined ? [secret] : [secret, Buffer.from(`${keyId}:${secret}`).toString("base64")]
  for (const form of forms.flatMap((form) => [form, encodeURIComponent(form)])) {
    if (form.length >= shortest) used.add(form)
  }
}

/** The text without them. */
export const masked = (text: string): string =>
  Array.from(used).sort((one, other) => other.length - one.length).reduce(
    (said, secret) => said.replaceAll(secret, "<redacted>"),
    text
  )
