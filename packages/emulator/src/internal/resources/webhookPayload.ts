import { type Webhook } from "@sunco/schemas/Webhook"
import { type Event } from "../resource.ts"
import { type ClientsState } from "./clients.ts"
import { userFields } from "./conversationEvents.ts"
import { type DevicesState, latestFirst } from "./devices.ts"
import { type UsersState } from "./users.ts"

type App = UsersState & ClientsState & DevicesState

type Flags = Pick<Webhook, "includeFullSource" | "includeFullUser">

/** The events whose user is the short one by the document, whatever a webhook asks for (OpenAPI 17.12.1, `userTruncated`). */
const withShortUser: ReadonlySet<string> = new Set([
  "client:add",
  "client:remove",
  "client:update",
  "conversation:join",
  "conversation:leave",
  "user:remove"
])

const shortUser: ReadonlySet<string> = new Set(["id", "authenticated", ...userFields])

/** Where a user stands: beside others by these names alone, as conversations and clients that were merged have them, too. */
const isUser = (name: string, parent: string): boolean =>
  name === "user" || parent === "mergedUsers" && (name === "surviving" || name === "discarded")

/**
 * The payload of an event as it is for a webhook: as much of each user, and of each source, as it asks for.
 *
 * @internal
 */
export const payloadFor = (
  { payload, type }: Event,
  { includeFullSource = false, includeFullUser = false }: Flags,
  app: App
): Event["payload"] => {
  const isFullUser = includeFullUser && !withShortUser.has(type)

  const shaped = (value: unknown, name: string, parent: string, userId: string | undefined): unknown => {
    if (typeof value !== "object" || value === null) return value
    if (Array.isArray(value)) return value.map((item) => shaped(item, "", name, userId))
    if (isUser(name, parent)) {
      return isFullUser
        ? fullUser(app, value)
        : shortened(value, (field) => shortUser.has(field))
    }
    if (name === "source") {
      return includeFullSource ? fullSource(app, value, userId) : shortened(value, (field) => !sourceParts.has(field))
    }
    const whose = userIdIn(value, userId)
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]) => [field, shaped(inner, field, name, whose)])
    )
  }

  // What it is made of is JSON, as it is.
  return shaped(payload, "", "", undefined) as Event["payload"]
}

const shortened = (value: object, isKept: (field: string) => boolean): object =>
  Object.fromEntries(Object.entries(value).filter(([field]) => isKept(field)))

/** Of what is gone there is no more than what is told. */
const fullUser = ({ users }: UsersState, told: object): object => ({ ...told, ...users.find(idOf(told) ?? "") })

const sourceParts: ReadonlySet<string> = new Set(["client", "device"])

/** With the client or the device that it comes from, the one seen last; what the API has sent comes from neither. */
const fullSource = ({ clients, devices }: App, told: object, userId: string | undefined): object => {
  if (userId === undefined || "client" in told || "device" in told) return told
  const { integrationId, type } = told as { readonly integrationId?: unknown; readonly type?: unknown }
  const isFrom = (one: { readonly type?: string; readonly integrationId?: string | null }) =>
    one.type === type && (typeof integrationId !== "string" || (one.integrationId ?? integrationId) === integrationId)
  const [device] = devices.of(userId).filter(isFrom).toSorted(latestFirst)
  if (device !== undefined) return { ...told, device }
  const [client] = clients.of(userId).filter(isFrom).toSorted(latestFirst)
  return client === undefined ? told : { ...told, client }
}

/** Whose a source is: its author's, else that of the user beside it. */
const userIdIn = (value: object, outer: string | undefined): string | undefined => {
  const { author, user } = value as { readonly author?: unknown; readonly user?: unknown }
  if (typeof author === "object" && author !== null) {
    const { userId, user } = author as { readonly userId?: unknown; readonly user?: unknown }
    return typeof userId === "string" ? userId : idOf(user)
  }
  return idOf(user) ?? outer
}

const idOf = (value: unknown): string | undefined => {
  if (typeof value !== "object" || value === null) return undefined
  const { id } = value as { readonly id?: unknown }
  return typeof id === "string" ? id : undefined
}
