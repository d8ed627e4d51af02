import type { Users } from "@sunco/client/Users"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Effect from "effect/Effect"
import type { UserAddress } from "../../UserRows.ts"
import type { Row } from "../ChunkSource.ts"
import type { Ended, RowCalls, Stopped } from "./rowCalls.ts"
import { lookUp } from "./users.ts"

/**
 * Reads the user of a row, with all that the vendor gave.
 *
 * @internal
 */
export const exportRow = (
  users: Users["Service"],
  { line, value }: Row<UserAddress>,
  calls: RowCalls,
  exported: Map<number, string>
): Effect.Effect<Ended, Stopped> =>
  lookUp(users, value, calls).pipe(
    Effect.map((meant): Ended => {
      if (meant._tag === "Absent") return absent
      if (meant._tag === "AnotherUser") return anotherUser
      exported.set(line, JSON.stringify(UnknownFields.toJson(meant.user)))
      return done
    }),
    Effect.catchTag("GaveUp", (gaveUp) => Effect.succeed(calls.ended(gaveUp)))
  )

const done: Ended = { outcome: "exported" }
const absent: Ended = { outcome: "absent", reason: "UserNotFound" }
const anotherUser: Ended = { outcome: "refused", reason: "AnotherUser" }
