/**
 * The contracts of the Users API: its seven operations with every documented status. What goes for every request alike, such as a
 * bearer token, is in `CoreContracts`.
 *
 * Requests are exact. Of a response is asked what the client reads: any value of the type where the type is all that counts,
 * exactly the value that the request has set. The examples are those of the vendor's OpenAPI document 17.12.1; where they
 * leave out a field that the document describes, it has the example of that description.
 *
 * @since 0.1.0
 */
import { Users } from "@sunco/client/Users"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import { UserListResponse, UserResponse } from "@sunco/schemas/UsersOperations"
import * as Matcher from "effect-pact/Matcher"
import * as Contract from "./Contract.ts"
import { brandId, complete, email, externalId, settings, zendeskId } from "./internal/users.ts"
import { basic, empty, exactly, failure, path, response, userId, userNotFound } from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

/** A profile without any value, as a request may say it. */
const nulls = { givenName: null, surname: null, email: null, avatarUrl: null, locale: null }

/**
 * `CreateUser`: 201, 409.
 *
 * @category contracts
 * @since 0.1.0
 */
export const create: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to create a user with every field",
      comments: [
        "A create that is repeated compares the user that is stored with what it sent: these values are exact."
      ],
      states: [given("no user exists", { idOrExternalId: externalId })],
      request: {
        method: "POST",
        path: path("/users"),
        headers: basic,
        body: { externalId, brandId, ...settings }
      },
      response: response(201, UserResponse, {
        user: { id: userId, ...exactly({ externalId, brandId, ...settings }), identities: [] }
      })
    },
    call: Users.use((users) => users.create({ externalId, brandId, ...settings })),
    gives: { id: userId, externalId, brandId, ...settings, identities: [] }
  }),
  Contract.make({
    interaction: {
      description: "a request to create a user with an externalId only",
      states: [given("no user exists", { idOrExternalId: externalId })],
      request: { method: "POST", path: path("/users"), headers: basic, body: { externalId } },
      response: response(201, UserResponse, { user: { id: userId, ...exactly({ externalId }) } })
    },
    call: Users.use((users) => users.create({ externalId })),
    gives: { id: userId, externalId }
  }),
  Contract.make({
    interaction: {
      description: "a request to create a user about whom nothing is known",
      states: [given("an app exists")],
      request: { method: "POST", path: path("/users"), headers: basic, body: {} },
      response: response(201, UserResponse, { user: { id: userId } })
    },
    call: Users.use((users) => users.create({})),
    gives: { id: userId }
  }),
  Contract.make({
    interaction: {
      description: "a request to create a user with null wherever the API takes it",
      states: [given("no user exists", { idOrExternalId: externalId })],
      request: {
        method: "POST",
        path: path("/users"),
        headers: basic,
        body: { externalId, brandId: null, profile: nulls, metadata: null }
      },
      response: response(201, UserResponse, { user: { id: userId, ...exactly({ externalId }) } })
    },
    call: Users.use((users) => users.create({ externalId, brandId: null, profile: nulls, metadata: null })),
    gives: { id: userId, externalId }
  }),
  Contract.make({
    interaction: {
      description: "a request to create a user whose externalId is taken",
      states: [given("a user exists", { externalId })],
      request: { method: "POST", path: path("/users"), headers: basic, body: { externalId } },
      response: failure(409, "conflict", "User already exists")
    },
    call: Users.use((users) => users.create({ externalId })),
    failsWith: "UserAlreadyExists"
  })
]

/**
 * `ListUsers`: 200.
 *
 * @category contracts
 * @since 0.1.0
 */
export const listByEmail: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to list the users who have an email address",
      states: [given("a user exists", complete)],
      request: {
        method: "GET",
        path: path("/users"),
        query: { "filter[identities.email]": email, brandId },
        headers: basic
      },
      response: response(200, UserListResponse, { users: [{ id: userId, ...complete }] })
    },
    call: Users.use((users) => users.listByEmail(email, { brandId })),
    gives: [{ id: userId, ...complete }]
  }),
  Contract.make({
    interaction: {
      description: "a request to list the users who have an email address that nobody has",
      states: [given("no user is known by this email address", { email })],
      request: { method: "GET", path: path("/users"), query: { "filter[identities.email]": email }, headers: basic },
      response: response(200, UserListResponse, { users: [] })
    },
    call: Users.use((users) => users.listByEmail(email)),
    gives: []
  })
]

