import type { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import * as Layer from "effect/Layer"
import { Activities } from "../Activities.ts"
import { AppKeys } from "../AppKeys.ts"
import { Apps } from "../Apps.ts"
import { Attachments } from "../Attachments.ts"
import { Clients } from "../Clients.ts"
import { Conversations } from "../Conversations.ts"
import { Devices } from "../Devices.ts"
import { Integrations } from "../Integrations.ts"
import { Messages } from "../Messages.ts"
import { OAuth } from "../OAuth.ts"
import { Participants } from "../Participants.ts"
import { IntegrationKeys } from "../IntegrationKeys.ts"
import { Webhooks } from "../Webhooks.ts"
import type { AllResources } from "../AllResources.ts"
import type { Sunshine } from "../Sunshine.ts"
import { Users } from "../Users.ts"

/**
 * Every resource, under the name that its operations are declared with: the compiler asks for one that is missing, or that
 * is another one.
 */
const resources = {
  Activities,
  AppKeys,
  Apps,
  Attachments,
  Clients,
  Conversations,
  Devices,
  IntegrationKeys,
  Integrations,
  Messages,
  OAuth,
  Participants,
  Users,
  Webhooks
} satisfies {
  readonly [Name in keyof typeof SunshineOperations]: {
    readonly key: `@sunco/client/${Name}`
    /** A method for each operation. */
    readonly Service: { readonly [Operation in keyof (typeof SunshineOperations)[Name]]: unknown }
    readonly layerNoDeps: Layer.Any
  }
}

/** @internal */
export const layerNoDeps: Layer.Layer<AllResources, never, Sunshine> = Layer.mergeAll(
  Layer.empty,
  ...Object.values(resources).map(({ layerNoDeps }) => layerNoDeps)
)
