import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { request } from "node:http"
import { basic, call, envelope, send } from "./Call.ts"
import { exchange } from "./exchange.ts"
import { transports } from "./Transports.ts"

const MiB = 1024 * 1024

const tooLarge = (limit: string) => envelope("payload_too_large", `Request body is larger than ${limit}`)

describe.each(transports)("bodies, $name", (transport) => {
  layer(transport.layer())((it) => {
    it.effect("over 100 kB are refused in the order of everything else, however large", () =>
      Effect.gen(function*() {
        const text = " ".repeat(20 * MiB)
        const status = (path: string, authorization?: string) =>
          Effect.map(
            call("POST", path, { text, ...(authorization === undefined ? {} : { authorization }) }),
            ({ status }) => status
          )
        assert.strictEqual(yield* status("users"), 413)
        assert.strictEqual(yield* status("users", ""), 401)
        assert.strictEqual(yield* status("users", "Basic bm9ib2R5Og=="), 401)
        assert.strictEqual(yield* status("/v2/apps/nobody/users"), 404)
        assert.strictEqual(yield* status("/nowhere"), 404)
        assert.strictEqual(yield* status("users/ada"), 405)
      }))

    it.effect("are remembered up to there, and no further", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        for (const path of ["users", "/nowhere"]) {
          yield* call("POST", path, { text: "x".repeat(2 * MiB), authorization: "" })
        }
        const lengths = (yield* emulator.requests).map(({ body }) => typeof body === "string" ? body.length : body)
        assert.deepStrictEqual(lengths, [102_401, 102_401])
      }))

    it.effect("of the emulator's own endpoints are refused over 16 MiB, and taken up to there", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        const text = (length: number) => "{}".padEnd(length)
        assert.strictEqual((yield* call("POST", "/_emulator/seed", { text: text(16 * MiB) })).status, 200)
        const { body, status } = yield* call("POST", "/_emulator/seed", { text: text(16 * MiB + 1) })
        assert.deepStrictEqual([status, body], [413, tooLarge("16mb")])
        assert.deepStrictEqual(yield* emulator.stored("Users"), [])
      }))
  })
})

