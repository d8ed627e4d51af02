import { type Client } from "@sunco/schemas/Client"
import { type ClientsOperations } from "@sunco/schemas/ClientsOperations"
import { clientNotFound, conversationNotFound, Refusal, sdkClientStays, userNotFound } from "../refusal.ts"
import { type Context, type Resource } from "../resource.ts"
import { pageOf, Store } from "../store.ts"
import { type ConversationsState } from "./conversationsState.ts"
import { type UsersState } from "./users.ts"

/** @internal */
export interface KeptClient {
  readonly id: string
  readonly userId: string
  readonly client: Client
}

/** @internal */
export interface ClientsState {
  readonly clients: Store<KeptClient>
}

/**
 * The clients of a user, in the order in which they came.
 *
 * @internal
 */
export const clientsOf = ({ clients }: ClientsState, userId: string): ReadonlyArray<Client> =>
  clients.all().flatMap((kept) => kept.userId === userId ? [kept.client] : [])

/**
 * The SDK of a user, which is made where there is none.
 *
 * @internal
 */
export const sdkClientOf = (
  app: ClientsState,
  userId: string,
  { makeId, now }: Pick<Context, "makeId" | "now">
): Client => {
  const known = clientsOf(app, userId).find(({ type }) => type === "sdk")
  if (known !== undefined) return known
  const client: Client = { id: makeId(), type: "sdk", status: "active", lastSeen: new Date(now).toISOString() }
  app.clients.put({ id: client.id, userId, client })
  return client
}

/** @internal */
export const clients: Resource<typeof ClientsOperations, ClientsState, UsersState & ConversationsState> = {
  state: ({ users }) => {
    const clients = new Store<KeptClient>()
    users.onRemove(({ id }, successor) => {
      for (const kept of clients.all()) {
        if (kept.userId !== id) continue
        if (successor === undefined) clients.remove(kept.id)
        else clients.put({ ...kept, userId: successor.id })
      }
    })
    return { clients }
  },
  behaviours: {
    create: ({ app, makeId, params, payload: { matchCriteria, target }, query }) => {
      const user = app.users.find(params.userIdOrExternalId, query.brandId)
      if (user === undefined) return userNotFound
      if (app.conversations.find(target.conversationId) === undefined) return conversationNotFound
      const { integrationId, type } = matchCriteria
      const client: Client = { id: makeId(), type, status: "pending", integrationId }
      app.clients.put({ id: client.id, userId: user.id, client })
      return { client }
    },
    list: ({ app, params, query }) => {
      const user = app.users.find(params.userIdOrExternalId, query.brandId)
      if (user === undefined) return userNotFound
      const page = pageOf(clientsOf(app, user.id), {
        after: query["page[after]"],
        before: query["page[before]"],
        size: query["page[size]"] ?? 25
      })
      return page instanceof Refusal ? page : { clients: page.items, meta: page.meta }
    },
    remove: ({ app, params, query }) => {
      const user = app.users.find(params.userIdOrExternalId, query.brandId)
      if (user === undefined) return userNotFound
      const kept = app.clients.find(params.clientId)
      if (kept === undefined || kept.userId !== user.id) return clientNotFound
      if (kept.client.type === "sdk") return sdkClientStays
      app.clients.remove(kept.id)
      return {}
    }
  }
}
