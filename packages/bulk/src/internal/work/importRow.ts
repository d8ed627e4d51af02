import type { Users } from "@sunco/client/Users"
import type { User } from "@sunco/schemas/User"
import type { CreateUser } from "@sunco/schemas/UserPayloads"
import * as Effect from "effect/Effect"
import type { Ended, GaveUp, RowCalls, Stopped } from "./rowCalls.ts"
import { isMeant, isStored, isStoredInAnotherForm } from "./storedUser.ts"

/** How often a row begins anew when its user comes and goes meanwhile. */
const rounds = 3

/** @internal */
export type ImportMode = "create" | "upsert" | "getOrCreate"

/**
 * Makes the user of a row. Whoever says 409 is asked who it is: it may be the user that an earlier attempt made, of this process or
 * of one that was killed.
 *
 * @internal
 */
export const importRow = (
  users: Users["Service"],
  mode: ImportMode,
  payload: CreateUser & { readonly externalId: string },
  calls: RowCalls
): Effect.Effect<Ended, Stopped> => {
  const make = (round: number): Effect.Effect<Ended, Stopped> =>
    // Nearly every row ends here.
    Effect.matchEffect(calls.send((options) => users.create(payload, options)), {
      onSuccess: () => created,
      onFailure: (error) => {
        switch (error._tag) {
          case "UserAlreadyExists":
            return Effect.catchTag(known(round), "GaveUp", (gaveUp) => Effect.succeed(calls.ended(gaveUp)))
          case "GaveUp":
            return Effect.succeed(calls.ended(error))
          case "Stopped":
            return Effect.fail(error)
        }
      }
    })

  /** Looks at who has the key, and begins anew where nobody has it any more. */
  const known = (round: number): Effect.Effect<Ended, GaveUp | Stopped> =>
    Effect.gen(function*() {
      const again = round < rounds
        ? make(round + 1)
        : Effect.succeed<Ended>({ outcome: "failed", reason: "UserAlreadyExists" })
      const brandId = payload.brandId ?? undefined
      const user: User | undefined = yield* calls.send(
        (options) => users.get(payload.externalId, { ...options, brandId })
      ).pipe(Effect.catchTag("UserNotFound", () => Effect.succeed(undefined)))
      if (user === undefined) return yield* again
      if (!isMeant(payload, user)) return anotherUser
      if (mode === "getOrCreate" || isStored(payload, user)) return found
      if (mode === "create") {
        return calls.applied !== "no" && isStoredInAnotherForm(payload, user) ? anotherForm : exists
      }
      const { brandId: _, externalId: __, ...patch } = payload
      // By id, so that no other user can be meant. Deleted since it was found: it is to be made.
      const changed = yield* calls.send((options) => users.update(user.id, patch, options)).pipe(
        Effect.as(true),
        Effect.catchTag("UserNotFound", () => Effect.succeed(false))
      )
      return changed ? updated : yield* again
    })

  return make(1)
}

const created: Effect.Effect<Ended> = Effect.succeed({ outcome: "created" })
const found: Ended = { outcome: "found" }
const updated: Ended = { outcome: "updated" }
const exists: Ended = { outcome: "exists", reason: "UserAlreadyExists" }
const anotherUser: Ended = { outcome: "refused", reason: "AnotherUser" }
/** Who made it cannot be told: the vendor may have written what was sent in a form of its own. */
const anotherForm: Ended = { outcome: "unknown", reason: "StoredInAnotherForm" }
