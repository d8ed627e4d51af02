/** A resource that no vendor has, through the face of Effect 3: streams, secrets, and operations outside of any app. */
import * as HttpClient from "@effect/platform/HttpClient"
import { UserNotFound as ClientUserNotFound } from "@sunco/client/Outcomes"
import * as ClientResource from "@sunco/client/Resource"
import * as Credentials from "@sunco/effect3/Credentials"
import type { Effect3Face } from "@sunco/effect3/Effect3Face"
import { UserNotFound } from "@sunco/effect3/Outcomes"
import * as Resource from "@sunco/effect3/Resource"
import { Sunshine } from "@sunco/effect3/Sunshine"
import * as Effect4 from "effect-4/Effect"
import * as Redacted4 from "effect-4/Redacted"
import * as Stream4 from "effect-4/Stream"
import * as Chunk from "effect/Chunk"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { assert, describe, it } from "vitest"
import * as ScriptedTransport from "./ScriptedTransport.ts"

const facts = { operation: "Notes.stream", attempts: 1, response: Redacted4.make({ status: 404, headers: {} }) }

/** What the client's side of it saw. */
const seen: { pages: number; closed: number; payload: unknown; options: unknown } = {
  pages: 0,
  closed: 0,
  payload: undefined,
  options: undefined
}

const methods = {
  stream: (last: number, options?: object) => {
    seen.options = options
    return Stream4.paginate(1, (page) => {
      seen.pages++
      return page > last
        ? Effect4.fail(new ClientUserNotFound(facts))
        : Effect4.succeed([[2 * page - 1, 2 * page], { _tag: "Some", value: page + 1 } as never] as const)
    }).pipe(Stream4.ensuring(Effect4.sync(() => void seen.closed++)))
  },
  silent: (_options?: object) => Stream4.never.pipe(Stream4.ensuring(Effect4.sync(() => void seen.closed++))),
  dying: (_options?: object) => Stream4.die(new Error("a bug")),
  send: (payload: unknown, _options?: object) => {
    seen.payload = payload
    return Effect4.succeed(payload)
  }
}

// As the client's own methods: the options are the last argument.
for (const [name, length] of Object.entries({ stream: 2, silent: 1, dying: 1, send: 2 })) {
  Object.defineProperty(methods[name as keyof typeof methods], "length", { value: length })
}

class ClientNotes extends ClientResource.Service<ClientNotes, typeof methods>()("made-up/Notes", () => methods) {}

interface NotesMethods {
  readonly stream: (last: number, options?: Effect3Face["options"]) => Stream.Stream<number, UserNotFound>
  readonly silent: (options?: Effect3Face["options"]) => Stream.Stream<number>
  readonly dying: (options?: Effect3Face["options"]) => Stream.Stream<number>
  readonly send: (payload: unknown, options?: Effect3Face["options"]) => Effect.Effect<unknown>
}

class Notes extends Resource.Service<Notes, NotesMethods>()("made-up/effect3/Notes", ClientNotes) {}

class ClientWorld extends ClientResource.ServiceOutsideApp<ClientWorld, typeof methods>()(
  "made-up/World",
  ({ appId }) => ({ ...methods, send: () => Effect4.succeed(appId) as never })
) {}

class World extends Resource.ServiceOutsideApp<World, NotesMethods>()("made-up/effect3/World", ClientWorld) {}

const { httpClient } = ScriptedTransport.make([ScriptedTransport.found])

const transport = Layer.succeed(HttpClient.HttpClient, httpClient)

const authenticated = Layer.merge(transport, Credentials.layerBasic(ScriptedTransport.key))

const baseUrl = "https://example.zendesk.com/sc"

const run = <A, E>(effect: Effect.Effect<A, E, Notes>) => {
  Object.assign(seen, { pages: 0, closed: 0, payload: undefined, options: undefined })
  const layer = Notes.layer({ appId: "app", baseUrl }).pipe(Layer.provide(authenticated), Layer.orDie)
  return Effect.runPromiseExit(Effect.provide(effect, layer))
}

const toArray = <A, E, R>(stream: Stream.Stream<A, E, R>) =>
  Effect.map(Stream.runCollect(stream), Chunk.toReadonlyArray)

