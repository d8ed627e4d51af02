import { Users } from "@sunco/client"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Outbox } from "./Outbox.ts"

/** Greets people by the name that Sunshine Conversations knows. */
export class Greetings extends Context.Service<Greetings>()("application/Greetings", {
  make: Effect.gen(function*() {
    const users = yield* Users
    const outbox = yield* Outbox
    return {
      greet: (externalId: string) =>
        users.get(externalId).pipe(
          Effect.map(({ profile }) => `Good morning, ${profile?.givenName ?? "whoever you are"}`),
          Effect.catchTag("UserNotFound", () => Effect.succeed("Have we met?")),
          Effect.flatMap(outbox.post)
        )
    }
  })
}) {
  static readonly layer = Layer.effect(Greetings, Greetings.make)
}
