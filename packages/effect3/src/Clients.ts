/**
 * The Clients API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { Clients as ClientClients } from "@sunco/client/Clients"
import type { ClientsMethods } from "@sunco/client/ClientsMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/ClientsMethods"

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
  extends Resource.Service<Clients, ClientsMethods<Effect3Face>>()("@sunco/effect3/Clients", ClientClients)
{}
