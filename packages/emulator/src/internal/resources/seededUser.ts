import { type User } from "@sunco/schemas/User"
import { type Context } from "../resource.ts"
import { users, type UsersState } from "./users.ts"

/**
 * The user whom a seed names by either id, who is made where there is none.
 *
 * @internal
 */
export const seededUser = (
  idOrExternalId: string,
  context: Pick<Context, "makeId" | "now"> & { readonly app: UsersState }
): User =>
  context.app.users.find(idOrExternalId) ??
    users.seed.users(
      /^[0-9a-f]{24}$/u.test(idOrExternalId) ? { id: idOrExternalId } : { externalId: idOrExternalId },
      context
    )
