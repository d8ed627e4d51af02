/**
 * Nothing of what is secret about integrations, their webhooks and their keys is to be seen of calls, whatever is answered: the secrets of
 * answers, tokens in the address of a webhook, and what nobody knows yet. What holds for every operation is in
 * test/operations/everyOperation.test.ts.
 */
import { assert, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import { IntegrationKeys } from "@sunco/client/IntegrationKeys"
import { Integrations } from "@sunco/client/Integrations"
import { Sunshine } from "@sunco/client/Sunshine"
import { Webhooks } from "@sunco/client/Webhooks"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Cause from "effect/Cause"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Metric from "effect/Metric"
import * as Redacted from "effect/Redacted"
import * as References from "effect/References"
import { inspect } from "node:util"
import * as RecordingTracer from "./RecordingTracer.ts"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import { appId, drawing, throughTime } from "./TestClient.ts"

const { answer, cut, html, json, reset } = ScriptedTransport

type Reply = ScriptedTransport.Reply

/** Each stands in one place. */
const secrets = {
  credential: "Zs1Credential",
  secret: "Zs2Secret",
  token: "Zs3Token",
  unknown: "Zs4Unknown",
  odd: "Zs5Odd",
  name: "Zs6Name",
  vendorText: "Zs7VendorText"
}

const leaksOf = (text: string, but: ReadonlyArray<keyof typeof secrets> = []): ReadonlyArray<string> =>
  Object.entries(secrets).flatMap(([name, secret]) =>
    text.includes(secret) && !but.some((shown) => shown === name) ? [name] : []
  )

const target = `https://example.com/hook?token=${secrets.token}`

const webhook = { id: "w1", version: "v2", target, triggers: ["user:update"], secret: secrets.secret }

const key = { id: "int_1", displayName: secrets.name, secret: secrets.secret }

const integration = { id: "i1", type: "custom", displayName: secrets.name, webhooks: [webhook] }

const channel = { id: "i2", type: "line", displayName: secrets.name, channelSecret: secrets.secret }

const ofTomorrow = { id: "i3", type: "later", displayName: secrets.name, token: secrets.unknown, webhooks: [webhook] }

/** What came otherwise than it is declared, and what nobody has declared, of each. */
const oddities = {
  secret: { value: secrets.odd },
  version: [secrets.odd],
  displayName: { text: secrets.odd },
  nextSecret: secrets.unknown,
  [secrets.unknown]: { deep: [secrets.unknown] }
}

const bodies: ReadonlyArray<object> = [
  {
    webhook,
    webhooks: [webhook],
    key,
    keys: [key],
    integration,
    integrations: [integration, channel, { ...ofTomorrow, webhooks: secrets.unknown }]
  },
  {
    integration: { ...integration, ...oddities, webhooks: [{ ...webhook, ...oddities }, secrets.odd] },
    integrations: [
      { ...channel, ...oddities, channelSecret: [secrets.odd], qrCodeUrl: { of: secrets.odd } },
      { id: "i4", type: "android", senderId: { of: secrets.odd }, privateKey: secrets.unknown },
      { id: "i5", type: "web", prechatCapture: { enabled: secrets.odd, more: secrets.unknown } },
      { id: "i6", type: "line", defaultResponder: secrets.odd },
      { ...ofTomorrow, ...oddities }
    ],
    webhook: { ...webhook, ...oddities },
    webhooks: [{ ...webhook, ...oddities }, { ...oddities, secret: secrets.secret }],
    key: { ...key, ...oddities },
    keys: [{ ...key, ...oddities }, secrets.odd]
  },
  {
    webhook: secrets.odd,
    webhooks: { of: secrets.odd },
    key: [secrets.secret],
    keys: secrets.odd,
    integration: [secrets.odd],
    integrations: [{ ...integration, id: { of: secrets.odd } }, { ...channel, type: [secrets.odd] }, secrets.odd],
    ...oddities
  }
]

const nothing = json(200, { integrations: [], webhooks: [], keys: [] })

const replies: ReadonlyArray<Reply> = [
  ...bodies.flatMap((body) => [200, 201, 400, 404, 500].map((status) => json(status, body))),
  json(400, { errors: [{ code: "bad_request", title: secrets.vendorText }] }),
  json(404, { errors: [{ code: "not_found", title: `${secrets.vendorText} ${target}` }] }),
  answer(200, `<html>${target}`),
  html(502),
  cut(201, JSON.stringify({ webhook, key, integration })),
  reset
]

const payload = { target, triggers: ["user:update"] }

type Services = Integrations | Webhooks | IntegrationKeys

type Call = Effect.Effect<unknown, unknown, Services>

const layers = Layer.mergeAll(Integrations.layerNoDeps, Webhooks.layerNoDeps, IntegrationKeys.layerNoDeps)

const custom = { type: "custom", displayName: secrets.name, webhooks: [payload] } as const

const calls: Readonly<Record<string, Call>> = {
  "Integrations.create": Integrations.use((integrations) => integrations.create(custom)),
  "Integrations.create with lookUp": Integrations.use((integrations) => integrations.create(custom, { lookUp: true })),
  "Integrations.create of a channel": Integrations.use((integrations) =>
    integrations.create({ type: "telegram", token: Redacted.make(secrets.secret) })
  ),
  "Integrations.list": Integrations.use((integrations) => integrations.list()),
  "Integrations.get": Integrations.use((integrations) => integrations.get("i1")),
  "Integrations.update": Integrations.use((integrations) =>
    integrations.update("i1", { pageAccessToken: Redacted.make(secrets.secret) })
  ),
  "Integrations.delete": Integrations.use((integrations) => integrations.delete("i1")),
  "Webhooks.create": Webhooks.use((webhooks) => webhooks.create("i1", payload)),
  "Webhooks.list": Webhooks.use((webhooks) => webhooks.list("i1")),
  "Webhooks.get": Webhooks.use((webhooks) => webhooks.get("i1", "w1")),
  "Webhooks.update": Webhooks.use((webhooks) => webhooks.update("i1", "w1", payload)),
  "Webhooks.delete": Webhooks.use((webhooks) => webhooks.delete("i1", "w1")),
  "IntegrationKeys.create": IntegrationKeys.use((keys) => keys.create("i1", { displayName: secrets.name })),
  "IntegrationKeys.create with lookUp": IntegrationKeys.use((keys) =>
    keys.create("i1", { displayName: secrets.name }, { lookUp: true })
  ),
  "IntegrationKeys.list": IntegrationKeys.use((keys) => keys.list("i1")),
  "IntegrationKeys.get": IntegrationKeys.use((keys) => keys.get("i1", "int_1")),
  "IntegrationKeys.delete": IntegrationKeys.use((keys) => keys.delete("i1", "int_1"))
}

const printed = (value: unknown) => inspect(value, { depth: null, showHidden: true, getters: true })

/** Makes a call, logs how it failed, and gives everything that was to be seen of it beside its value, which it gives too. */
const seen = (call: Call, script: Parameters<typeof ScriptedTransport.make>[0], strictResponses: boolean) =>
  Effect.gen(function*() {
    const { provide, spans } = RecordingTracer.make()
    const lines: Array<string> = []
    const loggers = [Logger.formatSimple, Logger.formatLogFmt, Logger.formatJson].map((logger) =>
      Logger.map(logger, (line) => void lines.push(line))
    )
    const { httpClient } = ScriptedTransport.make(script)
    const client = Layer.provideMerge(
      layers,
      Sunshine.layer({ appId, subdomain: "example", strictResponses, retry: { attempts: 3 } })
    ).pipe(Layer.provide([
      Credentials.layerBasic({ keyId: "app_1", secret: Redacted.make(secrets.credential) }),
      Layer.succeed(HttpClient.HttpClient, httpClient),
      ConfigProvider.layer(ConfigProvider.fromUnknown({ SUNCO_LOG: "debug" }))
    ]))
    const exit = yield* Effect.exit(call).pipe(
      Effect.tap((exit) =>
        Exit.isFailure(exit) ? Effect.logError("it failed", exit.cause, Cause.squash(exit.cause)) : Effect.void
      ),
      Effect.withSpan("caller"),
      provide,
      Effect.provide(client),
      throughTime,
      drawing(0),
      Effect.provide(Logger.layer(loggers)),
      Effect.provideService(References.MinimumLogLevel, "Debug"),
      Effect.provideService(Console.Console, { ...console, error: (line) => void lines.push(line) })
    )
    assert.include(lines.join(), "durationMillis")
    const failures = Exit.isSuccess(exit)
      ? []
      : [exit, exit.cause, Cause.squash(exit.cause)].flatMap((value) => [
        String(value),
        JSON.stringify(value),
        printed(value)
      ])
    return {
      value: Exit.isSuccess(exit) ? exit.value : undefined,
      text: [
        ...lines,
        ...failures,
        ...spans.map(({ attributes, events, links, name }) => printed([name, attributes, events, links]))
      ].join("\n")
    }
  })

it.effect.each(Object.entries(calls))(
  "nothing that is secret is to be seen of %s, whatever is answered",
  ([, call]) =>
    Effect.gen(function*() {
      for (const reply of replies) {
        // What is looked up after a lost answer, too.
        for (const script of [[reply], [nothing, reset, reply]] as const) {
          for (const strictResponses of [false, true]) {
            const { text, value } = yield* seen(call, script, strictResponses)
            assert.deepStrictEqual(leaksOf(text), [])
            // A name and a target are no secrets of the vendor's; the name of a field is nobody's.
            const shown = [printed(value), JSON.stringify(value) ?? "", `${value}`]
            if (typeof value === "object" && value !== null) shown.push(printed(UnknownFields.toJson(value)))
            const values = shown.join().replaceAll(`${secrets.unknown}"`, "").replaceAll(`${secrets.unknown}:`, "")
            assert.deepStrictEqual(leaksOf(values, ["name", "token"]), [])
          }
        }
      }
    })
)

const wrong = {
  target: `${secrets.token} is no URI`,
  triggers: secrets.odd,
  displayName: [secrets.name],
  [secrets.unknown]: secrets.odd
} as never

const short = Redacted.make(secrets.secret)

const refused: Readonly<Record<string, Call>> = {
  "a webhook to make": Webhooks.use((webhooks) => webhooks.create("i1", wrong)),
  "a change to a webhook": Webhooks.use((webhooks) => webhooks.update("i1", "w1", wrong)),
  "a key": IntegrationKeys.use((keys) => keys.create("i1", wrong)),
  "an integration": Integrations.use((integrations) => integrations.create(wrong)),
  "an integration with a secret that is plain": Integrations.use((integrations) =>
    integrations.create({ type: "telegram", token: secrets.secret } as never)
  ),
  "an integration with a secret that is too short": Integrations.use((integrations) =>
    integrations.create({
      type: "apple",
      businessId: "b",
      mspId: "m",
      apiSecret: short,
      authenticationMessageSecret: short
    })
  ),
  "a custom integration with such a webhook": Integrations.use((integrations) =>
    integrations.create({ type: "custom", webhooks: [wrong] })
  ),
  "an integration of a type that is none": Integrations.use((integrations) =>
    integrations.create({ type: secrets.odd, token: short } as never)
  ),
  "a change to an integration": Integrations.use((integrations) => integrations.update("i1", wrong)),
  "a change with a secret that is plain": Integrations.use((integrations) =>
    integrations.update("i1", { pageAccessToken: secrets.secret } as never)
  ),
  "a change of several kinds": Integrations.use((integrations) =>
    integrations.update("i1", { pageAccessToken: short, brandColor: secrets.odd } as never)
  )
}

it.effect.each(Object.entries(refused))(
  "nothing that is secret is to be seen where it is refused: %s",
  ([, call]) =>
    Effect.gen(function*() {
      const exit = yield* Effect.exit(call).pipe(
        Effect.provide(
          layers.pipe(
            Layer.provide(Sunshine.layer({ appId, subdomain: "example" })),
            Layer.provide([
              Credentials.layerBasic({ keyId: "app_1", secret: Redacted.make(secrets.credential) }),
              Layer.succeed(HttpClient.HttpClient, ScriptedTransport.make([reset]).httpClient)
            ])
          )
        )
      )
      assert.include(printed(exit), "InvalidInput")
      assert.deepStrictEqual(leaksOf([printed(exit), JSON.stringify(exit), String(exit)].join()), [])
    })
)

it.effect("no metric has a label of it", () =>
  Effect.gen(function*() {
    yield* seen(calls["Webhooks.list"]!, [json(200, bodies[1]!)], false)
    const metrics = JSON.stringify(yield* Metric.snapshot)
    assert.include(metrics, "sunco.client.put_aside")
    assert.deepStrictEqual(leaksOf(metrics), [])
  }))