/**
 * `GetUser`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const get: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to get a user by id",
      states: [given("a user exists", complete)],
      request: { method: "GET", path: path("/users/${userId}"), headers: basic },
      response: response(200, UserResponse, { user: { id: userId, ...complete } })
    },
    call: Users.use((users) => users.get(userId)),
    gives: { id: userId, ...complete }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a user about whom nothing is known",
      states: [given("a user exists", {})],
      request: { method: "GET", path: path("/users/${userId}"), headers: basic },
      response: response(200, UserResponse, { user: { id: userId } })
    },
    call: Users.use((users) => users.get(userId)),
    gives: { id: userId }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a user with null wherever the API gives it",
      states: [given("a user exists", { externalId: null, zendeskId: null, brandId: null, profile: nulls })],
      request: { method: "GET", path: path("/users/${userId}"), headers: basic },
      response: response(200, UserResponse, {
        user: { id: userId, externalId: null, zendeskId: null, brandId: null, profile: nulls }
      })
    },
    call: Users.use((users) => users.get(userId)),
    gives: { id: userId, externalId: null, zendeskId: null, brandId: null, profile: nulls }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a user whose profile, metadata and identities are empty",
      states: [given("a user exists", { profile: {}, metadata: {}, identities: [] })],
      request: { method: "GET", path: path("/users/${userId}"), headers: basic },
      response: response(200, UserResponse, { user: { id: userId, profile: {}, metadata: {}, identities: [] } })
    },
    call: Users.use((users) => users.get(userId)),
    gives: { id: userId, profile: {}, metadata: {}, identities: [] }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a user by externalId",
      comments: ["What is looked up by its externalId has to say so: a create that is repeated compares them."],
      states: [given("a user exists", { externalId })],
      request: { method: "GET", path: path("/users/your-own-id"), headers: basic },
      response: response(200, UserResponse, { user: { id: userId, ...exactly({ externalId }) } })
    },
    call: Users.use((users) => users.get(externalId)),
    gives: { id: userId, externalId }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a brand-separated user by externalId",
      states: [given("a user exists", { externalId, brandId })],
      request: { method: "GET", path: path("/users/your-own-id"), query: { brandId }, headers: basic },
      response: response(200, UserResponse, { user: { id: userId, ...exactly({ externalId, brandId }) } })
    },
    call: Users.use((users) => users.get(externalId, { brandId })),
    gives: { id: userId, externalId, brandId }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a user who does not exist",
      states: [given("no user exists", { idOrExternalId: externalId })],
      request: { method: "GET", path: path("/users/your-own-id"), headers: basic },
      response: userNotFound
    },
    call: Users.use((users) => users.get(externalId)),
    failsWith: "UserNotFound"
  })
]

/**
 * `UpdateUser`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const update: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to update every field of a user that can be changed",
      states: [given("a user exists", {
        authenticated: true,
        externalId,
        zendeskId,
        brandId,
        identities: complete.identities
      })],
      request: { method: "PATCH", path: path("/users/${userId}"), headers: basic, body: settings },
      response: response(200, UserResponse, { user: { id: userId, ...complete, ...exactly(settings) } })
    },
    call: Users.use((users) => users.update(userId, settings)),
    gives: { id: userId, ...complete }
  }),
  Contract.make({
    interaction: {
      description: "a request to update one field of a user by externalId",
      comments: ["What a patch leaves out stays."],
      states: [given("a user exists", { externalId, toBeRetained: true, profile: { givenName: "Jane" } })],
      request: {
        method: "PATCH",
        path: path("/users/your-own-id"),
        headers: basic,
        body: { profile: { surname: "Doe" } }
      },
      response: response(200, UserResponse, {
        user: {
          id: userId,
          ...exactly({ externalId, toBeRetained: true, profile: { givenName: "Jane", surname: "Doe" } })
        }
      })
    },
    call: Users.use((users) => users.update(externalId, { profile: { surname: "Doe" } })),
    gives: {
      id: userId,
      externalId,
      toBeRetained: true,
      profile: { givenName: "Jane", surname: "Doe" }
    }
  }),
  Contract.make({
    interaction: {
      description: "a request to clear every field of a user that takes null",
      comments: ["An empty profile is what the document's example of a user without personal information has."],
      states: [given("a user exists", { profile: settings.profile, metadata: settings.metadata })],
      request: {
        method: "PATCH",
        path: path("/users/${userId}"),
        headers: basic,
        body: { profile: nulls, metadata: null }
      },
      response: response(200, UserResponse, { user: { id: userId, profile: empty, metadata: empty } })
    },
    call: Users.use((users) => users.update(userId, { profile: nulls, metadata: null })),
    gives: { id: userId, profile: {}, metadata: {} }
  }),
  Contract.make({
    interaction: {
      description: "a request to update nothing of a user",
      states: [given("a user exists", {})],
      request: { method: "PATCH", path: path("/users/${userId}"), headers: basic, body: {} },
      response: response(200, UserResponse, { user: { id: userId } })
    },
    call: Users.use((users) => users.update(userId, {})),
    gives: { id: userId }
  }),
  Contract.make({
    interaction: {
      description: "a request to update a brand-separated user by externalId",
      states: [given("a user exists", { externalId, brandId })],
      request: {
        method: "PATCH",
        path: path("/users/your-own-id"),
        query: { brandId },
        headers: basic,
        body: { toBeRetained: true }
      },
      response: response(200, UserResponse, {
        user: { id: userId, ...exactly({ externalId, brandId, toBeRetained: true }) }
      })
    },
    call: Users.use((users) => users.update(externalId, { toBeRetained: true }, { brandId })),
    gives: { id: userId, externalId, brandId, toBeRetained: true }
  }),
  Contract.make({
    interaction: {
      description: "a request to update a user who does not exist",
      states: [given("no user exists", { idOrExternalId: externalId })],
      request: {
        method: "PATCH",
        path: path("/users/your-own-id"),
        headers: basic,
        body: { toBeRetained: true }
      },
      response: userNotFound
    },
    call: Users.use((users) => users.update(externalId, { toBeRetained: true })),
    failsWith: "UserNotFound"
  })
]

const deleteUser: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to delete a user by id",
      states: [given("a user exists", {})],
      request: { method: "DELETE", path: path("/users/${userId}"), headers: basic },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Users.use((users) => users.delete(userId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to delete a user by externalId",
      states: [given("a user exists", { externalId })],
      request: { method: "DELETE", path: path("/users/your-own-id"), headers: basic },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Users.use((users) => users.delete(externalId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to delete a brand-separated user by externalId",
      states: [given("a user exists", { externalId, brandId })],
      request: { method: "DELETE", path: path("/users/your-own-id"), query: { brandId }, headers: basic },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Users.use((users) => users.delete(externalId, { brandId })),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to delete a user who does not exist",
      states: [given("no user exists", { idOrExternalId: externalId })],
      request: { method: "DELETE", path: path("/users/your-own-id"), headers: basic },
      response: userNotFound
    },
    call: Users.use((users) => users.delete(externalId)),
    failsWith: "UserNotFound"
  })
]

export {
  /**
   * `DeleteUser`: 200, 404.
   *
   * @category contracts
   * @since 0.1.0
   */
  deleteUser as delete
}

