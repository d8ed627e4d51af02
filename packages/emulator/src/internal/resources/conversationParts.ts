import { type Conversation } from "@sunco/schemas/Conversation"
import { Store } from "../store.ts"

/**
 * Records of which each belongs to a conversation, and goes with it; those of one conversation in the order in which they came.
 *
 * @internal
 */
export class ConversationParts<A extends { readonly id: string }> {
  private readonly stores = new Map<string, Store<A>>()
  private readonly told: Array<(removed: A, conversationId: string) => void> = []
  private readonly stored = new WeakMap<A, A & { readonly conversationId: string }>()

  constructor(conversations: Store<Conversation>) {
    conversations.onRemove(({ id }) => {
      this.stores.get(id)?.clear()
      this.stores.delete(id)
    })
  }

  /** Of a conversation that there is. */
  of(conversationId: string): Store<A> {
    let store = this.stores.get(conversationId)
    if (store === undefined) {
      store = new Store()
      store.onRemove((removed) => {
        for (const tell of this.told) tell(removed, conversationId)
      })
      this.stores.set(conversationId, store)
    }
    return store
  }

  /** Where others say what becomes of what hangs on one of these when it is removed. */
  onRemove(tell: (removed: A, conversationId: string) => void): void {
    this.told.push(tell)
  }

  /** Every one, conversation by conversation, with where it belongs; always the same object for the same record. */
  all(): ReadonlyArray<A & { readonly conversationId: string }> {
    return Array.from(this.stores, ([conversationId, store]) =>
      store.all().map((record) => {
        let stored = this.stored.get(record)
        if (stored === undefined) {
          stored = { ...record, conversationId }
          this.stored.set(record, stored)
        }
        return stored
      })).flat()
  }
}
