import { type User } from "@sunco/schemas/User"
import { type UserResponse } from "@sunco/schemas/UsersOperations"
import { type ZendeskUser } from "../Seed.ts"

/**
 * The users of one app, in the order in which they came. They are kept as the responses that carry them, which never
 * change: an update puts a new one in the place of the old.
 *
 * @internal
 */
export class UserStore {
  private readonly byId = new Map<string, UserResponse>()
  private readonly byExternalId = new Map<string, UserResponse>()
  /** The core users, from which a sync copies. */
  readonly zendeskUsers = new Map<string, ZendeskUser>()

  /**
   * An id finds its user whatever the brand ("provide this when querying a brand-separated user by externalId or
   * identity"); an externalId finds the user who has it in that brand, or outside of any without one.
   */
  find(idOrExternalId: string, brandId: string | undefined): UserResponse | undefined {
    return this.byId.get(idOrExternalId) ?? this.withExternalId(idOrExternalId, brandId)
  }

  withExternalId(externalId: string, brandId: string | null | undefined): UserResponse | undefined {
    return this.byExternalId.get(externalIdKey(externalId, brandId))
  }

  /** Puts the user in, or in the place of the one with the same id. */
  put(user: User): UserResponse {
    const response: UserResponse = { user }
    const before = this.byId.get(user.id)
    if (before !== undefined) this.forgetExternalId(before.user)
    this.byId.set(user.id, response)
    if (typeof user.externalId === "string") {
      this.byExternalId.set(externalIdKey(user.externalId, user.brandId), response)
    }
    return response
  }

  remove(user: User): void {
    this.byId.delete(user.id)
    this.forgetExternalId(user)
  }

  all(): Array<User> {
    return Array.from(this.byId.values(), ({ user }) => user)
  }

  clear(): void {
    this.byId.clear()
    this.byExternalId.clear()
    this.zendeskUsers.clear()
  }

  private forgetExternalId(user: User): void {
    if (typeof user.externalId === "string") this.byExternalId.delete(externalIdKey(user.externalId, user.brandId))
  }
}

// An externalId can be any text, a brand too: the length keeps every pair apart from every other.
const externalIdKey = (externalId: string, brandId: string | null | undefined) =>
  typeof brandId === "string" ? `${brandId.length}:${brandId}${externalId}` : `:${externalId}`
