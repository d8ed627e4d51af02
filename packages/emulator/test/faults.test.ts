import { assert, describe, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as HttpClientError from "effect/http/HttpClientError"
import * as Predicate from "effect/Predicate"
import * as TestClock from "effect/testing/TestClock"
import { arrival, call, envelope, eventually, readInto, send } from "./Call.ts"
import { transports } from "./Transports.ts"

/** Creates a user under a fault, and says whether there is one afterwards. */
const createUnder = <A, E, R>(fault: Fault.Fault, create: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const emulator = yield* Emulator
    yield* emulator.reset
    yield* emulator.faults.next(fault)
    const exit = yield* Effect.exit(create)
    const [seen] = yield* emulator.requests
    const users = yield* emulator.stored("Users")
    assert.strictEqual(seen?.applied, users.length === 1)
    assert.deepStrictEqual(seen?.fault, fault)
    return { exit, applied: users.length === 1, status: seen?.status }
  })

const create = call("POST", "users", { body: { externalId: "ada" } })

const createAndReadText = Effect.flatMap(
  send("POST", "users", { body: { externalId: "ada" } }),
  (response) => Effect.map(response.text, (text) => ({ status: response.status, headers: response.headers, text }))
)

/** Every code among an error and its causes. */
const codesOf = (error: unknown): Array<unknown> =>
  Predicate.hasProperty(error, "cause") && error.cause !== undefined
    ? [...codesOf(error.cause), ...ownCode(error)]
    : ownCode(error)

const ownCode = (error: unknown) => Predicate.hasProperty(error, "code") ? [error.code] : []

const failureOf = <A, E>(exit: Exit.Exit<A, E>) => {
  const error = Exit.findErrorOption(exit)
  assert.isTrue(error._tag === "Some" && HttpClientError.isHttpClientError(error.value), String(exit))
  return error._tag === "Some" && HttpClientError.isHttpClientError(error.value) ? error.value : assert.fail()
}

