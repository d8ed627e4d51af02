import type { From, Page } from "@sunco/schemas/Page"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Pages from "../src/Pages.ts"

/** Answers with these pages, one after the other, and says where they were asked for. */
const answering = (...pages: ReadonlyArray<Page<number>>) => {
  const asked: Array<From | undefined> = []
  const ask = (from: From | undefined) => {
    const page = pages[asked.push(from) - 1]
    return page === undefined ? Effect.fail("no more") : Effect.succeed(page)
  }
  return { ask, asked }
}

const twoOfMore: Page<number> = { items: [1, 2], hasMore: true, before: "a", after: "b" }

describe("a part of a list", () => {
  it.effect.each([1, 2])(
    "asks for no page behind what was asked for: %d of a page of 2",
    (limit) =>
      Effect.gen(function*() {
        const { ask, asked } = answering(twoOfMore)
        assert.deepStrictEqual(yield* Pages.first(ask, { limit }), [1, 2].slice(0, limit))
        assert.deepStrictEqual(asked, [undefined])
      })
  )

  it.effect("goes on where some of it is missing, and fails where these cannot be had", () =>
    Effect.gen(function*() {
      const { ask, asked } = answering(twoOfMore, { items: [3], hasMore: false, before: "c" })
      assert.deepStrictEqual(yield* Pages.first(ask, { limit: 4 }), [1, 2, 3])
      assert.deepStrictEqual(asked, [undefined, { after: "b" }])
      assert.strictEqual(yield* Effect.flip(Pages.first(answering(twoOfMore).ask, { limit: 3 })), "no more")
    }))

  it.effect("is its end in the same order, where it goes backwards", () =>
    Effect.gen(function*() {
      const { ask, asked } = answering({ items: [4, 5], hasMore: true, before: "d" }, { ...twoOfMore, items: [2, 3] })
      assert.deepStrictEqual(yield* Pages.last(ask, { limit: 3, from: { before: "f" } }), [3, 4, 5])
      assert.deepStrictEqual(asked, [{ before: "f" }, { before: "d" }])
    }))

  it.effect("ends where a cursor leads back", () =>
    Effect.gen(function*() {
      const { ask, asked } = answering(twoOfMore, twoOfMore, twoOfMore)
      assert.deepStrictEqual(yield* Pages.first(ask, { limit: 100 }), [1, 2, 1, 2])
      assert.strictEqual(asked.length, 2)
    }))
})
