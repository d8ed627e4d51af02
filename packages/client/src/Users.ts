/**
 * The Users API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { EffectFace } from "./EffectFace.ts"
import { makeUsers } from "./internal/users/users.ts"
import * as Resource from "./Resource.ts"
import type { UsersMethods } from "./UsersMethods.ts"

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
 * import { Users } from "@sunco/client"
 * import { Emulator } from "@sunco/emulator"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 *
 * const UsersLayer = Users.layerFromConfig().pipe(Layer.provide(Emulator.layerTest()))
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
 * Effect.runPromise(program.pipe(Effect.provide(UsersLayer)))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Users extends Resource.Service<Users, UsersMethods<EffectFace>>()("@sunco/client/Users", makeUsers) {}
