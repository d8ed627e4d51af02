/**
 * What is secret stays so in the core, which every operation goes through: one read and one write, which have it in the path, the
 * query, the body and the answer. What an operation makes of an answer is held against leaks in `packages/client/test/leaks.test.ts`.
 */
import { assert, describe, it } from "@effect/vitest"
import { Users } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import * as Cause from "effect/Cause"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Metric from "effect/Metric"
import * as Otlp from "effect/observability/Otlp"
import * as Redacted from "effect/Redacted"
import * as References from "effect/References"
import { inspect } from "node:util"
import * as EmulatedUsers from "./EmulatedUsers.ts"
import * as FailingCall from "./FailingCall.ts"
import { failures, maxResponseBytes, vendorText } from "./Failures.ts"
import { ada, type Operation } from "./RetryKinds.ts"
import { OtlpCollector } from "./OtlpCollector.ts"
import { transports } from "./Transports.ts"

const brandId = "brand-of-the-engine"

/** Ada with all that is known of her, so that it is in every answer that is a success. */
const seed = {
  users: [{
    id: ada.id,
    externalId: ada.externalId,
    zendeskId: ada.zendeskId,
    brandId,
    profile: { givenName: ada.givenName, email: ada.email },
    identities: [{ type: "email", value: ada.email }]
  }]
} as const

/** Each secret of a request is in the path, in the query or in the body of one of them. */
const calls: ReadonlyArray<Operation["call"]> = [
  (users, options) => users.listByEmail(ada.email, options),
  (users, options) => users.update(ada.externalId, { metadata: { plan: ada.plan } }, { ...options, brandId })
]

/** Whatever must not be seen: credentials, who a user is, what was sent and what came back, in the forms that it takes. */
const secretsOf = ({ keyId, keySecret }: Emulator["Service"]): ReadonlyArray<string> => [
  Redacted.value(keySecret),
  Buffer.from(`${keyId}:${Redacted.value(keySecret)}`).toString("base64"),
  ...Object.values(ada),
  encodeURIComponent(ada.email),
  brandId,
  vendorText,
  // Ids that the emulator gives, in bodies only.
  "5c0ffee5c0",
  "hasPaymentInfo",
  "<html>"
]

/** Everything that may be made of a failure to look at it. */
const looksAt = (cause: Cause.Cause<unknown>): ReadonlyArray<string> => {
  const error = Cause.squash(cause)
  return [error, cause, Exit.failCause(cause)].flatMap((value) => [
    String(value),
    JSON.stringify(value),
    inspect(value, { depth: null, showHidden: true, getters: true })
  ]).concat(Cause.pretty(cause), error instanceof Error ? `${error.message}\n${error.stack}` : "")
}

/** Both calls meet every failure: all that is to be seen in this process, and what the server was sent. */
const everything = Effect.gen(function*() {
  const emulator = yield* Emulator
  const users = yield* Users
  const seen: Array<string> = []
  const loggers = [Logger.formatSimple, Logger.formatLogFmt, Logger.formatJson].map((logger) =>
    Logger.map(logger, (line) => void seen.push(line))
  )
  // The client's log at debug level, through loggers and at stderr.
  const logging = Layer.mergeAll(
    Logger.layer(loggers, { mergeWithExisting: true }),
    Layer.succeed(References.MinimumLogLevel, "Debug"),
    Layer.succeed(Console.Console, { ...console, error: (line: unknown) => void seen.push(String(line)) })
  )
  const headers = new Set<string>()
  const sent = new Set<string>()
  for (const failure of failures) {
    for (const call of calls) {
      const { exit } = yield* FailingCall.run(users, { call }, failure, "once").pipe(Effect.provide(logging))
      assert.include(seen.at(-1), "durationMillis")
      assert(Exit.isFailure(exit))
      seen.push(...looksAt(exit.cause))
      yield* Effect.logError(failure.name, exit.cause, Cause.squash(exit.cause)).pipe(
        Effect.provide(Logger.layer(loggers, { mergeWithExisting: true }))
      )
      for (const request of yield* emulator.requests) {
        for (const name of Object.keys(request.headers)) headers.add(name)
        sent.add(JSON.stringify([request.path, request.query, request.body]))
      }
    }
  }
  seen.push(JSON.stringify(yield* Metric.snapshot))
  // What was never sent could not leak.
  for (const secret of [ada.email, ada.externalId, ada.plan, brandId]) assert.include(Array.from(sent).join(), secret)
  return { seen, headers, secrets: secretsOf(emulator) }
})

const assertNothingLeaks = (seen: ReadonlyArray<string>, secrets: ReadonlyArray<string>) => {
  for (const text of seen) {
    const secret = secrets.find((secret) => text.includes(secret))
    if (secret !== undefined) assert.fail(`${secret} is to be seen in ${text}`)
  }
}

const traceHeaders = ["traceparent", "tracestate", "b3", "x-b3-traceid"]

describe.each(transports)("over $name, nothing leaks from any failure", ({ layer: transport }) => {
  const client = EmulatedUsers.layer({ maxResponseBytes, retry: "never" }).pipe(
    Layer.provide(transport),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ SUNCO_LOG: "debug" }))),
    Layer.provideMerge(Emulator.layer(seed))
  )

  it.live("without a tracer", () =>
    Effect.gen(function*() {
      const { headers, secrets, seen } = yield* everything.pipe(Effect.provide([client, Logger.layer([])]))
      assert.isAbove(seen.length, failures.length * calls.length)
      assertNothingLeaks(seen, secrets)
      assert.deepStrictEqual(traceHeaders.filter((name) => headers.has(name)), [])
    }))

  it.live("with an exporter to an OpenTelemetry collector", () =>
    Effect.gen(function*() {
      const collector = yield* OtlpCollector
      const exporter = Otlp.layerJson({
        baseUrl: collector.url,
        resource: { serviceName: "sign-up" },
        loggerMergeWithExisting: false
      })
      const { headers, secrets, seen } = yield* everything.pipe(
        Effect.withSpan("sign-up"),
        Effect.provide(client),
        Effect.provide(Layer.provide(exporter, FetchHttpClient.layer))
      )
      const exported = (["traces", "logs", "metrics"] as const).map((signal) => collector.received(signal).join("\n"))
      for (const signal of exported) assert.isNotEmpty(signal)
      assertNothingLeaks([...seen, ...exported], secrets)
      assert.deepStrictEqual(traceHeaders.filter((name) => headers.has(name)), [])
    }).pipe(Effect.provide(OtlpCollector.layer)))
})
