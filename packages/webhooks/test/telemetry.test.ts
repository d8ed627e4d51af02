import { assert, describe, it } from "@effect/vitest"
import * as Deduplication from "@sunco/webhooks/Deduplication"
import * as Secrets from "@sunco/webhooks/Secrets"
import { SettingsError } from "@sunco/webhooks/SettingsError"
import * as Testing from "@sunco/webhooks/Testing"
import * as WebhookReceiver from "@sunco/webhooks/WebhookReceiver"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Metric from "effect/Metric"
import * as Redacted from "effect/Redacted"
import * as Tracer from "effect/Tracer"
import { inspect } from "node:util"

const apiKey = "planted-secret"

const planted = "planted"

const ReceiverLayer = Layer.merge(Secrets.layer(Redacted.make(apiKey)), Deduplication.layerMemory())

const event = Testing.event("conversation:message", {
  conversation: { metadata: { note: planted } },
  message: { author: { displayName: planted }, content: { type: "text", text: planted } }
})

const receiver = WebhookReceiver.make({
  "conversation:message": ({ payload }) => Effect.fail({ _tag: "CrmDown", message: planted, payload }),
  "user:remove": ({ payload }) => Effect.die(new Error(`planted ${payload.user.id}`))
})

/** Each goes wrong in another way. */
const deliveries: ReadonlyArray<readonly [apiKey: string | undefined, body: unknown]> = [
  [apiKey, Testing.delivery(event)],
  [apiKey, Testing.delivery(Testing.event("user:remove", { user: { profile: { givenName: planted } } }))],
  [apiKey, Testing.delivery({ id: "odd", type: "user:remove", payload: { [planted]: planted } })],
  [apiKey, `{"${planted}`],
  [apiKey, { planted }],
  ["planted-forged", Testing.delivery(event)],
  [undefined, Testing.delivery(event)],
  [apiKey, Effect.fail("too large")]
]

describe("what is told of deliveries", () => {
  it.effect("has the message of an error in which nothing of a person is, and of no other", () =>
    Effect.gen(function*() {
      const logged: Array<string> = []
      const logger = Logger.make(({ message }) => void logged.push(String(message)))
      const failing = (error: Error) => WebhookReceiver.make({ "user:remove": () => Effect.fail(error) })
      const errors = [
        new SettingsError({ problems: [{ setting: "table", problem: "must be text" }] }),
        // As the client's, which this package does not know.
        Object.assign(new Error("Users.get: the user does not exist"), { _tag: "SunshineError" }),
        new Error(planted)
      ]
      for (const error of errors) {
        yield* failing(error).receive({ apiKey, body: Testing.delivery(Testing.event("user:remove")) }).pipe(
          Effect.provide(Logger.layer([logger]))
        )
      }
      assert.deepStrictEqual(logged, [
        "A handler has failed: SettingsError: table must be text",
        "A handler has failed: SunshineError: Users.get: the user does not exist",
        "A handler has failed: Error"
      ])
    }).pipe(Effect.provide(ReceiverLayer)))

  it.effect("has no payload, no key and no cause in it, and says which event it is about", () =>
    Effect.gen(function*() {
      const logged: Array<string> = []
      const logger = Logger.make((options) => void logged.push(inspect(options.message) + inspect(options.cause)))
      const annotated = Logger.formatLogFmt.pipe(Logger.map((text) => void logged.push(text)))
      const spans: Array<Tracer.NativeSpan> = []
      const tracer = Tracer.make({
        span: (options) => {
          const span = new Tracer.NativeSpan(options)
          spans.push(span)
          return span
        }
      })
      yield* Effect.forEach(deliveries, ([apiKey, body]) => receiver.receive({ apiKey, body })).pipe(
        Effect.provide(Logger.layer([logger, annotated])),
        Effect.withTracer(tracer)
      )
      const text = [...logged, inspect(spans, { depth: 4 })].join("\n")
      assert.notInclude(text, planted)
      assert.include(text, event.id)
      assert.include(text, "CrmDown")
      assert.include(text, "telemetry.test.ts")
      assert.deepStrictEqual(
        spans.map(({ attributes, kind, name }) => [name, kind, attributes.get("http.response.status_code")]),
        [500, 500, 500, 422, 422, 401, 401, 413].map((status) => ["WebhookReceiver.receive", "server", status])
      )
      const metrics = (yield* Metric.snapshot).filter(({ id }) => id.startsWith("sunco.webhooks."))
      assert.notInclude(inspect(metrics, { depth: 9 }), planted)
      assert.includeMembers(metrics.map(({ attributes, id }) => `${id} ${Object.values(attributes ?? {}).join(" ")}`), [
        "sunco.webhooks.deliveries unknown key",
        "sunco.webhooks.events conversation:message failed",
        "sunco.webhooks.events user:remove undecodable"
      ])
    }).pipe(Effect.provide(ReceiverLayer)))
})
