import { assert, beforeAll, describe, it } from "vitest"
import { consume, type Consumer } from "./consume.ts"

describe.each(["npm", "pnpm"] as const)(
  "an application with services of its own, installed by %s",
  (packageManager) => {
    let consumer: Consumer
    beforeAll(() => {
      consumer = consume("application", packageManager)
    })

    it("is what the compiler takes for well typed", () => consumer.run("tsc"))

    it("runs", async () => {
      assert.strictEqual(await consumer.run("node", "main.ts"), "Have we met?\nGood morning, Ada\n")
    })

    it("tests itself with the emulator in memory", async () => {
      assert.match(await consumer.run("vitest", "run"), /Tests +2 passed \(2\)/)
    })
  }
)
