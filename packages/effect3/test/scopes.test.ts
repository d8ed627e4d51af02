import * as Context4 from "effect-4/Context"
import * as Effect4 from "effect-4/Effect"
import * as Exit4 from "effect-4/Exit"
import * as Layer4 from "effect-4/Layer"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { assert, describe, it } from "vitest"
import { buildLayer } from "../src/internal/buildLayer.ts"

class Opened extends Context4.Service<Opened, { readonly closed: Array<Exit4.Exit<unknown, unknown>> }>()("Opened") {
  static readonly layer = Layer4.effect(
    Opened,
    Effect4.gen(function*() {
      const closed: Array<Exit4.Exit<unknown, unknown>> = []
      yield* Effect4.addFinalizer((exit) => Effect4.sync(() => closed.push(exit)))
      return { closed }
    })
  )
}

describe("what a layer of the client opens", () => {
  it("is closed with the application's scope, and told how that ended", async () => {
    let closed: ReadonlyArray<Exit4.Exit<unknown, unknown>> = []
    const exit = await Effect.runPromiseExit(Effect.scoped(Effect.gen(function*() {
      const opened = yield* buildLayer(Opened, Opened.layer)
      closed = opened.closed
      assert.lengthOf(closed, 0)
      return yield* Effect.fail("no more")
    })))
    assert.deepStrictEqual(exit, Exit.fail("no more"))
    assert.deepStrictEqual(closed, [Exit4.fail("no more")])
  })
})