describe("a stream of the client, in Effect 3", () => {
  it("gives what the client's gives, and takes no page that nobody wants", async () => {
    const exit = await run(Effect.flatMap(Notes, (notes) => toArray(Stream.take(notes.stream(9), 3))))
    assert.deepStrictEqual(exit, Exit.succeed([1, 2, 3]))
    assert.deepInclude(seen, { pages: 2, closed: 1 })
  })

  it("fails with this package's error after what came before", async () => {
    const items: Array<number> = []
    const exit = await run(
      Effect.flatMap(
        Notes,
        (notes) =>
          Stream.runForEach(notes.stream(1), (item) => Effect.sync(() => void items.push(item))).pipe(Effect.flip)
      )
    )
    assert.deepStrictEqual(items, [1, 2])
    assert.isTrue(Exit.isSuccess(exit) && exit.value instanceof UserNotFound)
    assert.strictEqual(seen.closed, 1)
  })

  it("ends the client's when it is interrupted", async () => {
    const exit = await run(
      Effect.flatMap(Notes, (notes) => Effect.timeoutOption(Stream.runDrain(notes.silent()), "20 millis"))
    )
    assert.isTrue(Exit.isSuccess(exit))
    assert.strictEqual(seen.closed, 1)
  })

  it("dies of what the client's dies of", async () => {
    const exit = await run(Effect.flatMap(Notes, (notes) => Stream.runDrain(notes.dying())))
    assert.isTrue(Exit.isFailure(exit) && exit.cause._tag === "Die")
  })

  it("is run with options in the client's own terms", async () => {
    await run(
      Effect.flatMap(Notes, (notes) => Stream.runHead(notes.stream(1, { deadline: Duration.seconds(5) })))
    )
    assert.include(JSON.stringify(seen.options), "\"deadline\"")
    assert.notStrictEqual((seen.options as { deadline: unknown }).deadline, Duration.seconds(5))
  })
})

describe("a secret, from Effect 3", () => {
  it("is the client's where it is given to it, however deep", async () => {
    const payload = { id: "1", secret: Redacted.make("s3cret"), list: [{ token: Redacted.make("t0ken") }, "text"] }
    await run(Effect.flatMap(Notes, (notes) => notes.send(payload)))
    const sent = seen.payload as { secret: Redacted4.Redacted; list: readonly [{ token: Redacted4.Redacted }, string] }
    assert.strictEqual(Redacted4.value(sent.secret), "s3cret")
    assert.strictEqual(Redacted4.value(sent.list[0].token), "t0ken")
    assert.strictEqual(sent.list[1], "text")
  })

  it("is all that is changed of an argument", async () => {
    class Odd {
      field = Redacted.make("kept")
    }
    for (const payload of [{ a: [1, { b: null }] }, new Odd(), [undefined], "text", null]) {
      await run(Effect.flatMap(Notes, (notes) => notes.send(payload)))
      assert.strictEqual(seen.payload, payload)
    }
  })
})

describe("a resource outside of any app, in Effect 3", () => {
  const app = Effect.flatMap(World, (world) => world.send(""))

  it("is made of options without an app", async () => {
    const layer = World.layer({ baseUrl }).pipe(Layer.provide(authenticated))
    assert.deepStrictEqual(await Effect.runPromiseExit(Effect.provide(app, layer)), Exit.succeed(undefined))
  })

  it("is made of the environment without SUNCO_APP_ID", async () => {
    const environment = Layer.setConfigProvider(
      ConfigProvider.fromMap(new Map([["SUNCO_SUBDOMAIN", "example"], ["SUNCO_TOKEN", "token"]]))
    )
    const layer = World.layerFromConfig().pipe(Layer.provide([transport, environment]))
    assert.deepStrictEqual(await Effect.runPromiseExit(Effect.provide(app, layer)), Exit.succeed(undefined))
  })

  it("works over a Sunshine that has an app", async () => {
    const layer = World.layerNoDeps.pipe(
      Layer.provide(Sunshine.layer({ appId: "app", baseUrl })),
      Layer.provide(authenticated)
    )
    assert.deepStrictEqual(await Effect.runPromiseExit(Effect.provide(app, layer)), Exit.succeed(undefined))
  })

  it("fails with this package's SettingsError", async () => {
    const layer = World.layer({ baseUrl: "no address" }).pipe(Layer.provide(authenticated))
    const error = await Effect.runPromise(Effect.flip(Layer.build(layer).pipe(Effect.scoped)))
    assert.strictEqual(error._tag, "SettingsError")
  })
})
