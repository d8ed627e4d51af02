import { Users } from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const program = Effect.gen(function*() {
  const users = yield* Users
  const { id } = yield* users.create({ externalId: "ada", profile: { givenName: "Ada" } })
  const { profile } = yield* users.get(id)
  console.log(process.version, profile.givenName)
})

await Effect.runPromise(Effect.provide(program, Users.layerFromConfig().pipe(Layer.provide(UndiciTransport.layer))))
