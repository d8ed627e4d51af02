/**
 * The API of the keys of custom integrations of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { IntegrationKeys as ClientIntegrationKeys } from "@sunco/client/IntegrationKeys"
import type { IntegrationKeysMethods } from "@sunco/client/IntegrationKeysMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/IntegrationKeysMethods"

/**
 * Create, list, read and delete the API keys of custom integrations.
 *
 * **Details**
 *
 * A key of an integration is for `Credentials`, like that of an app, and may do less. Its secret is `Redacted`: nothing prints, logs or
 * traces it, and `Redacted.value` reads it. A method fails with what its type says: the outcomes of the domain by name, all else as
 * `SunshineError` with a reason.
 *
 * @category services
 * @since 0.1.0
 */
export class IntegrationKeys extends Resource.Service<IntegrationKeys, IntegrationKeysMethods<Effect3Face>>()(
  "@sunco/effect3/IntegrationKeys",
  ClientIntegrationKeys
) {}