/**
 * `DeleteUserPersonalInformation`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const deletePersonalInformation: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to delete the personal information of a user by id",
      states: [given("a user exists", complete)],
      request: { method: "DELETE", path: path("/users/${userId}/personalinformation"), headers: basic },
      response: response(200, UserResponse, {
        user: { id: userId, ...complete, profile: empty, metadata: empty, identities: [] }
      })
    },
    call: Users.use((users) => users.deletePersonalInformation(userId)),
    gives: { id: userId, ...complete, profile: {}, metadata: {}, identities: [] }
  }),
  Contract.make({
    interaction: {
      description: "a request to delete the personal information of a user by externalId",
      states: [given("a user exists", { externalId })],
      request: { method: "DELETE", path: path("/users/your-own-id/personalinformation"), headers: basic },
      response: response(200, UserResponse, { user: { id: userId, ...exactly({ externalId }) } })
    },
    call: Users.use((users) => users.deletePersonalInformation(externalId)),
    gives: { id: userId, externalId }
  }),
  Contract.make({
    interaction: {
      description: "a request to delete the personal information of a brand-separated user by externalId",
      states: [given("a user exists", { externalId, brandId })],
      request: {
        method: "DELETE",
        path: path("/users/your-own-id/personalinformation"),
        query: { brandId },
        headers: basic
      },
      response: response(200, UserResponse, { user: { id: userId, ...exactly({ externalId, brandId }) } })
    },
    call: Users.use((users) => users.deletePersonalInformation(externalId, { brandId })),
    gives: { id: userId, externalId, brandId }
  }),
  Contract.make({
    interaction: {
      description: "a request to delete the personal information of a user who does not exist",
      states: [given("no user exists", { idOrExternalId: externalId })],
      request: { method: "DELETE", path: path("/users/your-own-id/personalinformation"), headers: basic },
      response: userNotFound
    },
    call: Users.use((users) => users.deletePersonalInformation(externalId)),
    failsWith: "UserNotFound"
  })
]

/**
 * `SyncUser`: 200.
 *
 * @category contracts
 * @since 0.1.0
 */
export const sync: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to sync a user with the core Zendesk user",
      states: [
        given("a core Zendesk user exists", { id: zendeskId, givenName: "Jane", surname: "Doe", externalId, email }),
        given("a user exists", {
          ...complete,
          externalId: null,
          profile: { ...settings.profile, givenName: null },
          identities: []
        })
      ],
      request: { method: "POST", path: path("/users/35436/sync"), headers: basic, body: {} },
      response: response(200, UserResponse, {
        user: { id: userId, ...complete, ...exactly({ externalId, zendeskId }) }
      })
    },
    call: Users.use((users) => users.sync(zendeskId)),
    gives: { id: userId, ...complete }
  }),
  Contract.make({
    interaction: {
      description: "a request to sync a user with the core Zendesk user who survived a merge",
      states: [
        given("a core Zendesk user exists", { id: zendeskId }),
        given("a user exists", { zendeskId: "30045042291606" })
      ],
      request: {
        method: "POST",
        path: path("/users/30045042291606/sync"),
        headers: basic,
        body: { survivingZendeskId: zendeskId }
      },
      response: response(200, UserResponse, { user: { id: userId, ...exactly({ zendeskId }) } })
    },
    call: Users.use((users) => users.sync("30045042291606", { survivingZendeskId: zendeskId })),
    gives: { id: userId, zendeskId }
  })
]
