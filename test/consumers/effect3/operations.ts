// Every operation of the vendor, and what is built on them.
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { Users } from "@sunco/effect3"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { seed } from "./Emulator.ts"

const program = Effect.gen(function*() {
  const users = yield* Users
  yield* seed({
    users: [{ externalId: "grace", zendeskId: "35436", identities: [{ type: "email", value: "grace@example.com" }] }],
    zendeskUsers: [{ id: "35436", givenName: "Grace", email: "grace@example.com" }]
  })

  const ada = yield* users.create({ externalId: "ada", profile: { givenName: "Ada" } })
  yield* Console.log("create", ada.externalId)
  const changed = yield* users.update(ada.id, { profile: { surname: "Lovelace" }, metadata: { plan: "pro" } })
  yield* Console.log("update", changed.metadata)
  const { profile } = yield* users.get("ada")
  yield* Console.log("get", profile?.givenName, profile?.surname)
  const { profile: cleared } = yield* users.deletePersonalInformation(ada.id)
  yield* Console.log("deletePersonalInformation", cleared)
  const synced = yield* users.sync("35436")
  yield* Console.log("sync", synced.profile?.givenName)
  const [found] = yield* users.listByEmail("grace@example.com")
  yield* Console.log("listByEmail", found?.externalId)
  const upserted = yield* users.upsert({ externalId: "ada", metadata: { plan: "free" } })
  yield* Console.log("upsert", upserted.created, upserted.user.metadata)
  yield* users.delete(ada.id)
  const { created } = yield* users.getOrCreate({ externalId: "ada" })
  yield* Console.log("delete, getOrCreate", created)
})

Effect.runPromise(program.pipe(
  Effect.provide(Users.layerFromConfig()),
  Effect.provide(FetchHttpClient.layer)
))
