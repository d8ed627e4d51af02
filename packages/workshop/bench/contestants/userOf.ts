import type { Found } from "../calls.ts"

/** What a program without a client throws when it is not answered with a user. */
export class UnexpectedStatus extends Error {
  readonly status: number
  readonly body: unknown

  constructor(status: number, body: unknown) {
    super(`answered with ${status}`)
    this.status = status
    this.body = body
  }
}

export const userOf = (status: number, text: string): Found => {
  const body = JSON.parse(text)
  if (status !== 200 && status !== 201) throw new UnexpectedStatus(status, body)
  return body.user
}

export const isMissing = (error: unknown): boolean => error instanceof UnexpectedStatus && error.status === 404
