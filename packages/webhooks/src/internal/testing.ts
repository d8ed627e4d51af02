import * as SecureRandom from "effect/crypto/SecureRandom"
import type { EventOf, EventType } from "@sunco/schemas/Event"
import type { EventPayloads } from "@sunco/schemas/EventPayloads"
import type { DeliveryJson } from "../Testing.ts"

const createdAt = "2026-01-15T09:30:00.000Z"

const newId = (): string => SecureRandom.uuidV4Unsafe().replaceAll("-", "").slice(0, 24)

const user = { id: "7494535bff5cef41a15be74d", externalId: "ada", authenticated: true }

const conversation = { id: "029c31f25a21b47effd7be90", type: "personal" } as const

const inConversation = { conversation, user }

const source = { type: "web", integrationId: "5e4af71a81966cfff3ef6550" } as const

const author = { type: "user", userId: user.id, displayName: "Ada", user } as const

const client = {
  id: "5c93cb748f63db54ff3b51dd",
  type: "whatsapp",
  status: "active",
  integrationId: "5e4af71a81966cfff3ef6551",
  externalId: "+15145550100"
} as const

const delivered = {
  ...inConversation,
  message: { id: "5f40256af057d0000dda9bd7" },
  destination: { type: "whatsapp", integrationId: client.integrationId },
  externalMessages: [{ id: "wamid.1" }],
  isFinalEvent: true
}

const bot = { id: "5ef21b86e933b7355c11c604", name: "bot", integrationId: "5ef21b86e933b7355c11c605" }

const agents = { id: "5ef21b86e933b7355c11c606", name: "agents", integrationType: "zd:agentWorkspace" }

const failure = { conversation, error: { code: "switchboard_invalid_target", message: "There is no such target" } }

const examples: EventPayloads = {
  "client:add": { user, client: { ...client, status: "pending" }, reason: "channelLinking", source },
  "client:remove": { user, client, reason: "api", source },
  "client:update": { conversation, user, client, reason: "confirmed" },
  "conversation:create": { ...inConversation, creationReason: "message", source },
  "conversation:join": { conversation: { ...conversation, type: "sdkGroup" }, user },
  "conversation:leave": { conversation: { ...conversation, type: "sdkGroup" }, user },
  "conversation:message": {
    conversation,
    message: {
      id: "5f40256af057d0000dda9bd7",
      received: createdAt,
      author,
      content: { type: "text", text: "Hello" },
      source
    }
  },
  "conversation:message:delivery:channel": { ...delivered, isFinalEvent: false },
  "conversation:message:delivery:failure": {
    ...delivered,
    error: { code: "unauthorized", message: "The token expired" }
  },
  "conversation:message:delivery:user": delivered,
  "conversation:postback": { ...inConversation, postback: { payload: "tacos" }, source },
  "conversation:read": { conversation, activity: { type: "conversation:read", author, source } },
  "conversation:referral": {
    ...inConversation,
    source,
    referral: { code: "summer", details: { source: "ADS", type: "OPEN-THREAD", adId: "4216212847577" } }
  },
  "conversation:remove": { conversation },
  "conversation:typing": { conversation, activity: { type: "typing:start", author, source } },
  "passthrough:messaging": {},
  "switchboard:acceptControl": { conversation: { ...conversation, activeSwitchboardIntegration: bot } },
  "switchboard:acceptControl:failure": failure,
  "switchboard:offerControl": {
    conversation: { ...conversation, activeSwitchboardIntegration: bot, pendingSwitchboardIntegration: agents }
  },
  "switchboard:offerControl:failure": failure,
  "switchboard:passControl": { conversation: { ...conversation, activeSwitchboardIntegration: agents } },
  "switchboard:passControl:failure": failure,
  "switchboard:releaseControl": { conversation },
  "user:merge": {
    mergedUsers: { surviving: user, discarded: { id: "7494535bff5cef41a15be74e" } },
    reason: "channelLinking"
  },
  "user:remove": { user },
  "user:update": { user, reason: "authentication", source }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** What is given takes the place of what is there; a content is given as a whole, because it may be of another type. */
const merged = (example: unknown, given: unknown, name?: string): unknown => {
  if (given === undefined) return example
  if (!isRecord(example) || !isRecord(given) || name === "content") return given
  const names = new Set([...Object.keys(example), ...Object.keys(given)])
  return Object.fromEntries(Array.from(names, (name) => [name, merged(example[name], given[name], name)]))
}

/** @internal */
export const event = <Type extends EventType>(
  type: Type,
  payload: object = {},
  { createdAt: at = createdAt, id = newId() }: {
    readonly id?: string | undefined
    readonly createdAt?: string | undefined
  } = {}
): EventOf<Type> =>
  // A payload of that type with parts of the same in it.
  ({ id, type, createdAt: at, payload: merged(examples[type], payload) }) as EventOf<Type>

/** @internal */
export const unknownEvent = (type: string, payload: object) => ({ id: newId(), type, createdAt, payload })

/** @internal */
export const delivery = (
  { appId = "5ebee0975ac5304b664a12fa", webhookId = "5f4eaef81e3dcc117c7ba48a" }: {
    readonly appId?: string | undefined
    readonly webhookId?: string | undefined
  },
  events: ReadonlyArray<object>
): DeliveryJson => ({ app: { id: appId }, webhook: { id: webhookId, version: "v2" }, events })
