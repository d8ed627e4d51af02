import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { type Ending, ending, isTransient } from "../src/internal/call/classify.ts"
import type { Lost, Outcome } from "../src/internal/transport/wire.ts"

const answered = (status: number): Outcome => ({ _tag: "Answer", status, headers: {}, body: "", tooLarge: false })

const lost = (cause: unknown, status?: number): Lost => ({
  _tag: "Lost",
  cause,
  response: status === undefined ? undefined : { status, headers: {} }
})

const withCode = (code: string): Error => Object.assign(new Error(code), { code })

describe("an answer", () => {
  it.each<readonly [status: number, ending: Ending, transient: boolean]>([
    [200, "answered", true],
    [201, "answered", true],
    [302, "answered", true],
    [400, "answered", true],
    [401, "unapplied", false],
    [403, "answered", true],
    [404, "answered", true],
    [408, "ambiguous", true],
    [409, "answered", true],
    [413, "answered", true],
    [425, "answered", true],
    [429, "unapplied", true],
    [499, "answered", true],
    [500, "ambiguous", true],
    [502, "ambiguous", true],
    [503, "ambiguous", true],
    [504, "ambiguous", true],
    [599, "ambiguous", true]
  ])("of %i is %s", (status, expected, transient) => {
    assert.strictEqual(ending(answered(status)), expected)
    assert.strictEqual(isTransient(answered(status)), transient)
  })

  it.each<readonly [status: number, ending: Ending]>([
    [200, "ambiguous"],
    [201, "ambiguous"],
    [404, "ambiguous"],
    [503, "ambiguous"],
    [401, "unapplied"],
    [429, "unapplied"]
  ])("of %i that was lost after its headers is %s, whatever the code", (status, expected) => {
    assert.strictEqual(ending(lost(withCode("ECONNREFUSED"), status)), expected)
    assert.strictEqual(isTransient(lost(withCode("CERT_HAS_EXPIRED"), status)), status !== 401)
  })
})

describe("no answer", () => {
  it.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"])(
    "because of %s is unapplied and may pass",
    (code) => {
      assert.strictEqual(ending(lost(withCode(code))), "unapplied")
      assert.isTrue(isTransient(lost(withCode(code))))
    }
  )

  it.each([
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "CERT_HAS_EXPIRED",
    "ERR_TLS_CERT_ALTNAME_INVALID"
  ])("because of %s is unapplied and stays", (code) => {
    assert.strictEqual(ending(lost(withCode(code))), "unapplied")
    assert.isFalse(isTransient(lost(withCode(code))))
  })

  it.each([
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "UND_ERR_SOCKET",
    "UND_ERR_ABORTED",
    "EPROTO",
    "ERR_SSL_WRONG_VERSION_NUMBER"
  ])(
    "because of %s is ambiguous",
    (code) => {
      assert.strictEqual(ending(lost(withCode(code))), "ambiguous")
      assert.isTrue(isTransient(lost(withCode(code))))
    }
  )

  it("in time is ambiguous", () => {
    for (const limit of ["attempt", "deadline"] as const) {
      assert.strictEqual(ending({ _tag: "OutOfTime", limit, millis: 1 }), "ambiguous")
      assert.isTrue(isTransient({ _tag: "OutOfTime", limit, millis: 1 }))
    }
  })

  const called = (code: string, syscall: string): Error => Object.assign(withCode(code), { syscall })

  it.each<readonly [syscall: string, code: string, ending: Ending]>([
    ["connect", "ECONNREFUSED", "unapplied"],
    ["connect", "ETIMEDOUT", "unapplied"],
    ["connect", "ECONNRESET", "unapplied"],
    ["connect", "EACCES", "unapplied"],
    ["connect", "ENOENT", "unapplied"],
    ["connect", "EMFILE", "unapplied"],
    ["bind", "EADDRNOTAVAIL", "unapplied"],
    ["getaddrinfo", "EAI_FAIL", "unapplied"],
    ["getaddrinfo", "ENOTFOUND", "unapplied"],
    ["queryA", "ESERVFAIL", "unapplied"],
    ["queryAaaa", "ECONNREFUSED", "unapplied"],
    ["read", "ECONNRESET", "ambiguous"],
    ["read", "ETIMEDOUT", "ambiguous"],
    ["read", "EHOSTUNREACH", "ambiguous"],
    ["write", "EPIPE", "ambiguous"],
    ["write", "ENETUNREACH", "ambiguous"]
  ])("of the call %s (%s) is %s", (syscall, code, expected) => {
    assert.strictEqual(ending(lost(called(code, syscall))), expected)
    assert.strictEqual(ending(lost(new TypeError("fetch failed", { cause: called(code, syscall) }))), expected)
    assert.isTrue(isTransient(lost(called(code, syscall))))
  })

  it("of several addresses is unapplied where all of them failed before sending", () => {
    const unreachable = called("EHOSTUNREACH", "connect")
    assert.strictEqual(ending(lost(new AggregateError([unreachable, called("ETIMEDOUT", "connect")]))), "unapplied")
    assert.strictEqual(ending(lost(new AggregateError([unreachable, called("ECONNRESET", "read")]))), "ambiguous")
  })

  it("is what the transport knows of it, where it tells", () => {
    const refused = withCode("ECONNREFUSED")
    assert.strictEqual(ending({ ...lost(withCode("ECONNRESET")), sent: "never" }), "unapplied")
    assert.strictEqual(ending({ ...lost(refused), sent: "once" }), "ambiguous")
    assert.strictEqual(ending({ ...lost(refused), sent: "again" }), "ambiguous")
    assert.strictEqual(ending({ _tag: "OutOfTime", limit: "attempt", millis: 1, sent: "never" }), "unapplied")
    assert.strictEqual(ending({ _tag: "OutOfTime", limit: "attempt", millis: 1, sent: "once" }), "ambiguous")
    assert.strictEqual(ending({ ...answered(429), sent: "once" }), "unapplied")
    assert.strictEqual(ending({ ...answered(429), sent: "again" }), "ambiguous")
  })

  it.each(["UND_ERR_CLOSED", "UND_ERR_DESTROYED", "UND_ERR_INVALID_ARG"])(
    "because of %s stays, when nothing was sent",
    (code) => {
      assert.isFalse(isTransient({ ...lost(withCode(code)), sent: "never" }))
      assert.isTrue(isTransient({ ...lost(withCode("UND_ERR_DESTROYED")), sent: "once" }))
    }
  )

  const circular: { cause?: unknown } = {}
  circular.cause = circular
  it.each<readonly [how: string, cause: unknown, ending: Ending]>([
    ["by fetch", new TypeError("fetch failed", { cause: withCode("ECONNREFUSED") }), "unapplied"],
    ["by happy eyeballs", new AggregateError([withCode("ECONNREFUSED"), withCode("ECONNREFUSED")]), "unapplied"],
    ["by an error of Effect", { reason: { cause: { cause: withCode("ENOTFOUND") } } }, "unapplied"],
    ["as a number", Object.assign(new Error(), { code: 20 }), "ambiguous"],
    ["in a circle", circular, "ambiguous"],
    ["nowhere", new Error("ECONNREFUSED"), "ambiguous"],
    ["in a text", "ECONNREFUSED", "ambiguous"],
    ["in nothing", undefined, "ambiguous"]
  ])("with a code hidden %s", (_, cause, expected) => {
    assert.strictEqual(ending(lost(cause)), expected)
  })

  it.prop("is ambiguous for every code that is not known", [Schema.String], ([code]) => {
    assert.strictEqual(ending(lost(withCode(`X${code}`))), "ambiguous")
  })
})
