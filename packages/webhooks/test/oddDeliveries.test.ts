/** Whatever is odd in a delivery: each of its events is handled by whom it is for, and none costs another. */
import { assert, describe, it } from "@effect/vitest"
import type { EventType } from "@sunco/schemas/Event"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Deduplication from "@sunco/webhooks/Deduplication"
import * as Durable from "@sunco/webhooks/Durable"
import * as DurableStore from "@sunco/webhooks/DurableStore"
import * as Secrets from "@sunco/webhooks/Secrets"
import * as Testing from "@sunco/webhooks/Testing"
import * as WebhookReceiver from "@sunco/webhooks/WebhookReceiver"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { about, payloads } from "./DeliveredPayloads.ts"

const types = Object.keys(payloads) as ReadonlyArray<EventType>

const SecretsLayer = Layer.orDie(Secrets.layer(Redacted.make("s3cret")))

/** Who got what, as it came. */
type Got = ReadonlyArray<readonly [handler: string, event: unknown]>

/** A handler for each type, and for what is of none. */
const handlers = (got: Array<readonly [handler: string, event: unknown]>): WebhookReceiver.Handlers => ({
  ...Object.fromEntries(
    [...types, "unknown"].map((name) => [
      name,
      (event: object) => Effect.sync(() => got.push([name, UnknownFields.toJson(event)]))
    ])
  ),
  undecodable: ({ event }) => Effect.sync(() => got.push(["undecodable", event]))
})

/** What comes of a body with so many events. */
type Take = (body: unknown, events: number) => Effect.Effect<readonly [status: number, got: Got]>

/** For a receiver that handles what comes, and for one that keeps it first. */
const takers: { readonly "handled at once": Take; readonly "kept first": Take } = {
  "handled at once": (body) => {
    const got: Array<readonly [string, unknown]> = []
    return WebhookReceiver.make(handlers(got)).receive({ apiKey: "s3cret", body }).pipe(
      Effect.map(({ status }) => [status, got] as const),
      Effect.provide(Layer.merge(SecretsLayer, Deduplication.layerMemory()))
    )
  },
  "kept first": (body, events) => {
    const got: Array<readonly [string, unknown]> = []
    const { layerWorkers, receiver } = Durable.make(handlers(got))
    return Effect.gen(function*() {
      yield* Layer.build(layerWorkers({ workers: 1 }))
      const { status } = yield* receiver.receive({ apiKey: "s3cret", body })
      // A worker takes its turns.
      while (got.length < events) yield* TestClock.adjust(0)
      yield* TestClock.adjust("2 seconds")
      return [status, got] as const
    }).pipe(Effect.scoped, Effect.provide(Layer.merge(SecretsLayer, DurableStore.layerMemory())))
  }
}

let made = 0

const event = (type: unknown, payload: unknown, more: object = {}) => ({
  id: `e${made++}`,
  type,
  createdAt: "2020-02-25T18:06:37.547Z",
  payload,
  ...more
})

const good = () => event("user:remove", { user: { id: "ada" } })

/** As it is on the wire, where an absent field is absent. */
const asJson = <A>(value: A): A => JSON.parse(JSON.stringify(value))

/** Each once, whoever was first: what is kept is in order conversation by conversation. */
const sorted = (got: Got): Got => got.toSorted(([, one], [, other]) => idOf(one).localeCompare(idOf(other)))

const idOf = (event: unknown): string => isRecord(event) ? String(Reflect.get(event as object, "id")) : ""

/** Holds what each event of a delivery came to against what it should. */
const comesTo = (take: Take, expected: Got, envelope: object = {}) =>
  Effect.gen(function*() {
    const delivery = { ...Testing.delivery(), ...envelope, events: expected.map(([, event]) => event) }
    const [status, got] = yield* take(JSON.stringify(delivery), expected.length)
    assert.strictEqual(status, 200)
    assert.deepStrictEqual(sorted(got), sorted(expected.map(([handler, event]) => [handler, asJson(event)])))
  })

/** Every place in a payload. */
const placesIn = (value: unknown, path: ReadonlyArray<string> = []): ReadonlyArray<ReadonlyArray<string>> => [
  path,
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, name]))
    : [])
]

const replaced = (value: unknown, [name, ...path]: ReadonlyArray<string>, by: unknown): unknown =>
  name === undefined
    ? by
    : Array.isArray(value)
    ? value.map((inner, index) => String(index) === name ? replaced(inner, path, by) : inner)
    : Object.fromEntries(
      Object.entries(value as object).map(([key, inner]) => [key, key === name ? replaced(inner, path, by) : inner])
    )

const deep = (depth: number): unknown =>
  depth === 0 ? "👋" : depth % 2 === 0 ? [deep(depth - 1)] : { a: deep(depth - 1) }

/** What stands in a place where something else should; `undefined` is nothing at all. */
const odd = [
  undefined,
  null,
  7,
  -0.5,
  2 ** 60,
  "",
  "‮👩‍👩‍👧‍👦\ud800\u0000",
  true,
  [],
  [null, [7]],
  {},
  { id: null },
  deep(20)
]

