/**
 * An operation of each kind that the core can tell from others, with input that is fine. They are of users on purpose: what holds
 * for a kind holds for each operation of it, and what holds for every operation is in test/operations/everyOperation.test.ts.
 */
import type { CallOptions } from "@sunco/client"
import type { SunshineError } from "@sunco/client/SunshineError"
import type { Users } from "@sunco/client/Users"
import type { UserAlreadyExists, UserNotFound } from "@sunco/client/Outcomes"
import type { User } from "@sunco/schemas/User"
import type * as Effect from "effect/Effect"
import { json, type Reply } from "./ScriptedTransport.ts"

export const ada: User = {
  id: "7494535bff5cef41a15be74d",
  externalId: "ada",
  signedUpAt: "2026-11-23T09:30:00.000Z",
  profile: { givenName: "Ada", surname: "Lovelace", email: "ada@example.com" },
  metadata: { plan: "pro" },
  identities: [{ type: "email", value: "ada@example.com" }]
}

export interface Operation {
  readonly name: keyof Users["Service"]
  readonly call: (
    users: Users["Service"],
    options?: CallOptions
  ) => Effect.Effect<unknown, UserNotFound | UserAlreadyExists | SunshineError>
  /** The documented success, and what the method makes of it. */
  readonly status: number
  readonly body: unknown
  readonly value: unknown
  readonly kind: "read" | "write"
}

const oneUser = { status: 200, body: { user: ada }, value: ada }

/** A read with an outcome of its own and one without; writes that make, change and take away. */
export const operations: ReadonlyArray<Operation> = [
  {
    name: "create",
    call: (users, options) => users.create({ externalId: "ada", profile: { givenName: "Ada" } }, options),
    status: 201,
    body: { user: ada },
    value: ada,
    kind: "write"
  },
  { name: "get", call: (users, options) => users.get("ada", options), ...oneUser, kind: "read" },
  {
    name: "update",
    call: (users, options) => users.update("ada", { metadata: { plan: "pro" } }, options),
    ...oneUser,
    kind: "write"
  },
  {
    name: "delete",
    call: (users, options) => users.delete("ada", options),
    status: 200,
    body: {},
    value: undefined,
    kind: "write"
  },
  {
    name: "listByEmail",
    call: (users, options) => users.listByEmail("ada@example.com", options),
    status: 200,
    body: { users: [ada] },
    value: [ada],
    kind: "read"
  }
]

/** The two that are built on the others. */
export const compositions: ReadonlyArray<Pick<Operation, "name" | "call">> = [
  { name: "getOrCreate", call: (users, options) => users.getOrCreate({ externalId: "ada" }, options) },
  { name: "upsert", call: (users, options) => users.upsert({ externalId: "ada" }, options) }
]

export const success = (operation: Operation): Reply => json(operation.status, operation.body)
