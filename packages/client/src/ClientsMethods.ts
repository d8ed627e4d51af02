/**
 * What can be done with the channels of a user: the text of `Clients`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { Client } from "@sunco/schemas/Client"
import type { CreateClient } from "@sunco/schemas/ClientPayloads"
import type { Page, SizedFrom } from "@sunco/schemas/Page"
import type { Call, Face, Many } from "./Face.ts"

/**
 * The methods of `Clients`, whichever way they are called.
 *
 * @category models
 * @since 0.1.0
 */
export interface ClientsMethods<F extends Face> {
  /**
   * Links a channel to a user (`CreateClient`). The client is pending until the channel has answered, which events tell.
   *
   * It may send the person a message, so it is sent again only when nothing can have arrived.
   */
  readonly create: (
    userId: string,
    payload: CreateClient,
    options?: F["brandOptions"]
  ) => Call<F, Client, "UserNotFound" | "ConversationNotFound" | "IntegrationNotFound">

  /** A page of the clients of a user, pending ones among them (`ListClients`); their order is not documented. */
  readonly list: (
    userId: string,
    from?: SizedFrom,
    options?: F["brandOptions"]
  ) => Call<F, Page<Client>, "UserNotFound">

  /** All clients of a user, a page when it is needed; each page is a call of `list`. */
  readonly stream: (
    userId: string,
    from?: SizedFrom,
    options?: F["brandOptions"]
  ) => Many<F, Client, "UserNotFound">

  /**
   * Takes a client from a user and from all conversations (`RemoveClient`). One of type `sdk` is refused with 400.
   *
   * A 404 after an attempt whose answer was lost is a success.
   */
  readonly remove: (
    userId: string,
    clientId: string,
    options?: F["brandOptions"]
  ) => Call<F, void, "UserNotFound" | "ClientNotFound">
}
