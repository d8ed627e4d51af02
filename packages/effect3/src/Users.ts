/**
 * The Users API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { Users as ClientUsers } from "@sunco/client/Users"
import type { CreateUserWithExternalId, UserAndCreated, UsersMethods } from "@sunco/client/UsersMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type { CreateUserWithExternalId, UserAndCreated, UsersMethods }

/**
 * Create, read, change, delete, list and sync the users of an app.
 *
 * **Details**
 *
 * `id` is the user's id or externalId. A method fails with what its type says: the outcomes of the domain by name, all else
 * as `SunshineError` with a reason. Input that cannot be right is refused before anything is sent (`InvalidInput`).
 *
 * **Gotchas**
 *
 * After a failure with `applied: "unknown"` nobody knows whether the write happened. An externalId that looks like
 * somebody's id may address either of the two: which one is not documented.
 *
 * **Example** (Create, change, read)
 *
 * ```ts
 * import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
 * import { Users } from "@sunco/effect3"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 *
 * const program = Effect.gen(function*() {
 *   const users = yield* Users
 *   const ada = yield* users.create({ externalId: "ada", profile: { givenName: "Ada" } })
 *   yield* users.update(ada.id, { metadata: { plan: "pro" } }, { deadline: "5 seconds" })
 *   const { metadata, profile } = yield* users.get("ada")
 *   console.log(profile?.givenName, metadata?.["plan"])
 *   // Ada pro
 * })
 *
 * const UsersLive = Layer.provide(Users.layerFromConfig(), FetchHttpClient.layer)
 *
 * Effect.runPromise(Effect.provide(program, UsersLive))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Users extends Resource.Service<Users, UsersMethods<Effect3Face>>()("@sunco/effect3/Users", ClientUsers) {}
