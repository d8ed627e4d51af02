import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Users } from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Greetings } from "./Greetings.ts"
import { Outbox } from "./Outbox.ts"

const Application = Greetings.layer.pipe(
  Layer.provideMerge(Users.layerFromConfig()),
  Layer.provide([Outbox.layer, UndiciTransport.layer])
)

const main = Effect.gen(function*() {
  const greetings = yield* Greetings
  const users = yield* Users
  yield* greetings.greet("ada")
  yield* users.create({ externalId: "ada", profile: { givenName: "Ada" } })
  yield* greetings.greet("ada")
})

NodeRuntime.runMain(Effect.provide(main, Application))
