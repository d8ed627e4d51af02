import { assert, describe, it } from "@effect/vitest"
import { InvalidInput, SunshineError } from "@sunco/client/SunshineError"
import * as TerminalCapabilities from "effect/cli/TerminalCapabilities"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stdio from "effect/Stdio"
import { TestConsole } from "effect/testing"
import { Printer } from "../demo/Printer.ts"
import { playRound } from "../demo/round.ts"
import type { Failure, Outcome } from "../demo/Step.ts"
import { Traffic } from "../demo/Traffic.ts"

const printerOn = (terminal: { readonly isTerminal: boolean; readonly canColor: boolean }) =>
  Printer.layer.pipe(
    Layer.provide(Layer.merge(
      Stdio.layerTest({ stdoutIsTerminal: Effect.succeed(terminal.isTerminal) }),
      Layer.succeed(TerminalCapabilities.TerminalCapabilities, {
        canColor: terminal.canColor,
        canAnimate: terminal.isTerminal,
        canPrompt: terminal.isTerminal
      })
    ))
  )

const nothingSent = Layer.succeed(Traffic, { latest: Effect.succeed([]) })

const play = Effect.fnUntraced(function*(outcome: Effect.Effect<Outcome, Failure>) {
  const { reports } = yield* playRound({ name: "Basic", again: false, run: () => outcome })
  const lines = yield* TestConsole.logLines
  return { states: new Set(reports.map(({ state }) => state)), reports, output: lines.join("\n") }
}, Effect.provide(Layer.merge(printerOn({ isTerminal: false, canColor: false }), nothingSent)))

describe("a round of the demo", () => {
  it.effect("is done when everything that a step claims holds", () =>
    Effect.gen(function*() {
      const { output, states } = yield* play(Effect.succeed({ got: 1, holds: () => ({ "one is one": true }) }))
      assert.deepStrictEqual(states, new Set(["done"]))
      assert.include(output, "✓ one is one")
    }))

  it.effect("stops at the first claim that does not hold", () =>
    Effect.gen(function*() {
      const { output, reports } = yield* play(
        Effect.succeed({ got: 1, holds: () => ({ "one is one": true, "one is two": false }) })
      )
      assert.deepStrictEqual(reports.map(({ state }) => state), [
        "failed",
        ...Array<string>(reports.length - 1).fill("not run")
      ])
      assert.include(output, "✗ not so: one is two")
      assert.notInclude(output, "✓")
    }))

  it.effect("stops at a failure that no step handles", () =>
    Effect.gen(function*() {
      const reason = new InvalidInput({ issues: [] })
      const error = new SunshineError({ operation: "Users.get", reason, attempts: 0, applied: "no" })
      const { output, reports } = yield* play(Effect.fail(error))
      assert.strictEqual(reports[0]?.state, "failed")
      assert.include(output, `✗ ${error.message}`.trimEnd())
    }))

  it.effect("stops at a defect", () =>
    Effect.gen(function*() {
      const { output, reports } = yield* play(Effect.die(new Error("a bug")))
      assert.strictEqual(reports[0]?.state, "failed")
      assert.include(output, "a bug")
    }))
})

describe("the printer", () => {
  const printed = (terminal: Parameters<typeof printerOn>[0]) =>
    Effect.gen(function*() {
      const { print } = yield* Printer
      yield* print("\u001b[31mred\u001b[39m")
      return yield* TestConsole.logLines
    }).pipe(Effect.provide(printerOn(terminal)))

  it.effect("writes colour on a terminal", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* printed({ isTerminal: true, canColor: true }), ["\u001b[31mred\u001b[39m"])
    }))

  it.effect("writes none where NO_COLOR forbids it", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* printed({ isTerminal: true, canColor: false }), ["red"])
    }))

  it.effect("writes none into a pipe, even where FORCE_COLOR asks for it", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* printed({ isTerminal: false, canColor: true }), ["red"])
    }))
})
