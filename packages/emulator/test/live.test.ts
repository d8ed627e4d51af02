import { assert, describe, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { connect } from "node:net"
import { call, send } from "./Call.ts"
import { portOf } from "./exchange.ts"
import { transports } from "./Transports.ts"

const Update = Schema.Struct({
  name: Schema.String,
  total: Schema.Int,
  shown: Schema.Array(Schema.Int),
  changed: Schema.Array(
    Schema.Struct({ key: Schema.Int, cells: Schema.Array(Schema.String), details: Schema.String })
  )
})

const decode = Schema.decodeEffect(Schema.fromJsonString(Schema.Array(Update)))

/** Reads along until the scope closes; gives what came next. */
const readAlong = Effect.gen(function*() {
  const response = yield* send("GET", "/_emulator/live", { authorization: "" })
  assert.strictEqual(response.status, 200)
  assert.strictEqual(response.headers["content-type"], "text/event-stream; charset=utf-8")
  const updates = yield* Queue.unbounded<ReadonlyArray<typeof Update.Type>>()
  yield* response.stream.pipe(
    Stream.decodeText,
    Stream.splitLines,
    Stream.filter((line) => line.startsWith("data: ")),
    Stream.mapEffect((line) => decode(line.slice("data: ".length))),
    Stream.runForEach((update) => Queue.offer(updates, update)),
    Effect.orDie,
    Effect.forkScoped
  )
  return Queue.take(updates)
})

const soon = <E, R>(condition: Effect.Effect<boolean, E, R>) =>
  Effect.delay(condition, "5 millis").pipe(Effect.repeat({ until: (holds: boolean) => holds }))

const named = (updates: ReadonlyArray<typeof Update.Type>, name: string) =>
  updates.find((update) => update.name === name)!

describe.each(transports)("what is told as it happens, $name", ({ layer }) => {
  it.live("is first how things are, then what has become of them", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const next = yield* readAlong
      const first = yield* next
      assert.deepStrictEqual(first.map(({ name, total }) => [name, total]), [
        ["Who may call", 1],
        ["Requests", 0],
        ["Deliveries", 0],
        ["Faults", 0],
        ["Users", 1],
        ["Conversations", 0],
        ["Participants", 0],
        ["Messages", 0],
        ["Clients", 0],
        ["Devices", 0],
        ["Attachments", 0],
        ["Integrations", 0],
        ["Apps", 1],
        ["AppKeys", 1],
        ["Webhooks", 0],
        ["IntegrationKeys", 0],
        ["Switchboards", 0],
        ["SwitchboardIntegrations", 0]
      ])
      assert.deepStrictEqual(named(first, "Who may call").changed[0]?.cells, [
        emulator.appId,
        emulator.keyId,
        Redacted.value(emulator.keySecret)
      ])
      assert.include(named(first, "Users").changed[0]?.details, `"externalId": "ada"`)

      yield* emulator.faults.next(Fault.slowHeaders("150 millis"))
      assert.deepStrictEqual((yield* next).map(({ changed, name }) => [name, changed.map(({ cells }) => cells[0])]), [
        ["Faults", ["SlowHeaders"]]
      ])

      yield* call("POST", "users?token=hidden", { body: { externalId: "grace" } })
      const begun = yield* next
      assert.deepStrictEqual(begun.map(({ name, total }) => [name, total]), [["Requests", 1], ["Faults", 0], [
        "Users",
        2
      ]])
      const [request] = named(begun, "Requests").changed
      assert.strictEqual(request?.cells[1], "Users.create")
      assert.include(request?.details, `"token": "<redacted>"`)
      assert.include(request?.details, `Basic ${emulator.keyId}:<redacted>`)
      // The newest is the first.
      assert.strictEqual(named(begun, "Users").shown[1], named(first, "Users").shown[0])
      assert.lengthOf(named(begun, "Users").changed, 1)

      const [over] = yield* next
      assert.deepStrictEqual(over?.changed.map(({ key, cells }) => [key, cells[2], cells[3]]), [
        [request?.key, "201", "SlowHeaders"]
      ])

      yield* emulator.reset
      const reset = yield* next
      assert.deepStrictEqual(reset.map(({ name, shown }) => [name, shown.length]), [["Requests", 0], ["Users", 1], [
        "Apps",
        1
      ], ["AppKeys", 1]])
    }).pipe(Effect.scoped, Effect.provide(layer({ users: [{ externalId: "ada" }] }))))

  it.live("is the last of many, shortened", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const users = Array.from({ length: 300 }, (_, i) => ({
        externalId: `user-${i}`,
        metadata: { long: "x".repeat(20_000) }
      }))
      yield* emulator.seed({ users })
      const first = named(yield* yield* readAlong, "Users")
      assert.deepStrictEqual([first.total, first.shown.length], [300, 100])
      assert.include(first.changed[0]?.details, "user-299")
      assert.isBelow(JSON.stringify(first).length, 100 * 6000)
    }).pipe(Effect.scoped, Effect.provide(layer())))

  it.live("is everything else, too, where something cannot be shown", () =>
    Effect.gen(function*() {
      const { seed } = yield* Emulator
      yield* seed({ users: [{ externalId: "ada" }, Object.assign({ externalId: "grace" }, { beyond: 1n })] })
      const users = named(yield* yield* readAlong, "Users")
      assert.match(users.changed[0]!.details, /^cannot be shown: .*BigInt/u)
      assert.include(users.changed[1]?.details, "ada")
    }).pipe(Effect.scoped, Effect.provide(layer())))

  it.live("is told to sixteen at a time, and to another one when one of these has left", () =>
    Effect.gen(function*() {
      const scope = yield* Scope.make()
      yield* Effect.replicateEffect(Effect.flatten(readAlong), 16).pipe(Effect.provideService(Scope.Scope, scope))
      const status = Effect.map(send("GET", "/_emulator/live"), ({ status }) => status)
      const answer = yield* call("GET", "/_emulator/live")
      assert.strictEqual(answer.status, 503)
      assert.nestedPropertyVal(answer.body, "errors[0].title", "At most 16 can read along at a time")
      yield* Scope.close(scope, Exit.void)
      yield* soon(Effect.scoped(Effect.map(status, (status) => status === 200)))
    }).pipe(Effect.scoped, Effect.provide(layer())))
})