/** Whether an event is still of its type with this in the place of what it is about, of which the name says what it was. */
const isStillAbout = (path: string, value: unknown): boolean =>
  path.endsWith(".id")
    ? typeof value === "string" || Number.isSafeInteger(value)
    : path.endsWith(".type")
    ? typeof value === "string"
    // A button that says nothing was pressed all the same.
    : path === "postback" && isRecord(value)

const isRecord = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value)

const handlerOf = (type: EventType, path: string, value: unknown): string => {
  // Of what is passed through it is said nothing but that it is an object.
  const isAbout = path === "" ? type !== "passthrough:messaging" || !isRecord(value) : about[type].includes(path)
  return isAbout && !isStillAbout(path, value) ? "undecodable" : type
}

/** A place of a payload with each of those that are odd there, between two neighbours. */
const oddIn = (type: EventType, payload: object, path: ReadonlyArray<string>): Got => [
  ["user:remove", good()],
  ...odd.map((value) => [handlerOf(type, path.join("."), value), event(type, replaced(payload, path, value))] as const),
  ["user:remove", good()]
]

/** The places of a type's payloads, each with one of the payloads that have it. */
const placesOf = (type: EventType) => {
  const places = new Map<string, { readonly payload: object; readonly path: ReadonlyArray<string> }>()
  for (const payload of payloads[type].map(asJson)) {
    for (const path of placesIn(payload)) {
      const value = path.reduce<unknown>((inner, name) => Reflect.get(inner as object, name), payload)
      // What is the same in another payload is the same place.
      places.set(JSON.stringify([path, value]), { payload, path })
    }
  }
  return [...places.values()]
}

describe.each(Object.entries(takers))("deliveries that are %s", (_, take) => {
  it.effect.each(types)(
    "bring each variant of %s to its handler, alone and together",
    (type) =>
      Effect.gen(function*() {
        const all = payloads[type].map((payload) => [type, event(type, payload)] as const)
        for (const [, event] of all) yield* comesTo(take, [[type, { ...event, id: `${event.id} alone` }]])
        yield* comesTo(take, all)
      })
  )

  it.effect.each(types)(
    "lose nothing where something else stands in place of what %s is about, and no neighbour",
    (type) =>
      Effect.gen(function*() {
        const [payload = {}] = payloads[type]
        for (const path of ["", ...about[type]]) {
          yield* comesTo(take, oddIn(type, payload, path === "" ? [] : path.split(".")))
        }
      })
  )
})

describe("a delivery", () => {
  it.effect.each(types)(
    "loses nothing, whatever stands in whichever place of %s, and no neighbour",
    (type) =>
      Effect.forEach(
        placesOf(type),
        ({ path, payload }) => comesTo(takers["handled at once"], oddIn(type, payload, path))
      ),
    30_000
  )
})

describe.each(Object.entries(takers))("of a delivery that is %s", (_, take) => {
  it.effect("nothing of the envelope but whose it is has to be there, or is refused", () =>
    Effect.gen(function*() {
      for (
        const envelope of [
          { zendeskAccountId: 12345, system_ts: 1_600_000_000.123, more: [{}] },
          { app: { id: "5ebee0975ac5304b664a12fa", name: null }, webhook: { id: "1", version: null } },
          { app: { id: 7 }, webhook: { id: 8, version: 2, more: {} } },
          { webhook: { id: "1", version: "v1" } },
          { webhook: { id: "1", version: "v2.of_tomorrow" } },
          JSON.parse("{\"__proto__\": { \"events\": [] }, \"constructor\": 1 }")
        ]
      ) yield* comesTo(take, [["user:remove", good()]], envelope)
    }))

  it.effect("no event is needed", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* take(Testing.delivery(), 0), [200, []])
    }))

  it.effect("events of types of tomorrow are told to the handler of what is unknown, with all that they have", () =>
    comesTo(take, [
      ["unknown", event("conversation:rename", { conversation: { id: "1" }, deep: deep(300) })],
      ["user:remove", good()],
      ...[
        "user:delete",
        "client:removed",
        "USER:REMOVE",
        "user:remove ",
        "*",
        "",
        "__proto__",
        "constructor",
        "toString",
        "unknown",
        "undecodable"
      ]
        .map((type) => ["unknown", event(type, { user: { id: "1" } })] as const),
      ["unknown", event("of_tomorrow", {})],
      ["unknown", { id: "without payload", type: "of_tomorrow" }]
    ]))

  it.effect("what is no event is told to the handler of what cannot be read", () =>
    comesTo(take, [
      ...[null, 7, "event", true, [], [good()], {}, { id: "1" }, {
        type: "user:remove",
        payload: { user: { id: "1" } }
      }]
        .map((event) => ["undecodable", event] as const),
      ["user:remove", good()],
      ...[null, {}, [], true, 0.5].map((id) => ["undecodable", { ...good(), id }] as const),
      ...[null, {}, [], true, 0.5, undefined].map((type) =>
        ["undecodable", { ...event(type, { user: { id: "1" } }) }] as const
      ),
      ["user:remove", { ...good(), id: 12 }],
      ["user:remove", { ...good(), createdAt: 12, more: {} }],
      ["user:remove", { id: "no time", type: "user:remove", payload: { user: { id: "1" } } }]
    ]))

  it.effect("a thousand events are handled, and one that is there twice once", () =>
    Effect.gen(function*() {
      const events = Array.from({ length: 1000 }, () => event("user:remove", { user: { id: `u${made}` } }))
      const [status, got] = yield* take(Testing.delivery(...events, ...events.slice(0, 10)), 1000)
      assert.strictEqual(status, 200)
      assert.sameDeepMembers(got.map(([, event]) => event), events)
    }))

  it.effect("no text is too strange", () =>
    Effect.gen(function*() {
      const odd = event("user:remove", {
        user: { id: "👩‍👩‍👧‍👦", externalId: "\ud800", profile: { givenName: "\u0000\u2028" } }
      })
      const text = JSON.stringify(Testing.delivery(odd))
      const bytes = new TextEncoder().encode(` \n\t${text}\r\n`)
      for (
        const body of [text, bytes, new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]), `\ufeff${text}`, JSON.parse(text)]
      ) {
        const [status, got] = yield* take(body, 1)
        assert.deepStrictEqual([status, got.length], [200, 1])
      }
    }))
})

