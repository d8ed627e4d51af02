import type { Users } from "@sunco/client/Users"
import * as Effect from "effect/Effect"
import type { UpdateRow } from "../../UserRows.ts"
import type { Ended, RowCalls, Stopped } from "./rowCalls.ts"
import { lookUp } from "./users.ts"

/**
 * Changes the user of a row, by id, so that nobody else can be meant.
 *
 * @internal
 */
export const updateRow = (
  users: Users["Service"],
  row: UpdateRow,
  calls: RowCalls
): Effect.Effect<Ended, Stopped> =>
  Effect.gen(function*() {
    const meant = yield* lookUp(users, row, calls)
    if (meant._tag === "Absent") return absent
    if (meant._tag === "AnotherUser") return anotherUser
    const { brandId: _, externalId: __, id: ___, ...patch } = row
    return yield* calls.send((options) => users.update(meant.user.id, patch, options)).pipe(
      Effect.as(updated),
      Effect.catchTag("UserNotFound", () => Effect.succeed(absent))
    )
  }).pipe(Effect.catchTag("GaveUp", (gaveUp) => Effect.succeed(calls.ended(gaveUp))))

const updated: Ended = { outcome: "updated" }
const absent: Ended = { outcome: "absent", reason: "UserNotFound" }
const anotherUser: Ended = { outcome: "refused", reason: "AnotherUser" }
