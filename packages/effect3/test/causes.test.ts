import * as HttpClient from "@effect/platform/HttpClient"
import * as Credentials from "@sunco/effect3/Credentials"
import { Users } from "@sunco/effect3/Users"
import * as Cause4 from "effect-4/Cause"
import * as Effect4 from "effect-4/Effect"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import { assert, describe, it } from "vitest"
import { causeToEffect3, causeToEffect4 } from "../src/internal/cause.ts"
import { runEffect3 } from "../src/internal/runEffect3.ts"
import { runEffect4 } from "../src/internal/runEffect4.ts"
import * as ScriptedTransport from "./ScriptedTransport.ts"

const bug = new Error("a bug")

describe("a cause of Effect 4", () => {
  it("keeps every reason, in parallel", () => {
    assert.deepStrictEqual(
      causeToEffect3(Cause4.fromReasons([
        Cause4.makeFailReason("failure"),
        Cause4.makeDieReason(bug),
        Cause4.makeInterruptReason(7)
      ])),
      Cause.parallel(Cause.parallel(Cause.fail("failure"), Cause.die(bug)), Cause.interrupt(FiberId.make(7, 0)))
    )
    assert.deepStrictEqual(causeToEffect3(Cause4.empty), Cause.empty)
    assert.deepStrictEqual(causeToEffect3(Cause4.interrupt()), Cause.interrupt(FiberId.none))
  })
})

describe("a cause of Effect 3", () => {
  it("keeps every reason, from left to right", () => {
    const cause = Cause.sequential(
      Cause.parallel(Cause.fail("failure"), Cause.die(bug)),
      Cause.parallel(Cause.interrupt(FiberId.make(7, 0)), Cause.sequential(Cause.interrupt(FiberId.none), Cause.empty))
    )
    assert.deepStrictEqual(
      causeToEffect4(cause).reasons.map((reason) =>
        reason._tag === "Fail" ? reason.error : reason._tag === "Die" ? reason.defect : reason.fiberId
      ),
      ["failure", bug, 7, undefined]
    )
    assert.deepStrictEqual(
      causeToEffect4(cause).reasons.map(({ _tag }) => _tag),
      ["Fail", "Die", "Interrupt", "Interrupt"]
    )
  })
})

describe("between the runtimes", () => {
  const there = <E>(effect: Effect4.Effect<never, E>) => Effect.runPromiseExit(runEffect4(effect))

  const thereAndBack = <E>(effect: Effect.Effect<never, E>) => there(runEffect3(effect))

  it("a failure stays a failure", async () => {
    assert.deepStrictEqual(await there(Effect4.fail("failure")), Exit.fail("failure"))
    assert.deepStrictEqual(await thereAndBack(Effect.fail("failure")), Exit.fail("failure"))
  })

  it("a defect stays a defect, also one that looks like an error", async () => {
    assert.deepStrictEqual(await there(Effect4.die(bug)), Exit.die(bug))
    assert.deepStrictEqual(await thereAndBack(Effect.die(bug)), Exit.die(bug))
    assert.deepStrictEqual(
      await thereAndBack(Effect.sync(() => {
        throw bug
      })),
      Exit.die(bug)
    )
  })

  it("an interruption stays an interruption", async () => {
    for (const exit of [await there(Effect4.interrupt), await thereAndBack(Effect.interrupt)]) {
      assert.isTrue(Exit.isFailure(exit) && Cause.isInterruptedOnly(exit.cause))
    }
  })

  it("what fails in parallel fails with all of it", async () => {
    const exit = await thereAndBack(Effect.failCause(Cause.parallel(Cause.fail("one"), Cause.die(bug))))
    assert.deepStrictEqual(exit, Exit.failCause(Cause.parallel(Cause.fail("one"), Cause.die(bug))))
  })

  it("what dies while it is interrupted is told to who interrupted", async () => {
    const effect = runEffect4(Effect4.onInterrupt(Effect4.never, () => Effect4.die(bug)))
    const exit = await Effect.runPromise(Effect.gen(function*() {
      const fiber = yield* Effect.fork(effect)
      yield* Effect.yieldNow()
      return yield* Fiber.interrupt(fiber)
    }))
    assert(Exit.isFailure(exit))
    assert.isTrue(Cause.isInterrupted(exit.cause))
    assert.deepStrictEqual(Array.from(Cause.defects(exit.cause)), [bug])
  })
})

describe("a defect of the application", () => {
  it("in the effect of its token is a defect of the call", async () => {
    const exit = await Effect.runPromiseExit(
      Effect.flatMap(Users, (users) => users.get("ada")).pipe(
        Effect.provide(Users.layer({ appId: "app", subdomain: "example" })),
        Effect.provide(Credentials.layerBearerEffect(Effect.die(bug))),
        Effect.provideService(HttpClient.HttpClient, ScriptedTransport.make([ScriptedTransport.found]).httpClient)
      )
    )
    assert.deepStrictEqual(exit, Exit.die(bug))
  })

  it("in its transport is a defect of the call, and not an answer that was lost", async () => {
    const { httpClient } = ScriptedTransport.make([() => Effect.die(bug)])
    const exit = await Effect.runPromiseExit(
      Effect.flatMap(Users, (users) => users.get("ada", { retry: "never" })).pipe(
        Effect.provide(ScriptedTransport.users(httpClient))
      )
    )
    assert(Exit.isFailure(exit))
    assert.isTrue(Cause.isDieType(exit.cause))
    // Effect 3 notes the span on what died in it.
    assert.deepStrictEqual(Array.from(Cause.defects(exit.cause), Cause.originalError), [bug])
  })
})
