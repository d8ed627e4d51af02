/**
 * The Integrations API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { Integrations as ClientIntegrations } from "@sunco/client/Integrations"
import type { IntegrationsMethods } from "@sunco/client/IntegrationsMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/IntegrationsMethods"

/**
 * The channels of an app, and the programs that are told of what happens in it: create, read, change, delete and list.
 *
 * **Details**
 *
 * Secrets are `Redacted` of Effect 3 in what is sent and in what is read, and so is whatever this release does not know of an
 * integration: nothing prints them. A method fails with what its type says: the outcomes of the domain by name, all else as
 * `SunshineError` with a reason. Input that cannot be right is refused before anything is sent (`InvalidInput`).
 *
 * **Gotchas**
 *
 * It takes the key of an app or of an account.
 *
 * @category services
 * @since 0.1.0
 */
export class Integrations extends Resource.Service<Integrations, IntegrationsMethods<Effect3Face>>()(
  "@sunco/effect3/Integrations",
  ClientIntegrations
) {}
