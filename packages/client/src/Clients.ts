/**
 * The Clients API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { ClientsMethods } from "./ClientsMethods.ts"
import type { EffectFace } from "./EffectFace.ts"
import { makeClients } from "./internal/users/clients.ts"
import * as Resource from "./Resource.ts"

/**
 * The channels on which a user can be reached: link, list and remove.
 *
 * **Details**
 *
 * `userId` is the user's id or externalId. A method fails with what its type says: the outcomes of the domain by name, all else
 * as `SunshineError` with a reason.
 *
 * @category services
 * @since 0.1.0
 */
export class Clients
  extends Resource.Service<Clients, ClientsMethods<EffectFace>>()("@sunco/client/Clients", makeClients)
{}
