// What a library gives to its callers without writing the types down: the compiler has to be able to name them.
import { AllResources, Sunshine, Users } from "@sunco/client"
import * as Effect from "effect/Effect"

export const methods = Effect.map(Users, (users) => ({ ...users }))

export const requests = Effect.map(Sunshine, ({ request }) => ({ request }))

export const found = Users.use((users) => users.listByEmail("ada@example.com"))

export const made = Effect.map(Users.use((users) => users.getOrCreate({ externalId: "ada" })), (both) => ({ both }))

export const refused = Effect.catchTag(
  Users.use((users) => users.get("ada")),
  "SunshineError",
  ({ applied, reason, response, retryStopped }) => Effect.succeed({ applied, reason, response, retryStopped })
)

export const layer = AllResources.layerFromConfig({ retry: "never" })

export const withOptions = (options: Parameters<typeof Users.layer>[0]) => ({ options, layer: Users.layer(options) })
