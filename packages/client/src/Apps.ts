/**
 * The Apps API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { AppsMethods } from "./AppsMethods.ts"
import type { EffectFace } from "./EffectFace.ts"
import { makeApps } from "./internal/apps/apps.ts"
import * as Resource from "./Resource.ts"

/**
 * Create, list, read, change and delete apps. It is outside of any app, so that its client needs none.
 *
 * **Details**
 *
 * All of it takes a key of the account; a key of an app can read and change its own app. A method fails with what its type says: the
 * outcomes of the domain by name, all else as `SunshineError` with a reason.
 *
 * **Example** (An app, a key of it, and a client with that key)
 *
 * ```ts
 * import { AppKeys, Apps, Credentials, Users } from "@sunco/client"
 * import { Emulator } from "@sunco/emulator"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 *
 * const program = Effect.gen(function*() {
 *   const emulator = yield* Emulator
 *   const baseUrl = emulator.url
 *   const { keyId, keySecret } = yield* emulator.addKey({ scope: "account" })
 *   const Account = Layer.mergeAll(Apps.layer({ baseUrl }), AppKeys.layer({ baseUrl })).pipe(
 *     Layer.provide(Credentials.layerBasic({ keyId, secret: keySecret }))
 *   )
 *
 *   const { appId, key } = yield* Effect.gen(function*() {
 *     const apps = yield* Apps
 *     const keys = yield* AppKeys
 *     const { id: appId } = yield* apps.create({ displayName: "Tea", settings: { multiConvoEnabled: true } })
 *     const key = yield* keys.create(appId, { displayName: "Shop" })
 *     return { appId, key }
 *   }).pipe(Effect.provide(Account))
 *
 *   const App = Users.layer({ appId, baseUrl }).pipe(
 *     Layer.provide(Credentials.layerBasic({ keyId: key.id, secret: key.secret }))
 *   )
 *   const ada = yield* Users.use((users) => users.create({ externalId: "ada" })).pipe(Effect.provide(App))
 *   console.log(ada.externalId)
 *   // ada
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(Emulator.layerMemory())))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Apps extends Resource.ServiceOutsideApp<Apps, AppsMethods<EffectFace>>()("@sunco/client/Apps", makeApps) {}
