/** What a durable receiver keeps to when its process is killed, whatever the store: as tests of the store that is given. */
import { assert, type it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { patiently } from "../faults/Waiting.ts"
import { answered, outcomesOf, secret, type Sender, sendingTo, settled } from "./Sending.ts"
import * as Worker from "./Worker.ts"

/** A folder that is gone with its scope. */
export const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "webhooks-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

const say = ({ trigger }: Sender, conversation: string, message: string) =>
  trigger("conversation:message", { conversation: { id: conversation }, message: { id: message } })

const outcomes = ({ deliveries }: Sender) => Effect.map(deliveries.all, (all) => all.map(outcomesOf))

const setup = (store: Effect.Effect<string, never, Scope.Scope>) =>
  Effect.gen(function*() {
    const [port, url, file] = [yield* Worker.freePort, yield* store, join(yield* folder, "log")]
    writeFileSync(file, "")
    const log = () => readFileSync(file, "utf8").split("\n").slice(0, -1)
    const start = (port: number) => Worker.start("durableProcess.ts", [String(port), secret, url, file])
    return { sender: yield* sendingTo(port, ["conversation:message"]), port, start, log }
  })

/** `store` names a store of its own to each test. */
export const durableFaults = (store: Effect.Effect<string, never, Scope.Scope>, live: typeof it.live) => {
  const test = (name: string, test: Effect.Effect<void, unknown, Scope.Scope>) =>
    live(name, () => Effect.scoped(test), 60_000)

  test(
    "what was kept is handled by the next process, in order, when one is killed amid a handler",
    Effect.gen(function*() {
      const { log, port, sender, start } = yield* setup(store)
      const first = yield* start(port)
      for (const conversation of ["c1", "c2"]) {
        for (const message of ["a", "hang", "b"]) yield* say(sender, conversation, message)
      }
      yield* settled(sender)
      // What comes before it is noted by then.
      yield* patiently(Effect.sync(() => first.said().filter((line) => line === "begun hang").length === 2))
      yield* first.kill
      assert.deepStrictEqual(yield* outcomes(sender), Array.from({ length: 6 }, () => [200]))
      assert.sameMembers([...log()], ["c1 a 1", "c2 a 1"])
      yield* start(port)
      yield* patiently(Effect.sync(() => log().length === 6))
      for (const conversation of ["c1", "c2"]) {
        assert.deepStrictEqual(
          log().filter((line) => line.startsWith(conversation)),
          [`${conversation} a 1`, `${conversation} hang 2`, `${conversation} b 1`]
        )
      }
    })
  )

  test(
    "a process that is there takes over from one that is killed",
    Effect.gen(function*() {
      const { log, port, sender, start } = yield* setup(store)
      const first = yield* start(port)
      for (const message of ["hang", "b"]) yield* say(sender, "c1", message)
      yield* patiently(Effect.sync(() => first.said().includes("begun hang")))
      const other = yield* start(yield* Worker.freePort)
      yield* say(sender, "c2", "elsewhere")
      yield* settled(sender)
      yield* patiently(Effect.sync(() => log().includes("c2 elsewhere 1")))
      assert.notInclude(other.said(), "begun hang")
      yield* first.kill
      yield* patiently(Effect.sync(() => log().some((line) => line.startsWith("c1 b"))))
      assert.deepStrictEqual(log().filter((line) => line.startsWith("c1")), ["c1 hang 2", "c1 b 1"])
    })
  )

  test(
    "what comes while nobody is there is asked for again, and handled once",
    Effect.gen(function*() {
      const { log, port, sender, start } = yield* setup(store)
      const first = yield* start(port)
      yield* sender.deliveries.next({ _tag: "twice" })
      for (const message of ["a", "hang"]) yield* say(sender, "c1", message)
      yield* settled(sender)
      yield* patiently(Effect.sync(() => first.said().includes("begun hang")))
      yield* first.kill
      yield* say(sender, "c1", "b")
      yield* answered(sender)
      yield* start(port)
      yield* settled(sender)
      yield* patiently(Effect.sync(() => log().length === 3))
      assert.deepStrictEqual(yield* outcomes(sender), [[200, 200], [200], ["no answer", 200]])
      assert.deepStrictEqual(log(), ["c1 a 1", "c1 hang 2", "c1 b 1"])
    })
  )

  test(
    "nothing is lost of what comes while the process is killed again and again",
    Effect.gen(function*() {
      const { log, port, sender, start } = yield* setup(store)
      const kills = 4
      for (let n = 0; n < kills; n++) {
        const worker = yield* start(port)
        for (let m = 0; m < 15; m++) {
          yield* say(sender, `c${m % 3}`, String(n * 15 + m))
          // Before all of them are kept, and amid the work at others.
          if (m === 12) yield* Effect.forkScoped(worker.kill)
        }
        yield* worker.kill
      }
      yield* start(port)
      yield* settled(sender)
      const messages = () => log().map((line) => line.split(" ")[1])
      yield* patiently(Effect.sync(() => new Set(messages()).size === kills * 15))
      assert.deepStrictEqual((yield* outcomes(sender)).filter((outcomes) => outcomes.at(-1) !== 200), [])
      // What is at work when a process is killed is repeated where it had ended and was not noted: at most what each worker was at.
      assert.isAtMost(messages().length, kills * 15 + kills * 3)
    })
  )
}
