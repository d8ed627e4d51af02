/**
 * What each kind of row in the table of retries does after each way in which an attempt can end. They are rows of users on purpose: that
 * every operation goes by its row is in test/operations/everyOperation.test.ts.
 */
import { assert, describe, it } from "@effect/vitest"
import type { RetryOptions } from "@sunco/client/RetryPolicy"
import type { SunshineError } from "@sunco/client/SunshineError"
import { type RetrySafety, usersRetrySafety } from "@sunco/client/RetrySafety"
import * as Effect from "effect/Effect"
import { type Operation, operations, success } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"
import {
  answer,
  cut,
  defect,
  errors,
  failure,
  html,
  refused,
  type Reply,
  reset,
  silence,
  streamedCut
} from "./ScriptedTransport.ts"

const named = (name: Operation["name"]): Operation => operations.find((operation) => operation.name === name)!

/** The table of the documentation, written again, so that the one in the sources is not its own witness. */
const documented = {
  get: "repeat",
  listByEmail: "repeat",
  update: "repeat",
  delete: { repeat: "missing is done", missing: "UserNotFound" },
  deletePersonalInformation: "repeat",
  create: { when: { externalId: true }, met: { repeat: "look up" }, otherwise: "stop" },
  sync: "stop"
}

it("the table has these rows and no others", () => {
  assert.deepStrictEqual<object>(usersRetrySafety, documented)
})

const withoutKey: Operation = {
  ...named("create"),
  call: (users, options) => users.create({ profile: { givenName: "Ada" } }, options)
}

/** A read, and a write by each kind of row. */
const kinds: ReadonlyArray<readonly [what: string, operation: Operation, safety: RetrySafety]> = [
  ["get", named("get"), usersRetrySafety.get],
  ["update", named("update"), usersRetrySafety.update],
  ["delete", named("delete"), usersRetrySafety.delete],
  ["create with an externalId", named("create"), usersRetrySafety.create.met],
  ["create without an externalId", withoutKey, usersRetrySafety.create.otherwise]
]

const ambiguous: ReadonlyArray<readonly [what: string, reply: Reply]> = [
  ["408", answer(408)],
  ["500", errors(500, "internal_server_error")],
  ["502 with HTML", html(502)],
  ["503", errors(503, "service_unavailable")],
  ["504", answer(504)],
  ["a reset", reset],
  ["a socket that the other side closed", failure("UND_ERR_SOCKET")],
  ["a 404 cut in its body", cut(404)],
  ["a time-out", silence],
  ["a handshake that is cut", failure("EPROTO")],
  ["a failure that nobody knows", failure("EWHATEVER")],
  ["a bug of the transport", defect]
]

/** Ambiguous too, but for the status line, which was a success. */
const lostSuccess: ReadonlyArray<readonly [what: string, reply: Reply]> = [
  ["a success cut in its body", cut(201)],
  ["a success whose stream is cut", streamedCut(200)]
]

const unapplied: ReadonlyArray<readonly [what: string, reply: Reply]> = [
  ["429", errors(429, "too_many_requests")],
  ["429 with plain text", answer(429, "slow down")],
  ["429 cut in its body", cut(429)],
  ["ECONNREFUSED", refused],
  ["ENOTFOUND", failure("ENOTFOUND")],
  ["EAI_AGAIN", failure("EAI_AGAIN")],
  ["EHOSTUNREACH", failure("EHOSTUNREACH")],
  ["ENETUNREACH", failure("ENETUNREACH")],
  ["UND_ERR_CONNECT_TIMEOUT", failure("UND_ERR_CONNECT_TIMEOUT")]
]

