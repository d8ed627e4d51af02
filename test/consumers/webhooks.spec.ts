import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, beforeAll, describe, it } from "vitest"
import { inMarkdown } from "../documents/examples.ts"
import { root } from "sunco-workshop/release/pack"
import { consume, type Consumer } from "./consume.ts"

const blocks = inMarkdown(readFileSync(join(root, "packages/webhooks/README.md"), "utf8"))

/** Each block of the README, by what no other has. */
const files = {
  express: "WebhookReceiver.fromEnv({\n  \"user:remove\": async",
  fastify: "from \"fastify\"",
  hono: "from \"hono\"",
  next: "export const POST",
  worker: "fetch(request: Request",
  lambda: "receiver.lambda",
  router: "HttpRouter.serve"
}

const errorLine = /^\[\d\d:\d\d:\d\d\.\d{3}\] ERROR \(#\d+\)(?: [\w.]+=\S+)*: /

// Effect's logger begins with the time.
const isLogged = (line: string) => /^\[\d\d:\d\d:\d\d\.\d{3}\] /.test(line)

/** What a program printed, and the errors that were logged meanwhile. */
const told = (output: string) => {
  const lines = output.trimEnd().split("\n")
  return {
    printed: lines.filter((line) => !isLogged(line)),
    errors: lines.filter((line) => errorLine.test(line)).map((line) => line.replace(errorLine, "Error: "))
  }
}

const unknownKey = "Error: Refused a delivery: its key is not known"

const tooLarge =
  "Error: Refused a delivery: its body is longer than 5242880 bytes (maxBodyBytes), and its events are lost"

const cut = "Error: Refused a delivery: its body has not come to its end"

const noJson = "Error: Refused a delivery: its body is no JSON, and its events are lost"

const consumed =
  "Error: Refused a delivery: its body was read before the receiver got it: mount the receiver first, or hand on what was read, in Node as `request.body`"

describe.each(["npm", "pnpm"] as const)("the receivers of the README, installed by %s", (packageManager) => {
  let consumer: Consumer
  beforeAll(() => {
    consumer = consume("webhooks", packageManager)
    for (const [name, text] of Object.entries(files)) {
      const [block, ...others] = blocks.filter(({ code }) => code.includes(text))
      assert.isTrue(block !== undefined && others.length === 0, name)
      writeFileSync(join(consumer.directory, `${name}.ts`), block!.code)
    }
  })

  it("are what the compiler takes for well typed, the declarations of the frameworks too", () => consumer.run("tsc"))

  it.each(Object.keys(files))(
    "take what the emulator sends, and nothing that is forged, too large or cut: %s",
    async (name) => {
      if (name === "worker") {
        const bundled = ["--bundle", "--format=esm", "--platform=browser", "--outfile=worker.bundle.js"]
        await consumer.run("esbuild", "worker.ts", ...bundled)
      }
      const { errors, printed } = told(await consumer.run("node", "deliveries.ts", name))
      assert.deepStrictEqual(printed, [
        "200 handled, 200 handled, 200 handled",
        "ada is gone",
        "delivered 200",
        "given up 401",
        "grace is gone",
        "delivered 200, 200",
        "401 unknown key",
        "200",
        "long is gone",
        "200 handled",
        "413 too large",
        "413 too large",
        "alan is gone",
        "delivered 200"
      ])
      // A function is not called for a body that is cut, and Effect's server lets go of the request by itself.
      const cuts = name === "lambda" || name === "router" ? [] : [cut]
      assert.deepStrictEqual(errors, [unknownKey, unknownKey, tooLarge, tooLarge, ...cuts])
    }
  )

  it("take the events of everything that a function may be behind", async () => {
    const { errors, printed } = told(await consumer.run("node", "lambdaEvents.ts"))
    assert.deepStrictEqual(printed, [
      "of API Gateway, version 2 is gone",
      "API Gateway, version 2: 200 handled",
      "of API Gateway, version 1 is gone",
      "API Gateway, version 1: 200 handled",
      "of a function URL is gone",
      "a function URL, in base64: 200 handled",
      "of a load balancer is gone",
      "a load balancer: 200 handled",
      "a stranger: 401 unknown key",
      "a body that is cut: 422 no delivery",
      "base64 that is none: 422 no delivery",
      "a body that is too large: 413 too large"
    ])
    assert.deepStrictEqual(errors, [unknownKey, noJson, noJson, tooLarge])
  })

  it("take a body that was read before where it was handed on, and say what to do where it was not", async () => {
    const { errors, printed } = told(await consumer.run("node", "consumed.ts"))
    assert.deepStrictEqual(printed, [
      "express.json is gone",
      "express.json: 200 handled",
      "express.text is gone",
      "express.text: 200 handled",
      "express.raw is gone",
      "express.raw: 200 handled",
      "a reader in Express: 500 consumed",
      "the parser of Fastify: 500 consumed",
      "a reader in Hono: 500 consumed",
      "a reader of the Request: 500 consumed",
      "HttpServerRequest.json is gone",
      "HttpServerRequest.json: 200 handled",
      "HttpServerRequest.stream: 500 consumed"
    ])
    assert.deepStrictEqual(errors, Array.from({ length: 5 }, () => consumed))
  })
})
