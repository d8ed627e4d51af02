import { type Client } from "@sunco/schemas/Client"
import { type CreateClient } from "@sunco/schemas/ClientPayloads"
import { type ClientsOperations } from "@sunco/schemas/ClientsOperations"
import { type User } from "@sunco/schemas/User"
import { type LinkAnswer } from "../../LinkAnswer.ts"
import {
  badRequest,
  clientNotFound,
  conversationNotFound,
  notPending,
  Refusal,
  sdkClientStays,
  userNotFound
} from "../refusal.ts"
import { type Behaviours, type Context, type Kept, type Resource, type Seeds } from "../resource.ts"
import { pageOf } from "../store.ts"
import { apiSource, clientEvent } from "./conversationEvents.ts"
import { type ConversationsState } from "./conversationsState.ts"
import { type IntegrationsState } from "./integrationsState.ts"
import { inOrder, pageFrom } from "./pageQuery.ts"
import { seededUser } from "./seededUser.ts"
import { UserParts } from "./userParts.ts"
import { type UsersState } from "./users.ts"

/** What a client is to become once the channel has confirmed it. */
interface PendingLink {
  readonly externalId?: string | null | undefined
  readonly conversationId?: string
}

/** @internal */
export interface ClientsState {
  readonly clients: UserParts<Client>
  /** By the ids of the clients. */
  readonly links: Map<string, PendingLink>
}

type App = UsersState & ClientsState & ConversationsState & IntegrationsState

/**
 * The clients of a user, in the order in which they came.
 *
 * @internal
 */
export const clientsOf = ({ clients }: ClientsState, userId: string): ReadonlyArray<Client> => clients.of(userId)

/**
 * The SDK of a user, which is made where there is none.
 *
 * @internal
 */
export const sdkClientOf = (
  { clients }: ClientsState,
  userId: string,
  { makeId, now }: Pick<Context, "makeId" | "now">
): Client =>
  clients.of(userId).find(({ type }) => type === "sdk") ??
    clients.add(userId, { id: makeId(), type: "sdk", status: "active", lastSeen: new Date(now).toISOString() })

const state = ({ users }: UsersState): ClientsState => {
  const clients = new UserParts<Client>(users)
  const links = new Map<string, PendingLink>()
  clients.onRemove(({ id }) => links.delete(id))
  users.onForget(({ id }) => {
    for (const { avatarUrl: _, displayName: __, info: ___, raw: ____, ...client } of clients.of(id)) {
      clients.add(id, client)
    }
  })
  return { clients, links }
}

const seed: Pick<Seeds<App>, "clients"> = {
  clients: ({ userId, ...client }, context) => {
    const { app: { clients }, makeId, now } = context
    const id = client.id ?? makeId()
    return clients.add(seededUser(userId, context).id, {
      type: "sdk",
      status: "active",
      lastSeen: new Date(now).toISOString(),
      ...client,
      id
    })
  }
}

const stored: Kept<App>["Clients"] = ({ clients }) => clients.shownWithUser()

const behaviours: Behaviours<typeof ClientsOperations, App> = {
  // An integration that there is not is taken for one, as a test need not care for it.
  create: ({ app, emit, makeId, params, payload: { matchCriteria, target }, query }) => {
    const user = app.users.find(params.userIdOrExternalId, query.brandId)
    if (user === undefined) return userNotFound
    const conversation = app.conversations.find(target.conversationId)
    if (conversation === undefined) return conversationNotFound
    const { integrationId, type } = matchCriteria
    const integration = app.integrations.find(integrationId)?.integration
    if (integration !== undefined && integration.type !== type) return ofAnotherType
    const client = app.clients.add(user.id, { id: makeId(), type, status: "pending", integrationId })
    app.links.set(client.id, { externalId: externalIdOf(matchCriteria), conversationId: conversation.id })
    emit(clientEvent("client:add", { client, conversation, user, reason: "channelLinking", source: apiSource }))
    return { client }
  },

  list: ({ app, assume, params, query }) => {
    const user = app.users.find(params.userIdOrExternalId, query.brandId)
    if (user === undefined) return userNotFound
    const page = pageOf(inOrder(app.clients.of(user.id), assume), pageFrom(query, assume))
    return page instanceof Refusal ? page : { clients: page.items, meta: page.meta }
  },

  remove: ({ app, emit, params, query }) => {
    const user = app.users.find(params.userIdOrExternalId, query.brandId)
    if (user === undefined) return userNotFound
    const client = app.clients.findOf(user.id, params.clientId)
    if (client === undefined) return clientNotFound
    if (client.type === "sdk") return sdkClientStays
    app.clients.remove(client.id)
    emit(clientEvent("client:remove", { client, user, reason: "api", source: apiSource }))
    return {}
  }
}

