import { type User } from "@sunco/schemas/User"
import { Store } from "../store.ts"

/**
 * The users of one app, who are found by their externalId, too.
 *
 * @internal
 */
export class UserStore extends Store<User> {
  private readonly byExternalId = new Map<string, User>()
  private readonly forgetting: Array<(user: User) => void> = []

  /**
   * An id finds its user whatever the brand, which only externalIds and identities depend on (OpenAPI 17.12.1, `brandIdQuery`); an
   * externalId finds the user who has it in that brand, or outside of any without one.
   */
  override find(idOrExternalId: string, brandId?: string): User | undefined {
    return super.find(idOrExternalId) ?? this.withExternalId(idOrExternalId, brandId)
  }

  withExternalId(externalId: string, brandId: string | null | undefined): User | undefined {
    return this.byExternalId.get(externalIdKey(externalId, brandId))
  }

  override put(user: User): User {
    const before = super.find(user.id)
    if (before !== undefined) this.forgetExternalId(before)
    if (typeof user.externalId === "string") this.byExternalId.set(externalIdKey(user.externalId, user.brandId), user)
    return super.put(user)
  }

  override remove(id: string, successor?: User): User | undefined {
    const user = super.find(id)
    // Before what hangs on the user looks for it.
    if (user !== undefined) this.forgetExternalId(user)
    return super.remove(id, successor)
  }

  /** Where others say what becomes of what they know of a user whose personal information is deleted. */
  onForget(forget: (user: User) => void): void {
    this.forgetting.push(forget)
  }

  /** Who the user is stays, but nothing of what the user is like. */
  forget(user: User): User {
    for (const forget of this.forgetting) forget(user)
    return this.put({ ...user, profile: {}, metadata: {}, identities: [] })
  }

  private forgetExternalId(user: User): void {
    if (typeof user.externalId === "string") this.byExternalId.delete(externalIdKey(user.externalId, user.brandId))
  }
}

// An externalId can be any text, a brand too: the length keeps every pair apart from every other.
const externalIdKey = (externalId: string, brandId: string | null | undefined) =>
  typeof brandId === "string" ? `${brandId.length}:${brandId}${externalId}` : `:${externalId}`