describe.each(transports)("faults $name", ({ layer: transport, name }) => {
  layer(transport())((it) => {
    const inMemory = name === "in memory"

    it.effect.each([400, 401, 402, 403, 404, 405, 408, 409, 413, 415, 418, 423, 429, 500, 501, 502, 503, 504])(
      "answers %i with the envelope instead of carrying the request out",
      (status) =>
        Effect.gen(function*() {
          const { applied, exit } = yield* createUnder(Fault.status(status), create)
          const answer = yield* exit
          assert.strictEqual(answer.status, status)
          assert.nestedProperty(answer.body, "errors[0].code")
          assert.isFalse(applied)
        })
    )

    it.effect.each([200, 202, 299])(
      "answers %i with {} instead of carrying the request out",
      (status) =>
        Effect.gen(function*() {
          const { applied, exit } = yield* createUnder(Fault.status(status), create)
          const answer = yield* exit
          assert.deepStrictEqual([answer.status, answer.body, applied], [status, {}, false])
        })
    )

    it.effect.each([204, 304])("answers %i, which has no body", (status) =>
      Effect.gen(function*() {
        const { exit } = yield* createUnder(Fault.status(status), createAndReadText)
        const answer = yield* exit
        assert.deepStrictEqual([answer.status, answer.text], [status, ""])
        assert.notProperty(answer.headers, "content-length")
      }))

    it.effect("answers a status with its own code, title and headers", () =>
      Effect.gen(function*() {
        const fault = Fault.status(404, { code: "app_not_found", title: "Gone", headers: { "X-Request-Id": "1" } })
        const answer = yield* (yield* createUnder(fault, create)).exit
        assert.deepStrictEqual([answer.status, answer.body], [404, envelope("app_not_found", "Gone")])
        assert.strictEqual(answer.headers["x-request-id"], "1")
      }))

    it.effect("answers a status with a body of its own, as plain text unless the headers say otherwise", () =>
      Effect.gen(function*() {
        const plain = yield* (yield* createUnder(Fault.status(429, { body: "Slow down" }), createAndReadText)).exit
        assert.deepStrictEqual([plain.headers["content-type"], plain.text], ["text/plain; charset=utf-8", "Slow down"])
        const headers = { "Content-Type": "application/json" }
        const json = yield* (yield* createUnder(Fault.status(200, { body: "{", headers }), createAndReadText)).exit
        assert.deepStrictEqual([json.headers["content-type"], json.text], ["application/json", "{"])
      }))

    it.effect("answers 504 although the request was carried out", () =>
      Effect.gen(function*() {
        const { applied, exit, status } = yield* createUnder(Fault.status(504, { applied: true }), create)
        assert.deepStrictEqual([(yield* exit).status, status, applied], [504, 504, true])
      }))

    it.effect("answers 429 without Retry-After, with seconds, and with a date to be read against Date", () =>
      Effect.gen(function*() {
        yield* TestClock.setTime(Date.UTC(2026, 10, 23, 9, 30))
        const limited = Effect.fnUntraced(function*(fault: Fault.Fault) {
          const { applied, exit } = yield* createUnder(fault, create)
          const { body, headers, status } = yield* exit
          assert.deepStrictEqual([status, body, applied], [
            429,
            envelope("too_many_requests", "Too many requests"),
            false
          ])
          assert.strictEqual(headers["date"], "Mon, 23 Nov 2026 09:30:00 GMT")
          return headers["retry-after"]
        })
        assert.isUndefined(yield* limited(Fault.rateLimited()))
        assert.strictEqual(yield* limited(Fault.rateLimited({ retryAfter: 7 })), "7")
        assert.strictEqual(
          yield* limited(Fault.rateLimited({ retryAfter: 90, as: "date" })),
          "Mon, 23 Nov 2026 09:31:30 GMT"
        )
      }))

    it.effect("answers with a redirect", () =>
      Effect.gen(function*() {
        const { applied, exit } = yield* createUnder(
          Fault.redirect("https://example.com/", { status: 307 }),
          createAndReadText
        )
        const { headers, status } = yield* exit
        assert.deepStrictEqual([status, headers["location"], applied], [307, "https://example.com/", false])
      }))

    it.effect("answers with a page of HTML, in the place of the answer or after it was carried out", () =>
      Effect.gen(function*() {
        const proxy = yield* createUnder(Fault.htmlBody(), createAndReadText)
        const page = yield* proxy.exit
        assert.deepStrictEqual([page.status, proxy.applied], [502, false])
        assert.strictEqual(page.headers["content-type"], "text/html; charset=utf-8")
        assert.match(page.text, /^<!DOCTYPE html>/u)
        const lost = yield* createUnder(Fault.htmlBody({ status: 200, applied: true }), createAndReadText)
        assert.deepStrictEqual([(yield* lost.exit).status, lost.applied], [200, true])
      }))

    it.effect("answers with the true status and an empty body", () =>
      Effect.gen(function*() {
        const { applied, exit } = yield* createUnder(Fault.emptyBody, createAndReadText)
        const { headers, status, text } = yield* exit
        assert.deepStrictEqual([status, text, headers["content-length"], applied], [201, "", "0", true])
      }))

    it.effect("answers with JSON of the wrong shape: a field retyped, set to null or left out, or all of it", () =>
      Effect.gen(function*() {
        const mistyped = Effect.fnUntraced(function*(...options: Parameters<typeof Fault.mistypedBody>) {
          const { applied, exit } = yield* createUnder(Fault.mistypedBody(...options), create)
          const { body, status } = yield* exit
          assert.deepStrictEqual([status, applied], [201, true])
          return body
        })
        assert.nestedInclude(yield* mistyped({ path: ["user", "id"], value: 12 }), { "user.id": 12 })
        assert.nestedInclude(yield* mistyped({ path: ["user", "profile"], value: null }), { "user.profile": null })
        const dropped = yield* mistyped({ path: ["user", "id"] })
        assert.nestedInclude(dropped, { "user.externalId": "ada" })
        assert.notNestedProperty(dropped, "user.id")
        assert.deepStrictEqual(yield* mistyped(), [])
        assert.isNull(yield* mistyped({ value: null }))
      }))

    it.effect("reaches into arrays, and makes what is not there", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        yield* emulator.seed({
          users: [{ externalId: "ada", identities: [{ type: "email", value: "a@x" }, { type: "email", value: "b@x" }] }]
        })
        yield* emulator.faults.next(
          Fault.mistypedBody({ path: ["user", "identities", 1, "value"], value: 1 }),
          Fault.mistypedBody({ path: ["user", "identities", 0] }),
          Fault.mistypedBody({ path: ["user", "new", "field"], value: true })
        )
        assert.nestedInclude((yield* call("GET", "users/ada")).body, {
          "user.identities[0].value": "a@x",
          "user.identities[1].value": 1
        })
        const shortened = (yield* call("GET", "users/ada")).body
        assert.nestedInclude(shortened, { "user.identities.length": 1, "user.identities[0].value": "b@x" })
        assert.nestedInclude((yield* call("GET", "users/ada")).body, { "user.new.field": true })
      }))

    it.effect("cuts the connection before the request is carried out, or after", () =>
      Effect.gen(function*() {
        for (const [fault, wasApplied] of [[Fault.cutBeforeApplied, false], [Fault.cutAfterApplied, true]] as const) {
          const { applied, exit, status } = yield* createUnder(fault, create)
          const error = failureOf(exit)
          assert.strictEqual(error.reason._tag, "TransportError")
          assert.include(codesOf(error), "ECONNRESET")
          assert.deepStrictEqual([applied, status], [wasApplied, undefined])
        }
      }))

    it.effect.each([undefined, 0, 5])(
      "closes the connection in the middle of the body (%s bytes)",
      (bytes) =>
        Effect.gen(function*() {
          const { applied, exit, status } = yield* createUnder(Fault.truncatedBody(bytes), createAndReadText)
          const error = failureOf(exit)
          assert.strictEqual(error.reason._tag, "DecodeError")
          assert.strictEqual(error.response?.status, 201)
          assert.includeMembers(codesOf(error), [inMemory ? "ECONNRESET" : "UND_ERR_SOCKET"])
          assert.deepStrictEqual([applied, status], [true, 201])
        })
    )

    it.effect("lets the bytes before the end of a truncated body through", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        yield* emulator.faults.next(Fault.truncatedBody(8))
        const response = yield* send("POST", "users", { body: {} })
        assert.isAbove(Number(response.headers["content-length"]), 8)
        let text = ""
        yield* Effect.exit(readInto(response.stream, (piece) => text += piece))
        assert.strictEqual(text, "{\"user\":")
      }))

    it.effect("fills a body up to a size, with or without a length, compressed or not", () =>
      Effect.gen(function*() {
        const bytes = 3_000_000
        for (const options of [{}, { chunked: true }, { gzip: true }]) {
          const { applied, exit } = yield* createUnder(Fault.hugeBody(bytes, options), createAndReadText)
          const { headers, status, text } = yield* exit
          assert.deepStrictEqual([status, text.length, applied], [201, bytes, true])
          assert.strictEqual(JSON.parse(text).user.externalId, "ada")
          assert.strictEqual(
            headers["content-length"],
            "gzip" in options || "chunked" in options ? undefined : "3000000"
          )
          assert.strictEqual(headers["content-encoding"], "gzip" in options ? "gzip" : undefined)
        }
      }))

    it.effect("answers whole before it closes a connection that was to stay open", () =>
      Effect.gen(function*() {
        const { applied, exit } = yield* createUnder(Fault.closeAfterAnswer, create)
        assert.deepStrictEqual([(yield* exit).status, applied], [201, true])
        assert.strictEqual((yield* call("GET", "users/ada")).status, 200)
      }))

    it.effect("waits before it answers, with the request carried out first or last", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        for (const applied of ["first", "last"] as const) {
          yield* emulator.reset
          yield* emulator.faults.next(Fault.slowHeaders("1 hour", { applied }))
          const fiber = yield* Effect.forkChild(create)
          yield* arrival
          assert.lengthOf(yield* emulator.stored("Users"), applied === "first" ? 1 : 0)
          assert.isUndefined((yield* emulator.requests)[0]?.status)
          yield* TestClock.adjust("1 hour")
          assert.strictEqual((yield* Fiber.join(fiber)).status, 201)
          assert.lengthOf(yield* emulator.stored("Users"), 1)
        }
      }))

    it.effect("leaves undone what was to be carried out after a wait that the caller did not sit out", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        yield* emulator.faults.next(Fault.slowHeaders("1 hour", { applied: "last" }))
        const fiber = yield* Effect.forkChild(create)
        yield* arrival
        yield* Fiber.interrupt(fiber)
        // The next request comes after the end of the first one has been noticed.
        yield* call("GET", "users/ada")
        yield* TestClock.adjust("2 hours")
        assert.deepStrictEqual(yield* emulator.stored("Users"), [])
        assert.deepInclude((yield* emulator.requests)[0], { applied: false })
      }))

    it.effect("sends the headers at once and spreads the body over the time", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        yield* emulator.faults.next(Fault.slowBody("3 hours", { pieces: 4 }))
        const response = yield* send("POST", "users", { body: { externalId: "ada" } })
        assert.strictEqual(response.status, 201)
        const pieces: Array<string> = []
        const fiber = yield* Effect.forkChild(readInto(response.stream, (piece) => pieces.push(piece)))
        for (const count of [1, 2, 3, 4]) {
          yield* eventually(Effect.sync(() => pieces.length === count))
          yield* TestClock.adjust("1 hour")
        }
        yield* Fiber.join(fiber)
        assert.strictEqual(JSON.parse(pieces.join("")).user.externalId, "ada")
      }))
  })
})