describe("what is told as it happens, on a socket", () => {
  /** A connection that has asked, and reads only when it is told to. */
  const paused = Effect.gen(function*() {
    const emulator = yield* Emulator
    return yield* Effect.acquireRelease(
      Effect.sync(() => {
        const socket = connect(portOf(emulator), "127.0.0.1")
        socket.write("GET /_emulator/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        return socket.pause()
      }),
      (socket) => Effect.sync(() => socket.destroy())
    )
  })

  it.live("is dropped where the reader does not take it, who gets how things are when it reads again", () =>
    Effect.gen(function*() {
      const { apps } = yield* Emulator
      const socket = yield* paused
      const rounds = 15
      for (let round = 1; round <= rounds; round++) {
        // 4 MB of update; the buffers of both sides hold two or three.
        const users = Array.from({ length: 100 }, (_, i) => ({
          externalId: `${i} of round ${round}`,
          metadata: { long: "x".repeat(5000) }
        }))
        for (const app of apps) yield* app.seed({ users })
        yield* Effect.sleep("120 millis")
      }
      let received = ""
      socket.on("data", (chunk) => {
        received += chunk.toString()
      })
      socket.resume()
      yield* soon(Effect.sync(() => received.includes(`99 of round ${rounds}`)))
      assert.isBelow(received.split("data: ").length, rounds)
    }).pipe(
      Effect.scoped,
      Effect.provide(Emulator.layer({ apps: "bcdefghijk".split("").map((appId) => ({ appId })) }))
    ))

  it.live("ends with the emulator", () =>
    Effect.gen(function*() {
      const scope = yield* Scope.make()
      const context = yield* Layer.buildWithScope(Emulator.layer(), scope)
      const ended = yield* Effect.gen(function*() {
        const socket = yield* paused
        socket.resume()
        yield* Effect.callback<void>((resume) => void socket.once("data", () => resume(Effect.void)))
        return Effect.callback<void>((resume) => {
          socket.on("error", () => {})
          socket.once("close", () => resume(Effect.void))
          if (socket.closed) resume(Effect.void)
        })
      }).pipe(Effect.provideContext(context))
      yield* Scope.close(scope, Exit.void)
      yield* Effect.timeout(ended, "2 seconds")
    }).pipe(Effect.scoped))
})