describe.each(Object.entries(takers))("what is no delivery, to be %s,", (_, take) => {
  it.effect.each<readonly [what: string, body: unknown]>([
    ["a message of v1", {
      trigger: "message:appUser",
      app: { _id: "1" },
      version: "v1.1",
      appUser: { _id: "2" },
      messages: []
    }],
    ["a postback of v1", {
      trigger: "postback",
      app: { _id: "1" },
      appUser: {},
      postbacks: [{}],
      timestamp: 1_600_000_000.1
    }],
    ["a merge of v1", { trigger: "merge:appUser", app: { _id: "1" }, surviving: {}, discarded: [{}] }],
    ["one without events", { app: { id: "1" }, webhook: { id: "2" } }],
    ["one whose events are null", { app: { id: "1" }, webhook: { id: "2" }, events: null }],
    ["one whose events are one", { app: { id: "1" }, webhook: { id: "2" }, events: good() }],
    ["one of no app", { webhook: { id: "2" }, events: [good()] }],
    ["one of an app without an id", { app: {}, webhook: { id: "2" }, events: [good()] }],
    ["nothing", ""],
    ["half of one", JSON.stringify(Testing.delivery(good())).slice(0, -1)],
    ["two of them", `${JSON.stringify(Testing.delivery())}${JSON.stringify(Testing.delivery())}`],
    ["a page", "<html></html>"],
    ["a form", "payload=%7B%7D"]
  ])("is asked for again, and not refused for ever: %s", ([, body]) =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* take(body, 0), [422, []])
    }))
})

/** A delivery with something between two good events, as text. */
const between = (text: string) => {
  const neighbours = [good(), good()] as const
  const [before, after] = neighbours.map((event) => JSON.stringify(event))
  return {
    body: `{"app":{"id":"1"},"webhook":{"id":"2"},"events":[${before},${text},${after}]}`,
    isWhole: (got: Got) => neighbours.every(({ id }) => got.some(([, event]) => idOf(event) === id))
  }
}

describe("an event that is nested deeper than a stack is", () => {
  const depth = 50_000
  const nested = `{"a":`.repeat(depth) + "1" + "}".repeat(depth)
  const quoted = `{"id":"1","quotedMessage":{"type":"message","message":`.repeat(depth) + `{"id":"1"}` +
    "}}".repeat(depth)
  const inConversation = (message: string) =>
    `{"id":"d","type":"conversation:message","payload":{"conversation":{"id":"c"},"message":${message}}}`
  const all: ReadonlyArray<readonly [where: string, text: string]> = [
    ["in a field that nobody knows", `{"id":"d","type":"user:update","payload":{"user":{"id":"1","more":${nested}}}}`],
    ["in what a channel says", `{"id":"d","type":"client:add","payload":{"client":{"id":"1","raw":${nested}}}}`],
    ["in what is written", inConversation(`{"id":"1","content":${nested}}`)],
    ["in what is quoted", inConversation(quoted)],
    ["in what is of tomorrow", `{"id":"d","type":"of_tomorrow","payload":${nested}}`],
    ["and no event", "[".repeat(depth) + "]".repeat(depth)]
  ]

  it.effect.each(all)("is handled with its neighbours: %s", ([, text]) =>
    Effect.gen(function*() {
      const { body, isWhole } = between(text)
      const [status, got] = yield* takers["handled at once"](body, 3)
      assert.deepStrictEqual([status, got.length, isWhole(got)], [200, 3, true])
    }))

  it.effect.each(all)(
    "cannot be kept, which is told, and its neighbours are: %s",
    ([, text]) =>
      Effect.gen(function*() {
        const { body, isWhole } = between(text)
        const [status, got] = yield* takers["kept first"](body, 2)
        assert.deepStrictEqual([status, got.length, isWhole(got)], [500, 2, true])
      })
  )
})