const settled: ReadonlyArray<readonly [what: string, reply: Reply]> = [
  ["400", errors(400, "bad_request")],
  ["401", errors(401, "unauthorized")],
  ["403", errors(403, "forbidden")],
  ["404 of the app", errors(404, "app_not_found")],
  ["404 with HTML", html(404)],
  ["409 with HTML", html(409)],
  ["413", errors(413, "payload_too_large")],
  ["a redirect", answer(302, "", { location: "https://example.com/" })],
  ["a certificate that does not verify", failure("CERT_HAS_EXPIRED")]
]

/** The first attempt meets `reply`, the second one succeeds. */
const run = (operation: Operation, reply: Reply, retry?: RetryOptions) =>
  Effect.gen(function*() {
    const { sent, users } = yield* TestClient.scripted([reply, success(operation)])
    const result = yield* Effect.result(TestClient.throughTime(operation.call(users, { retry })))
    return { result, sent: sent.length }
  })

const repeats = (operation: Operation, reply: Reply, retry?: RetryOptions) =>
  Effect.map(run(operation, reply, retry), ({ result, sent }) => {
    assert.deepStrictEqual(result._tag === "Success" ? result.success : result.failure, operation.value)
    assert.strictEqual(sent, 2)
  })

const stops = (
  operation: Operation,
  reply: Reply,
  expected: Partial<Pick<SunshineError, "retryStopped" | "applied">>,
  retry?: RetryOptions
) =>
  Effect.map(run(operation, reply, retry), ({ result, sent }) => {
    assert(result._tag === "Failure" && result.failure._tag === "SunshineError")
    assert.deepInclude(result.failure, { ...expected, attempts: 1 })
    assert.strictEqual(sent, 1)
  })

describe.each(kinds)("%s", (_, operation, safety) => {
  // Whether a read was applied is no question.
  const applied = operation.kind === "write" ? "unknown" : "no"

  it.effect.each(ambiguous)(`${safety === "stop" ? "stops" : "is repeated"} after %s`, ([, reply]) =>
    safety === "stop"
      ? stops(operation, reply, { retryStopped: "unsafe", applied })
      : repeats(operation, reply))

  // The status line said that it was done.
  const done = operation.kind === "write" ? "yes" : "no"

  it.effect.each(lostSuccess)(
    `${safety === "stop" ? "stops" : "is repeated"} after %s`,
    ([, reply]) =>
      safety === "stop"
        ? stops(operation, reply, { retryStopped: "unsafe", applied: done })
        : repeats(operation, reply)
  )

  it.effect.each(lostSuccess)(
    "is not repeated after %s by \"unapplied-only\"",
    ([, reply]) => stops(operation, reply, { retryStopped: "unsafe", applied: done }, "unapplied-only")
  )

  it.effect.each(unapplied)("is repeated after %s, which changed nothing", ([, reply]) => repeats(operation, reply))

  it.effect.each(settled)(
    "is not repeated after %s, which settles it",
    ([, reply]) => stops(operation, reply, { retryStopped: "not-retryable", applied: "no" })
  )

  it.effect.each(ambiguous)(
    "is not repeated after %s by \"unapplied-only\"",
    ([, reply]) => stops(operation, reply, { retryStopped: "unsafe", applied }, "unapplied-only")
  )

  it.effect.each(unapplied)(
    "is repeated after %s by \"unapplied-only\"",
    ([, reply]) => repeats(operation, reply, "unapplied-only")
  )

  it.effect.each([...ambiguous, ...lostSuccess])(
    "is repeated after %s where the caller says always",
    ([, reply]) => repeats(operation, reply, { afterAmbiguous: "always" })
  )

  it.effect.each([...unapplied, ...ambiguous, ...lostSuccess])(
    "is never repeated after %s by \"never\"",
    ([, reply]) => stops(operation, reply, {}, "never")
  )
})

it.effect.each(["..", "."])(
  "a create with the externalId %j, which nothing can look up, stops as one without",
  (externalId) =>
    stops(
      { ...named("create"), call: (users, options) => users.create({ externalId }, options) },
      reset,
      { retryStopped: "unsafe", applied: "unknown" }
    )
)
