import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Pages from "../src/Pages.ts"

const broken = Stream.concat(Stream.make(1, 2), Stream.fail("no more"))

it.effect("has what was asked for, although nobody can see whether there are more", () =>
  Effect.gen(function*() {
    assert.deepStrictEqual(yield* Pages.first(broken, 2), [1, 2])
    assert.deepStrictEqual(yield* Pages.first(broken, 1), [1])
  }))

it.effect("fails where some of what was asked for is missing", () =>
  Effect.gen(function*() {
    assert.strictEqual(yield* Effect.flip(Pages.first(broken, 3)), "no more")
  }))
