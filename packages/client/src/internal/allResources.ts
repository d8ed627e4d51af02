import type { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
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
import type * as Resource from "../Resource.ts"
import type { Sunshine } from "../Sunshine.ts"
import { SwitchboardActions } from "../SwitchboardActions.ts"
import { SwitchboardIntegrations } from "../SwitchboardIntegrations.ts"
import { Switchboards } from "../Switchboards.ts"
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
  SwitchboardActions,
  SwitchboardIntegrations,
  Switchboards,
  Users,
  Webhooks
} satisfies {
  readonly [Name in keyof typeof SunshineOperations]: {
    readonly key: `@sunco/client/${Name}`
    /** A method for each operation. */
    readonly Service: { readonly [Operation in keyof (typeof SunshineOperations)[Name]]: unknown }
    readonly makeNoDeps: Effect.Effect<object, never, Sunshine>
  }
}

/** `any`: the methods are of the resource, whichever it is. */
const listed: ReadonlyArray<Resource.AnyClass<any, string, any, any, any>> = Object.values(resources)

/**
 * The services of all resources over the client that is there. Not `Layer.mergeAll`, which builds many layers at once: that would
 * weigh on every bundle, and there is nothing to wait for.
 *
 * @internal
 */
export const makeNoDeps: Effect.Effect<Context.Context<AllResources>, never, Sunshine> = Effect.gen(function*() {
  let context: Context.Context<any> = Context.empty() as Context.Context<any>
  for (const resource of listed) context = Context.add(context, resource, yield* resource.makeNoDeps)
  return context
})
