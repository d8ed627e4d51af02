/** What is told of an answer: its status and the codes of its errors. Nothing else of it leaves this process. */
import type { SunshineError } from "@sunco/client/SunshineError"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"

export interface Told {
  readonly status: number
  readonly codes: ReadonlyArray<string>
}

/** Such as `404 user_not_found`. */
export const format = ({ codes, status }: Told): string => [status, ...codes].join(" ")

/** The codes of an error envelope; one that does not look like a code may be anything, and is left out. */
export const codesIn = (body: unknown): ReadonlyArray<string> =>
  Predicate.hasProperty(body, "errors") && Array.isArray(body.errors)
    ? Array.from(
      new Set(
        body.errors.flatMap((error: unknown) =>
          Predicate.hasProperty(error, "code") && Predicate.isString(error.code) && isCode(error.code)
            ? [error.code]
            : []
        )
      )
    ).slice(0, 3)
    : []

const isCode = (text: string): boolean => /^[a-z][a-z_]{2,63}$/.test(text)

/** What the vendor answered where a call failed; nothing, where there was no answer. */
export const toldBy = ({ reason, response }: SunshineError): Told | undefined =>
  response === undefined
    ? undefined
    : { status: Redacted.value(response).status, codes: "errors" in reason ? codesIn(reason) : [] }

/** Why an answer settles nothing about what was asked; nothing, where it does. */
export const whyUntold = (told: Told): string | undefined => {
  const { status } = told
  return status === 401 || status === 403
    ? `the credentials do not reach it (${format(told)})`
    : status === 429
    ? "there were too many requests (429)"
    : status >= 500 || status === 408
    ? `the vendor failed (${format(told)})`
    : undefined
}
