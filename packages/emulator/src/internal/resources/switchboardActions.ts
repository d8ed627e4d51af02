import { type Conversation } from "@sunco/schemas/Conversation"
import { byteLength, maximumBytes, type Metadata } from "@sunco/schemas/Metadata"
import { type SwitchboardActionsOperations } from "@sunco/schemas/SwitchboardActionsOperations"
import { type SwitchboardIntegration } from "@sunco/schemas/SwitchboardIntegration"
import { badRequest, conversationNotFound, failedControl, forbidden, Refusal } from "../refusal.ts"
import { type Context, type Resource } from "../resource.ts"
import { controlledBy, shownIn } from "./control.ts"
import { switchboardEvent } from "./conversationEvents.ts"
import { type ConversationsState } from "./conversationsState.ts"
import { enabledSwitchboard, type SwitchboardsState } from "./switchboardsState.ts"

type App = SwitchboardsState & ConversationsState

/** Why control does not change hands, in the words of an event. */
class Failure {
  readonly error: { readonly code: string; readonly message: string }

  constructor(code: string, message: string) {
    this.error = { code, message }
  }
}

const nothingPending = new Failure("switchboard_invalid_action", "There is no pendingSwitchboardIntegration")

const notEnabled = new Failure("switchboard_invalid_action", "There is no enabled switchboard")

const invalidTarget = new Failure("switchboard_invalid_target", "Switchboard invalid target")

const isInControl = new Failure(
  "switchboard_invalid_target",
  "Cannot offer control to the active switchboard integration."
)

/** @internal */
export const switchboardActions: Resource<typeof SwitchboardActionsOperations, {}, App> = {
  state: () => ({}),
  behaviours: {
    passControl: (context) =>
      change("passControl", context, (conversation) => {
        const target = targetOf(context.payload.switchboardIntegration, conversation, context)
        if (target instanceof Failure) return target
        const { activeSwitchboardIntegration: active, pendingSwitchboardIntegration: pending } = conversation
        // Who is in control already gets no second event, nor its metadata.
        return active?.id === target.id && !pending
          ? conversation
          : controlledBy(conversation, shownIn(target), undefined)
      }),

    offerControl: (context) =>
      change("offerControl", context, (conversation) => {
        const target = targetOf(context.payload.switchboardIntegration, conversation, context)
        if (target instanceof Failure) return target
        const { activeSwitchboardIntegration: active } = conversation
        return active?.id === target.id ? isInControl : controlledBy(conversation, active, shownIn(target))
      }),

    acceptControl: (context) =>
      change("acceptControl", context, (conversation) => {
        const { pendingSwitchboardIntegration: pending } = conversation
        if (!isFor(pending, context)) return forbidden
        return pending ? controlledBy(conversation, pending, undefined) : nothingPending
      }),

    releaseControl: (context) =>
      change("releaseControl", context, (conversation) => {
        const { activeSwitchboardIntegration: active, pendingSwitchboardIntegration: pending } = conversation
        if (!isFor(active, context)) return forbidden
        return active || pending ? controlledBy(conversation, undefined, undefined) : conversation
      })
  }
}

/** Carries it out, and tells of it, or of why not; nobody is told where nothing changes. */
const change = (
  action: `${string}Control`,
  { app, assume, emit, params: { conversationId }, payload: { metadata } }: Pick<Context, "assume" | "emit"> & {
    readonly app: App
    readonly params: { readonly conversationId: string }
    readonly payload: { readonly metadata?: Metadata | null | undefined }
  },
  change: (conversation: Conversation) => Conversation | Failure | Refusal
): {} | Refusal => {
  const before = app.conversations.find(conversationId)
  if (before === undefined) return conversationNotFound
  if (byteLength(metadata ?? {}) > maximumBytes) return metadataTooLarge
  const after = change(before)
  if (after === before || after instanceof Refusal) return after === before ? {} : after
  const said = metadata === undefined || metadata === null ? undefined : { metadata }
  if (after instanceof Failure) {
    emit(switchboardEvent(`switchboard:${action}:failure`, before, { ...said, error: after.error }))
    return assume.failedControl === "badRequest" ? failedControl(after.error) : {}
  }
  emit(switchboardEvent(`switchboard:${action}`, app.conversations.put(after), said))
  return {}
}

const metadataTooLarge = badRequest(`metadata: Metadata is limited to ${maximumBytes} bytes in size.`)

type Caller = Pick<Context, "caller">

/** An integration acts for itself alone, an app and an account for everybody. */
const isFor = (
  integration: { readonly integrationId?: string } | null | undefined,
  { caller }: Caller
): boolean =>
  caller?.scope !== "integration" ||
  integration?.integrationId !== undefined && integration.integrationId === caller.integrationId

/** Whom a request names. */
const targetOf = (
  named: string,
  conversation: Conversation,
  context: Caller & { readonly app: App }
): SwitchboardIntegration | Failure => {
  const { switchboardIntegrations } = context.app
  if (enabledSwitchboard(context.app) === undefined) return notEnabled
  if (named === "next") return nextOf(conversation, context) ?? invalidTarget
  const withId = switchboardIntegrations.find(named)
  if (withId !== undefined) return withId
  const all = switchboardIntegrations.all()
  const withName = all.filter(({ name }) => name === named)
  const [found, ...others] = withName.length > 0
    ? withName
    : all.filter(({ integrationType }) => integrationType === named)
  return found === undefined || others.length > 0 ? invalidTarget : found
}

/** Who comes after the one in control, or after the integration that asks: however often it does, it is the same one. */
const nextOf = (
  { activeSwitchboardIntegration: active }: Conversation,
  { app: { switchboardIntegrations }, caller }: Caller & { readonly app: App }
): SwitchboardIntegration | undefined => {
  const asking = caller?.integrationId === undefined
    ? undefined
    : switchboardIntegrations.all().find(({ integrationId }) => integrationId === caller.integrationId)
  const from = asking ?? switchboardIntegrations.find(active?.id ?? "")
  return switchboardIntegrations.find(from?.nextSwitchboardIntegrationId ?? "")
}
