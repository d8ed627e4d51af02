/** The question whether the API takes the credentials. */
import { Users } from "@sunco/client/Users"
import * as Effect from "effect/Effect"

/** Looks for a user who cannot be: reads nothing of anybody, changes nothing, and fails as any other call would. */
export const reachesApi = Effect.gen(function*() {
  const users = yield* Users
  yield* users.listByEmail("nobody@sunco.invalid", { retry: "never" })
})

/** What it says when it fails, without a call that nobody knows of, and how often it was made. */
export const withoutCall = (message: string): string =>
  message.replace(/^Users\.listByEmail: /, "").replace(/; \d+ attempts?, stopped: [\w-]+/, "")
