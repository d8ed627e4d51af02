import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { readdir } from "node:fs/promises"
import { tmpdir } from "node:os"
import { type KeyOfLine, makeRepeatedKeys, type Repeated } from "../../src/internal/input/repeatedKeys.ts"

const Keys = Schema.Array(Schema.Literals(["a", "b", "c", "ä", "", "[null,\"a\"]"])).check(Schema.isMaxLength(20))

const byLine = (repeated: ReadonlyArray<Repeated>) => repeated.toSorted((left, right) => left.line - right.line)

/** Of all added, in pieces. */
const repeatedOf = (keys: ReadonlyArray<KeyOfLine>, duplicates: "refuse" | "last", pieces = 3) =>
  Effect.gen(function*() {
    const set = yield* makeRepeatedKeys
    for (let start = 0; start < keys.length; start += pieces) yield* set.add(keys.slice(start, start + pieces))
    return byLine(yield* Stream.runCollect(set.repeated(duplicates)))
  }).pipe(Effect.scoped)

describe("keys that are there twice", () => {
  it.effect.prop("are found, and which row stays is as was asked", [Keys], ([keys]) =>
    Effect.gen(function*() {
      const lines = keys.map((key, index) => ({ key, line: index * 2 + 1 }))
      const first = (key: string) => lines.find((other) => other.key === key)!.line
      assert.deepStrictEqual(
        yield* repeatedOf(lines, "refuse"),
        lines.filter(({ key, line }) => line !== first(key)).map(({ key, line }) => ({ line, of: first(key) }))
      )
      const next = ({ key, line }: KeyOfLine) => lines.find((other) => other.key === key && other.line > line)?.line
      assert.deepStrictEqual(
        yield* repeatedOf(lines, "last"),
        lines.flatMap((row) => {
          const of = next(row)
          return of === undefined ? [] : [{ line: row.line, of }]
        })
      )
    }))

  it.effect("are found among more than there is room for in memory", () =>
    Effect.gen(function*() {
      const count = 200_000
      // The last thousand are the first thousand.
      const lines = Array.from({ length: count }, (_, index) => ({
        key: `customer ${index % (count - 1000)}`,
        line: index + 1
      }))
      const repeated = yield* repeatedOf(lines, "refuse", 500)
      assert.deepStrictEqual(
        repeated,
        Array.from({ length: 1000 }, (_, index) => ({ line: count - 1000 + index + 1, of: index + 1 }))
      )
    }))

  it.effect("are in a file without a name, as digests", () =>
    Effect.gen(function*() {
      const files = Effect.promise(async () =>
        (await readdir(tmpdir())).filter((name) => /^sunco-bulk-.{36}$/u.test(name))
      )
      const before = yield* files
      const scope = yield* Scope.make()
      const set = yield* Scope.provide(makeRepeatedKeys, scope)
      yield* set.add(Array.from({ length: 100_000 }, (_, line) => ({ key: `customer ${line}`, line })))
      assert.deepStrictEqual(yield* files, before)
      yield* Scope.close(scope, Exit.void)
      // It is closed, and cannot be read any more.
      assert.isTrue(Exit.isFailure(yield* Effect.exit(Stream.runDrain(set.repeated("refuse")))))
    }))
})
