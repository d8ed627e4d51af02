/**
 * Writes 20 interactions of one contract, with other processes at it. Arguments: the directory, and what makes
 * descriptions unique.
 */
import * as Interaction from "effect-pact/Interaction"
import { MockServer, Pact } from "effect-pact/Pact"
import * as Effect from "effect/Effect"

const [directory = "", name = ""] = process.argv.slice(2)

const write = (index: number) =>
  Effect.flatMap(MockServer, ({ url }) => Effect.promise(() => fetch(`${url}/${index}`))).pipe(
    Pact.verify(Interaction.http({
      description: `${name} ${index}`,
      request: { method: "GET", path: `/${index}` },
      response: { status: 200 }
    }))
  )

await Effect.runPromise(
  Effect.forEach(Array.from({ length: 20 }, (_, index) => index), write, { discard: true }).pipe(
    Effect.provide(Pact.layer({ consumer: "web", provider: "users", directory }))
  )
)
