import { assert, describe, it } from "@effect/vitest"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Refusal } from "../src/internal/refusal.ts"
import { type From, type Page, Store } from "../src/internal/store.ts"

interface Note {
  readonly id: string
  readonly text?: string
}

const filled = (...ids: ReadonlyArray<string>) => {
  const store = new Store<Note>()
  for (const id of ids) store.put({ id })
  return store
}

const idsOf = (notes: ReadonlyArray<Note>) => notes.map(({ id }) => id)

const pageOf = (store: Store<Note>, from: From, direction?: "forwards" | "backwards"): Page<Note> => {
  const page = store.page(from, direction)
  if (page instanceof Refusal) throw new Error("Refused")
  return page
}

describe("a store", () => {
  it("keeps records in the order in which they came, also when one is updated", () => {
    const store = filled("b", "a")
    store.put({ id: "b", text: "new" })
    assert.deepStrictEqual(store.all(), [{ id: "b", text: "new" }, { id: "a" }])
    assert.deepStrictEqual(store.find("b"), { id: "b", text: "new" })
  })

  it("shows what there was when it was asked", () => {
    const store = filled("a", "b")
    const before = store.all()
    store.remove("a")
    store.put({ id: "c" })
    assert.deepStrictEqual([idsOf(before), idsOf(store.all())], [["a", "b"], ["b", "c"]])
  })

  it("tells what hangs on a record of its removal, once, and of its successor", () => {
    const store = filled("a", "b", "c")
    const told: Array<unknown> = []
    store.onRemove((removed, successor) => told.push([removed.id, successor?.id]))
    store.remove("a")
    store.remove("a")
    store.remove("b", { id: "c" })
    store.clear()
    assert.deepStrictEqual(told, [["a", undefined], ["b", "c"], ["c", undefined]])
    assert.deepStrictEqual(store.all(), [])
  })
})

describe("a page", () => {
  const store = filled("e", "d", "c", "b", "a")

  it.each<[string, From, "forwards" | "backwards" | undefined, string, Page<Note>["meta"]]>([
    ["begins with the oldest", { size: 2 }, undefined, "ed", { hasMore: true, afterCursor: "d" }],
    ["begins with the latest, backwards", { size: 2 }, "backwards", "ba", { hasMore: true, beforeCursor: "b" }],
    ["goes on after a record", { after: "d", size: 2 }, undefined, "cb", {
      hasMore: true,
      afterCursor: "b",
      beforeCursor: "c"
    }],
    ["goes on before a record", { before: "b", size: 2 }, "backwards", "dc", {
      hasMore: true,
      afterCursor: "c",
      beforeCursor: "d"
    }],
    ["goes back from a list that goes forwards", { before: "d", size: 2 }, "forwards", "e", {
      hasMore: false,
      afterCursor: "e"
    }],
    ["goes on in a list that goes backwards", { after: "c", size: 9 }, "backwards", "ba", {
      hasMore: false,
      beforeCursor: "b"
    }],
    ["is all that there is", { size: 5 }, undefined, "edcba", { hasMore: false }],
    ["is nothing behind the end", { after: "a", size: 5 }, undefined, "", { hasMore: false }]
  ])("%s", (_, from, direction, ids, meta) => {
    const page = pageOf(store, from, direction)
    assert.deepStrictEqual([idsOf(page.items).join(""), page.meta], [ids, meta])
  })

  it("is nothing of nothing", () => {
    assert.deepStrictEqual(pageOf(filled(), { size: 1 }), { items: [], meta: { hasMore: false } })
  })

  it.each([
    ["a cursor that is none", { after: "nobody", size: 1 }],
    ["both cursors", { after: "a", before: "b", size: 1 }]
  ])("is refused for %s", (_, from) => {
    assert.deepInclude(store.page(from), {
      status: 400,
      errors: [{ code: "bad_request", title: "Invalid page query parameters" }]
    })
  })

  it("goes on where its cursor was, when the record is gone", () => {
    const ids = Array.from({ length: 5 }, (_, i) => `${i}`.padStart(24, "0"))
    const store = filled(...ids)
    store.remove(ids[1]!)
    assert.deepStrictEqual(idsOf(pageOf(store, { after: ids[1]!, size: 2 }).items), ids.slice(2, 4))
    assert.deepStrictEqual(idsOf(pageOf(store, { before: ids[1]!, size: 2 }).items), ids.slice(0, 1))
    assert.deepStrictEqual(pageOf(store, { after: "f".repeat(24), size: 2 }).items, [])
  })

  it.effect.prop("by page, in either direction, makes the whole list", {
    count: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 30 })),
    size: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 12 })),
    backwards: Schema.Boolean
  }, ({ backwards, count, size }) =>
    Effect.sync(() => {
      const store = filled(...Arr.makeBy(count, String))
      let read: ReadonlyArray<string> = []
      let from: From | undefined = { size }
      while (from !== undefined) {
        const { items, meta }: Page<Note> = pageOf(store, from, backwards ? "backwards" : "forwards")
        read = backwards ? [...idsOf(items), ...read] : [...read, ...idsOf(items)]
        const cursor = backwards ? meta.beforeCursor : meta.afterCursor
        assert.strictEqual(meta.hasMore, cursor !== undefined)
        from = cursor === undefined ? undefined : backwards ? { before: cursor, size } : { after: cursor, size }
      }
      assert.deepStrictEqual(read, idsOf(store.all()))
    }))
})
