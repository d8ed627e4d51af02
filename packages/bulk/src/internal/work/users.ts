import type { User } from "@sunco/schemas/User"
import * as Effect from "effect/Effect"
import type { Users } from "@sunco/client/Users"
import type { UserAddress } from "../../UserRows.ts"
import type { GaveUp, RowCalls, Stopped } from "./rowCalls.ts"

/** Whom a row means, or why nobody. */
export type Meant = { readonly _tag: "User"; readonly user: User } | { readonly _tag: "Absent" } | {
  readonly _tag: "AnotherUser"
}

/**
 * Looks up whom a row means. The vendor takes an id and an externalId in the same place, so that somebody else may answer to it.
 *
 * @internal
 */
export const lookUp = (
  users: Users["Service"],
  address: UserAddress,
  calls: RowCalls
): Effect.Effect<Meant, GaveUp | Stopped> => {
  const { brandId, externalId, id } = address
  return calls.send((options) => users.get(id ?? externalId ?? "", { ...options, brandId })).pipe(
    Effect.map((user): Meant => isOf(address, user) ? { _tag: "User", user } : { _tag: "AnotherUser" }),
    Effect.catchTag("UserNotFound", () => Effect.succeed<Meant>({ _tag: "Absent" }))
  )
}

const isOf = ({ brandId, externalId, id }: UserAddress, user: User): boolean =>
  (id === undefined || user.id === id || user.externalId === id) &&
  (externalId === undefined || user.externalId === externalId) &&
  (brandId === undefined || (user.brandId ?? undefined) === brandId)
