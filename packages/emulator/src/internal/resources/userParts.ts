import { Store } from "../store.ts"
import { type UserStore } from "./userStore.ts"

/**
 * A record, and the user that it belongs to.
 *
 * @internal
 */
export interface OfUser<A> {
  readonly id: string
  readonly userId: string
  readonly record: A
}

/**
 * Records of which each belongs to a user: it goes with the user, or over to whom the user is merged into.
 *
 * @internal
 */
export class UserParts<A extends { readonly id: string }> extends Store<OfUser<A>> {
  private readonly shown = new WeakMap<A, A & { readonly userId: string }>()

  constructor(users: UserStore) {
    super()
    users.onRemove(({ id }, successor) => {
      for (const part of this.all()) {
        if (part.userId !== id) continue
        if (successor === undefined) this.remove(part.id)
        else this.put({ ...part, userId: successor.id })
      }
    })
  }

  /** Those of a user, in the order in which they came. */
  of(userId: string): ReadonlyArray<A> {
    return this.all().flatMap((part) => part.userId === userId ? [part.record] : [])
  }

  findOf(userId: string, id: string): A | undefined {
    const part = this.find(id)
    return part?.userId === userId ? part.record : undefined
  }

  add(userId: string, record: A): A {
    this.put({ id: record.id, userId, record })
    return record
  }

  /** Every one, with whose it is; always the same object for the same record of the same user. */
  shownWithUser(): ReadonlyArray<A & { readonly userId: string }> {
    return this.all().map(({ record, userId }) => {
      let shown = this.shown.get(record)
      if (shown?.userId !== userId) {
        shown = { ...record, userId }
        this.shown.set(record, shown)
      }
      return shown
    })
  }
}
