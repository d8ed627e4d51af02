/** An application that needs two operations of Sunshine Conversations: it opens accounts, and greets their holders. */
import { Users } from "@sunco/client/Users"
import * as Effect from "effect/Effect"

/** Opens an account; one that is open already stays as it is. */
export const open = (accountId: string, givenName: string) =>
  Users.use((users) => users.create({ externalId: accountId, profile: { givenName } })).pipe(
    Effect.catchTag("UserAlreadyExists", () => Effect.void),
    Effect.asVoid
  )

export const greeting = (accountId: string) =>
  Users.use((users) => users.get(accountId)).pipe(
    Effect.map(({ profile }) => `Hello, ${profile?.givenName ?? "whoever you are"}!`),
    Effect.catchTag("UserNotFound", () => Effect.succeed("Who are you?"))
  )
