// The application's own Effect 3, its client, and an emulator in the same process.
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { Users } from "@sunco/effect3"
import { Emulator, Fault } from "@sunco/emulator/promise"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const program = Effect.gen(function*() {
  const users = yield* Users
  const ada = yield* users.get("ada")
  const nobody = yield* Effect.flip(users.get("nobody"))
  return [ada.profile?.givenName, nobody._tag]
})

await using emulator = await Emulator.startInMemory({ users: [{ externalId: "ada", profile: { givenName: "Ada" } }] })
await emulator.faults.next(Fault.status(503))

console.log(
  await Effect.runPromise(program.pipe(
    Effect.provide(Users.layerFromConfig()),
    Effect.provide(FetchHttpClient.layer),
    Effect.provide(Layer.succeed(FetchHttpClient.Fetch, emulator.fetch)),
    Effect.withConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(emulator.env))))
  ))
)
console.log((await emulator.requests()).map(({ status }) => status))