/** Sends a body that only `node:http` would, and gives the status and whether the connection was kept. */
const post = (emulator: Emulator["Service"], path: string, chunks: ReadonlyArray<Buffer>, length?: number) =>
  Effect.callback<number, Error>((resume) => {
    const sent = request(`${emulator.url}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: basic(emulator),
        ...(length === undefined ? { "transfer-encoding": "chunked" } : { "content-length": length })
      }
    }, (response) => {
      response.resume()
      response.on("end", () => resume(Effect.succeed(response.statusCode ?? 0)))
    })
    sent.on("error", (error) => resume(Effect.fail(error)))
    for (const chunk of chunks) sent.write(chunk)
    sent.end()
    return Effect.sync(() => sent.destroy())
  })

describe("a body that is too large, on a socket", () => {
  const chunks = Array.from({ length: 320 }, () => Buffer.alloc(65_536, " "))
  const bytes = 320 * 65_536

  it.effect.each([["in chunks", undefined], ["with a length", bytes]] as const)(
    "%s leaves its sender with the answer, and not with a reset",
    ([, length]) =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        const users = `/v2/apps/${emulator.appId}/users`
        assert.strictEqual(yield* post(emulator, users, chunks, length), 413)
        assert.strictEqual(yield* post(emulator, "/_emulator/seed", chunks, length), 413)
        assert.strictEqual(yield* post(emulator, "/nowhere", chunks, length), 404)
      }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("is answered before its end, which may never come", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const head = `POST /v2/apps/${emulator.appId}/users HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(emulator)}\r\n`
      const endless = `${head}Transfer-Encoding: chunked\r\n\r\n${`ffff\r\n${" ".repeat(65_535)}\r\n`.repeat(3)}`
      assert.match(yield* exchange(emulator, endless, /\}$/u), /^HTTP\/1\.1 413 /u)
      const announced = `${head}Content-Length: ${Number.MAX_SAFE_INTEGER}\r\n\r\n${" ".repeat(200_000)}`
      assert.match(yield* exchange(emulator, announced, /\}$/u), /^HTTP\/1\.1 413 /u)
    }).pipe(Effect.provide(Emulator.layer())))

  it.effect("is followed by the next request on the same connection", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const path = `/v2/apps/${emulator.appId}/users`
      const head = (method: string, path: string, rest: string) =>
        `${method} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(emulator)}\r\n${rest}\r\n`
      const large = head("POST", path, `Content-Length: ${bytes}\r\n`) + " ".repeat(bytes)
      const received = yield* exchange(emulator, large + head("GET", `${path}/nobody`, ""), /user_not_found[^]*\}$/u)
      assert.deepStrictEqual(received.match(/HTTP\/1\.1 \d+/gu), ["HTTP/1.1 413", "HTTP/1.1 404"])
    }).pipe(Effect.provide(Emulator.layer())))
})

describe("a request that its head refuses, on a socket", () => {
  const head = (start: string, rest: string) => `${start} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n${rest}\r\n`

  it.effect.each(
    [
      [403, "POST /_emulator/nothing", "Host: evil.example\r\n"],
      [403, "POST /_emulator/seed", "Host: evil.example\r\n"],
      [403, "POST /_emulator/seed", "Host: localhost\r\nOrigin: http://evil.example\r\n"],
      [404, "POST /_emulator/nothing", "Host: localhost\r\n"],
      [405, "PUT /_emulator/seed", "Host: localhost\r\n"],
      [403, "GET /", "Host: evil.example\r\n"],
      [400, "POST /v2/apps/a/users", "Host: localhost\r\nhOST: localhost\r\n"],
      [400, "GET /_emulator/health", "Host: localhost\r\nHost: evil.example\r\n"]
    ] as const
  )(
    "is %s before anything of its body came, and the next one is answered: %s %j",
    ([status, start, rest]) =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        const unsent = yield* exchange(emulator, head(start, rest), /\}$/u)
        assert.match(unsent, new RegExp(`^HTTP/1\\.1 ${status} `, "u"))
        const body = `${"1\r\nx\r\n".repeat(1000)}0\r\n\r\n`
        const next = "GET /_emulator/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
        const received = yield* exchange(emulator, head(start, rest) + body + next, /"ok"\}$/u)
        assert.deepStrictEqual(received.match(/HTTP\/1\.1 \d+/gu), [`HTTP/1.1 ${status}`, "HTTP/1.1 200"])
      }).pipe(Effect.provide(Emulator.layer()))
  )
})

describe("faults", () => {
  layer(Emulator.layerMemory())((it) => {
    const faults = (length: number) => ({
      body: { faults: Array.from({ length }, () => ({ fault: { _tag: "EmptyBody" } })) }
    })

    it.effect("are added by 1,000 in a request, up to 10,000, and an answer repeats those of its request", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        assert.strictEqual((yield* call("POST", "/_emulator/faults", faults(1001))).status, 400)
        assert.lengthOf(yield* emulator.faults.left, 0)
        for (let i = 0; i < 10; i++) {
          const { body, status } = yield* call("POST", "/_emulator/faults", faults(1000))
          assert.strictEqual(status, 200)
          assert.deepStrictEqual(body, faults(1000).body)
        }
        assert.strictEqual((yield* call("POST", "/_emulator/faults", faults(1))).status, 400)
        assert.isTrue(Exit.hasDies(yield* Effect.exit(emulator.faults.next(Fault.emptyBody))))
        assert.lengthOf(yield* emulator.faults.left, 10_000)
      }))
  })
})

describe("the log", () => {
  it.effect("holds as much as 16 MiB, the last ones of it, however many requests that are", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const text = "x".repeat(100_000)
      for (let i = 0; i < 200; i++) yield* send("POST", `/nowhere/${i}`, { text })
      const requests = yield* emulator.requests
      assert.isAtMost(requests.length * text.length, 16 * MiB)
      assert.isAtLeast(requests.length * text.length, 15 * MiB)
      assert.strictEqual(requests.at(-1)?.path, "/nowhere/199")
      yield* emulator.reset
      yield* send("GET", "/nowhere", { headers: { "x-large": "x".repeat(17 * MiB) } })
      assert.lengthOf(yield* emulator.requests, 0)
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect("keeps the last ones in order, over any number of them", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      for (let i = 0; i < 25; i++) {
        yield* send("GET", `/${i}`)
        const paths = (yield* emulator.requests).map(({ path }) => path)
        assert.deepStrictEqual(paths, Array.from({ length: i + 1 }, (_, n) => `/${n}`).slice(-4))
      }
    }).pipe(Effect.provide(Emulator.layerMemory({ requestsKept: 4 }))))

  it.effect("keeps nothing when nothing is to be kept", () =>
    Effect.gen(function*() {
      yield* send("GET", "/")
      yield* send("GET", "/nowhere")
      assert.deepStrictEqual(yield* (yield* Emulator).requests, [])
    }).pipe(Effect.provide(Emulator.layerMemory({ requestsKept: 0 }))))
})
