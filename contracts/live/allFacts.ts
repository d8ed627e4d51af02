import type { Fact } from "./Fact.ts"
import { access } from "./facts/access.ts"
import { apps } from "./facts/apps.ts"
import { conversations } from "./facts/conversations.ts"
import { files } from "./facts/files.ts"
import { integrationKeys } from "./facts/integrationKeys.ts"
import { integrations } from "./facts/integrations.ts"
import { messages } from "./facts/messages.ts"
import { oauth } from "./facts/oauth.ts"
import { users } from "./facts/users.ts"
import { webhooks } from "./facts/webhooks.ts"

/** Everything that this project assumes of the vendor, and that an account could tell. */
export const allFacts: ReadonlyArray<Fact> = [
  ...access,
  ...users,
  ...conversations,
  ...messages,
  ...files,
  ...apps,
  ...webhooks,
  ...integrationKeys,
  ...oauth,
  ...integrations
]
