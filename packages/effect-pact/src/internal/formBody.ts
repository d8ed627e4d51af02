/** A form as the bytes in which it is sent. */
import type { Form } from "../Interaction.ts"

/** The same for the same form, so that a contract that is written again is the same file. */
export const fromForm = (form: Form): { readonly boundary: string; readonly bytes: Buffer } => {
  const parts = Object.entries(form).map(([name, { base64, contentType, fileName }]) => ({
    headers: `Content-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: ${contentType}`,
    data: Buffer.from(base64, "base64")
  }))
  let boundary = "effect-pact"
  while (parts.some(({ data }) => data.includes(boundary))) boundary += "-"
  return {
    boundary,
    bytes: Buffer.concat([
      ...parts.flatMap(({ data, headers }) => [
        Buffer.from(`--${boundary}\r\n${headers}\r\n\r\n`),
        data,
        Buffer.from("\r\n")
      ]),
      Buffer.from(`--${boundary}--\r\n`)
    ])
  }
}

/** Nothing of it would break out of the header of a part. */
const isQuotable = (text: string): boolean => /^[^"\r\n]+$/.test(text) && text.isWellFormed()

const isBase64 = (text: string): boolean => Buffer.from(text, "base64").toString("base64") === text

/** What is wrong with a form, by its parts. */
export const problems = (form: Form): ReadonlyArray<string> =>
  Object.entries(form).flatMap(([name, { base64, contentType, fileName }]) => [
    ...(isQuotable(name) ? [] : [`request: ${JSON.stringify(name)} is no name of a part`]),
    ...(isQuotable(fileName) ? [] : [`request: ${JSON.stringify(fileName)} is no name of a file`]),
    ...(/^[^\s/;]+\/[^\s/;]+(;[^\r\n]*)?$/.test(contentType)
      ? []
      : [`request: ${JSON.stringify(contentType)} is no type of a file`]),
    ...(isBase64(base64) ? [] : [`request: what is in the part ${JSON.stringify(name)} is no Base64`])
  ])