/** @internal */
export const clients = { state, seed, stored, behaviours } satisfies
  & Resource<typeof ClientsOperations, ClientsState, UsersState & ConversationsState & IntegrationsState>
  & { readonly seed: unknown; readonly stored: unknown }

const ofAnotherType = badRequest("matchCriteria.integrationId: The integration is of another type")

/** A request may write a number with spaces and dashes (OpenAPI 17.12.1, `matchCriteria`): the channel knows it without. */
const externalIdOf = (criteria: CreateClient["matchCriteria"]): string =>
  criteria.type === "mailgun" ? criteria.address : criteria.phoneNumber.replaceAll(/[^+\d]/gu, "")

/**
 * Does what follows from the answer of a channel, and gives the client as it is then, or as it was last.
 *
 * @internal
 */
export const answerLink = (
  clientId: string,
  { answer, client: told, error }: LinkAnswer,
  { app, emit, now }: Pick<Context, "emit" | "now"> & { readonly app: App }
): Client | Refusal => {
  const part = app.clients.find(clientId)
  if (part === undefined) return clientNotFound
  if (part.record.status !== "pending") return notPending
  // What is known of one that was seeded is in it.
  const { conversationId, externalId }: PendingLink = app.links.get(clientId) ?? part.record
  // A client goes with its user.
  const user = app.users.find(part.userId)!
  const conversation = conversationId === undefined ? undefined : app.conversations.find(conversationId)
  const seen = new Date(now).toISOString()

  if (answer === "cancelled" || answer === "failed") {
    app.clients.remove(clientId)
    const reason = answer === "failed" ? "linkFailed" : "linkCancelled"
    emit(clientEvent("client:remove", { client: part.record, conversation, user, reason, error }))
    return part.record
  }

  const matched: Client = {
    ...part.record,
    externalId: externalId ?? clientId,
    displayName: externalId ?? clientId,
    ...told,
    id: clientId,
    status: "pending"
  }
  if (answer === "matched") {
    app.clients.add(user.id, matched)
    emit(clientEvent("client:update", { client: matched, conversation, user, reason: "matched" }))
    return matched
  }

  loseToTheft(app, matched, emit)
  const client = app.clients.add(user.id, { ...matched, status: "active", linkedAt: seen, lastSeen: seen })
  app.links.delete(clientId)
  if (conversation !== undefined) subscribe(app, conversation.id, user, client)
  emit(clientEvent("client:update", { client, conversation, user, reason: "confirmed" }))
  return client
}

/** Whoever had the person on that channel until now. */
const loseToTheft = (app: App, { externalId, id, integrationId, type }: Client, emit: Context["emit"]): void => {
  for (const { record: client, userId } of app.clients.all()) {
    const isSame = client.type === type && client.integrationId === integrationId && client.externalId === externalId
    if (!isSame || client.id === id || client.status === "pending") continue
    app.clients.remove(client.id)
    emit(clientEvent("client:remove", { client, user: app.users.find(userId), reason: "theft" }))
  }
}

/** A user who takes no part in the conversation does not begin to. */
const subscribe = ({ participants }: App, conversationId: string, user: User, { id, type }: Client): void => {
  const participant = participants.find(conversationId, user.id)
  if (participant === undefined) return
  participants.put(conversationId, {
    ...participant,
    clientAssociations: [...participant.clientAssociations ?? [], { type: type ?? "", clientId: id }]
  })
}
