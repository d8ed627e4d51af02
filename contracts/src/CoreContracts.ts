/**
 * What goes for a request of any operation, pinned once, with users: how it authenticates, and how a path and a query say any
 * character.
 *
 * @since 0.1.0
 */
import { Users } from "@sunco/client/Users"
import { UserListResponse, UserResponse } from "@sunco/schemas/UsersOperations"
import * as Contract from "./Contract.ts"
import { basic, bearer, exactly, path, response, userId } from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

/**
 * A bearer token in the place of a key.
 *
 * @category contracts
 * @since 0.1.0
 */
export const bearerToken: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request with a bearer token to get a user",
      states: [given("a user exists", {})],
      request: { method: "GET", path: path("/users/${userId}"), headers: bearer },
      response: response(200, UserResponse, { user: { id: userId } })
    },
    credentials: "bearer",
    call: Users.use((users) => users.get(userId)),
    gives: { id: userId }
  })
]

/**
 * Characters that mean something in a URL.
 *
 * @category contracts
 * @since 0.1.0
 */
export const reservedCharacters: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to get a user by an externalId with reserved characters",
      states: [given("a user exists", { externalId: "sue@example.org/eu 1?#" })],
      request: { method: "GET", path: path("/users/sue%40example.org%2Feu%201%3F%23"), headers: basic },
      response: response(200, UserResponse, {
        user: { id: userId, ...exactly({ externalId: "sue@example.org/eu 1?#" }) }
      })
    },
    call: Users.use((users) => users.get("sue@example.org/eu 1?#")),
    gives: { id: userId, externalId: "sue@example.org/eu 1?#" }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the users who have an email address with reserved characters",
      states: [given("a user exists", { identities: [{ type: "email", value: "sue+eu&us@example.org" }] })],
      request: {
        method: "GET",
        path: path("/users"),
        query: { "filter[identities.email]": "sue+eu&us@example.org" },
        headers: basic
      },
      response: response(200, UserListResponse, { users: [{ id: userId }] })
    },
    call: Users.use((users) => users.listByEmail("sue+eu&us@example.org")),
    gives: [{ id: userId }]
  })
]
