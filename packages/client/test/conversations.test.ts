/** What the resources of conversations do beyond what every operation does, which is tested from their contracts. */
import { assert, describe, it } from "@effect/vitest"
import { Activities } from "@sunco/client/Activities"
import * as AllResources from "@sunco/client/AllResources"
import { Attachments } from "@sunco/client/Attachments"
import { Conversations } from "@sunco/client/Conversations"
import * as Credentials from "@sunco/client/Credentials"
import { Messages } from "@sunco/client/Messages"
import { Participants } from "@sunco/client/Participants"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import { TestClock } from "effect/testing"
import { mkdtempDisposableSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import { appId, drawing, key, throughTime } from "./TestClient.ts"

const { errors, json, reset } = ScriptedTransport

const baseUrl = "https://example.zendesk.com/sc"

type Services = Activities | Attachments | Conversations | Messages | Participants

/** Runs a call over a transport that answers from a script, and gives what became of it and what was sent. */
const over = <A, E>(
  script: Parameters<typeof ScriptedTransport.make>[0],
  call: Effect.Effect<A, E, Services>
) => {
  const { httpClient, sent } = ScriptedTransport.make(script)
  const layer = AllResources.layer({ appId, baseUrl }).pipe(
    Layer.provide([Credentials.layerBasic(key), Layer.succeed(HttpClient.HttpClient, httpClient)])
  )
  return throughTime(Effect.result(call)).pipe(
    Effect.provide(layer),
    drawing(0),
    Effect.map((result) => ({
      result,
      sent: sent.map(({ method, url }) =>
        `${method} ${decodeURIComponent(url.slice(`${baseUrl}/v2/apps/${appId}`.length))}`
      ),
      bodies: sent.map(({ body }) => body)
    }))
  )
}

const conversationId = "c1"

describe("Participants.join", () => {
  const joined = { id: "p1", userId: "u1", userExternalId: "ada" }
  const join = Participants.use((participants) => participants.join(conversationId, { userExternalId: "ada" }))
  const list = "GET /conversations/c1/participants?page[size]=100"
  const post = "POST /conversations/c1/join"

  it.effect("reads who takes part before it is sent again", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over([reset, json(200, { participants: [{ id: "p0" }, joined] })], join)
      assert.deepStrictEqual(sent, [post, list])
      assert.deepInclude(result, { _tag: "Success", success: joined })
    }))

  it.effect("is sent again where the user does not take part", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over(
        [reset, json(200, { participants: [{ id: "p0", userExternalId: "eve" }] }), json(201, { participant: joined })],
        join
      )
      assert.deepStrictEqual(sent, [post, list, post])
      assert.deepInclude(result, { _tag: "Success", success: joined })
    }))

  it.effect("repeats what was certainly not applied without a look", () =>
    Effect.gen(function*() {
      const { sent } = yield* over([errors(429, "too_many_requests"), json(201, { participant: joined })], join)
      assert.deepStrictEqual(sent, [post, post])
    }))

  it.effect("fails as unknown where the look ends before it is settled", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over([reset], join)
      assert.deepStrictEqual(sent, [post, list, list, list])
      assert.deepInclude(result._tag === "Failure" && result.failure, { _tag: "SunshineError", applied: "unknown" })
    }))
})

describe("Activities.post", () => {
  const author = { type: "business" } as const

  it.effect("repeats typing after a lost answer", () =>
    Effect.gen(function*() {
      const { sent } = yield* over(
        [reset, json(200, {})],
        Activities.use((activities) => activities.post(conversationId, { author, type: "typing:start" }))
      )
      assert.lengthOf(sent, 2)
    }))

  it.effect("does not repeat it when five seconds have passed", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over(
        [ScriptedTransport.after("5 seconds", reset), json(200, {})],
        Activities.use((activities) => activities.post(conversationId, { author, type: "typing:start" }))
      )
      assert.lengthOf(sent, 1)
      assert.deepInclude(result._tag === "Failure" && result.failure, { retryStopped: "unsafe", applied: "unknown" })
    }))

  it.effect("does not repeat that a conversation was read", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over(
        [reset, json(200, {})],
        Activities.use((activities) => activities.post(conversationId, { author, type: "conversation:read" }))
      )
      assert.lengthOf(sent, 1)
      assert.deepInclude(result._tag === "Failure" && result.failure, { retryStopped: "unsafe", applied: "unknown" })
    }))
})

describe("Conversations.list", () => {
  it.effect("asks for exactly one user, and sends nothing otherwise", () =>
    Effect.gen(function*() {
      const bad: ReadonlyArray<unknown> = [
        {},
        undefined,
        { userId: "u1", userExternalId: "ada" },
        { userid: "u1" },
        { userId: "" },
        { userId: 1 }
      ]
      for (const of of bad) {
        const { result, sent } = yield* over(
          [json(200, { conversations: [] })],
          Conversations.use((conversations) => conversations.list(of as never))
        )
        assert.lengthOf(sent, 0)
        assert.deepInclude(result._tag === "Failure" && result.failure, { _tag: "SunshineError", applied: "no" })
      }
      const { sent } = yield* over(
        [json(200, { conversations: [] })],
        Conversations.use((conversations) => conversations.list({ userExternalId: "a&b" }, { size: 5 }))
      )
      assert.deepStrictEqual(sent, ["GET /conversations?filter[userExternalId]=a&b&page[size]=5"])
    }))
})

describe("Messages.post", () => {
  it.effect("says where in a message something is wrong, and sends nothing", () =>
    Effect.gen(function*() {
      const item = { title: "Tea", actions: [{ type: "link", text: "Buy", uri: "https://tea.example" }] }
      const metadata = { note: "x".repeat(5000) }
      const wrong: ReadonlyArray<readonly [content: object, problem: string]> = [
        [{ type: "carousel", items: [{ ...item, title: "" }] }, "content.items.0.title: expected 1 to 128 characters"],
        [
          { type: "carousel", items: [item, { ...item, metadata }] },
          "content.items.1.metadata: expected at most 4096 bytes"
        ],
        [{ type: "text", text: "x".repeat(4097) }, "content.text: expected"],
        [{ type: "nonsense" }, "content"]
      ]
      for (const [content, problem] of wrong) {
        const { result, sent } = yield* over(
          [json(201, { messages: [] })],
          Messages.use((messages) =>
            messages.post(conversationId, { author: { type: "business" }, content: content as never })
          )
        )
        assert.lengthOf(sent, 0, JSON.stringify(content).slice(0, 80))
        assert.include(result._tag === "Failure" ? result.failure.message : "", problem)
      }
    }))
})

describe("Messages.postOnce", () => {
  const message = { author: { type: "business" }, content: { type: "text", text: "Tea?" } } as const
  const mine = { id: "m1", received: "1970-01-01T00:00:00.000Z", metadata: { suncoKey: "order-1", lang: "en" } }
  const page = (messages: ReadonlyArray<object>, before?: string) =>
    json(200, { messages, meta: { hasMore: before !== undefined, ...(before && { beforeCursor: before }) } })
  const post = "POST /conversations/c1/messages"
  const list = "GET /conversations/c1/messages"
  const cursor = (letter: string) => letter.repeat(24)

  const once = (options?: Parameters<Messages["Service"]["postOnce"]>[3]) =>
    Messages.use((messages) =>
      messages.postOnce(conversationId, "order-1", { ...message, metadata: { lang: "en" } }, options)
    )

  it.effect("sends the key with the message where none that has it is there", () =>
    Effect.gen(function*() {
      const { bodies, result, sent } = yield* over([page([{ id: "m0" }]), json(201, { messages: [mine] })], once())
      assert.deepStrictEqual(sent, [list, post])
      assert.deepStrictEqual(JSON.parse(bodies[1]!).metadata, { lang: "en", suncoKey: "order-1" })
      assert.deepInclude(result, { _tag: "Success", success: { messages: [mine], posted: true } })
    }))

  it.effect("gives the message that is there, and sends nothing", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over([page([{ id: "m0" }, mine])], once())
      assert.deepStrictEqual(sent, [list])
      assert.deepInclude(result, { _tag: "Success", success: { messages: [mine], posted: false } })
    }))

  it.effect("reads the newest page alone, or back to since and five minutes more", () =>
    Effect.gen(function*() {
      const at = (minutes: number) => new Date(minutes * 60_000).toISOString()
      const pages = [
        page([{ id: "m3", received: at(60) }, { id: "m4", received: at(61) }], cursor("a")),
        page([{ id: "m1", received: at(25) }, { id: "m2", received: at(26) }], cursor("b")),
        page([{ id: "m0", received: at(24.9) }], cursor("c"))
      ] as const
      const created = json(201, { messages: [mine] })
      const newest = yield* over([pages[0], created], once())
      assert.deepStrictEqual(newest.sent, [list, post])
      const since = yield* over([...pages, created], once({ since: new Date(30 * 60_000) }))
      assert.deepStrictEqual(since.sent, [
        list,
        `${list}?page[before]=${cursor("a")}`,
        `${list}?page[before]=${cursor("b")}`,
        post
      ])
    }))

  it.effect("looks again after a lost answer, and gives what it finds", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over([page([]), reset, page([mine])], once())
      assert.deepStrictEqual(sent, [list, post, list])
      assert.deepInclude(result, { _tag: "Success", success: { messages: [mine], posted: true } })
    }))

  it.effect("leaves open what it does not find then", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over([page([]), reset, page([])], once())
      assert.deepStrictEqual(sent, [list, post, list])
      assert.deepInclude(result._tag === "Failure" && result.failure, {
        _tag: "SunshineError",
        applied: "unknown",
        retryStopped: "unsafe",
        operation: "Messages.postOnce"
      })
    }))

  it.effect("sends it again then where it is to arrive at least once", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over(
        [page([]), reset, page([]), json(201, { messages: [mine] })],
        once({ atLeastOnce: true })
      )
      assert.deepStrictEqual(sent, [list, post, list, post])
      assert.deepInclude(result, { _tag: "Success", success: { messages: [mine], posted: true } })
    }))

  it.effect("does not send it again where it could not look", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over(
        [page([]), reset, errors(403, "forbidden")],
        once({ atLeastOnce: true })
      )
      assert.deepStrictEqual(sent, [list, post, list])
      assert.deepInclude(result._tag === "Failure" && result.failure, { applied: "unknown" })
    }))

  it.effect("leaves open what an earlier sending has left open, whatever becomes of a later one", () =>
    Effect.gen(function*() {
      for (const refusal of [errors(400, "bad_request"), errors(423, "locked")]) {
        const { result, sent } = yield* over([page([]), reset, page([]), refusal], once({ atLeastOnce: true }))
        assert.deepStrictEqual(sent, [list, post, list, post])
        assert.deepInclude(result._tag === "Failure" && result.failure, { _tag: "SunshineError", applied: "unknown" })
      }
    }))

  it.effect("looks before it sends again, also where the policy repeats everything", () =>
    Effect.gen(function*() {
      const { sent } = yield* over([page([]), reset, page([mine])], once({ retry: { afterAmbiguous: "always" } }))
      assert.deepStrictEqual(sent, [list, post, list])
    }))

  it.effect("fails at once with what the vendor refuses", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over([page([]), errors(423, "locked")], once())
      assert.deepStrictEqual(sent, [list, post])
      assert.deepInclude(result._tag === "Failure" && result.failure, { _tag: "MessageLimitReached" })
    }))

  it.effect("takes one deadline for all that it sends", () =>
    Effect.gen(function*() {
      const { result } = yield* over(
        [ScriptedTransport.after("3 seconds", page([])), ScriptedTransport.silence],
        once({ deadline: "4 seconds" })
      )
      assert.deepInclude(result._tag === "Failure" && result.failure, { retryStopped: "deadline" })
      assert.strictEqual(
        yield* TestClock.testClockWith((clock) => Effect.sync(() => clock.currentTimeMillisUnsafe() <= 6000)),
        true
      )
    }))

  it.effect("refuses a key, a date or a metadata field that means nothing, with nothing sent", () =>
    Effect.gen(function*() {
      const calls: ReadonlyArray<(messages: Messages["Service"]) => Effect.Effect<unknown, unknown>> = [
        (messages) => messages.postOnce(conversationId, "", message),
        (messages) => messages.postOnce(conversationId, "x".repeat(257), message),
        (messages) => messages.postOnce(conversationId, 1 as never, message),
        (messages) => messages.postOnce(conversationId, "k", message, { since: new Date(NaN) }),
        (messages) => messages.postOnce(conversationId, "k", message, { since: "yesterday" as never }),
        (messages) => messages.postOnce(conversationId, "k", message, { sicne: new Date() } as never),
        (messages) => messages.postOnce(conversationId, "k", { ...message, metadata: { suncoKey: "other" } }),
        (messages) => messages.postOnce(conversationId, "k", { ...message, content: { type: "image" } } as never),
        (messages) => messages.postOnce("..", "k", message),
        (messages) => messages.postOnce(conversationId, "k", null as never),
        (messages) => messages.postOnce(conversationId, "k", undefined as never),
        ...[["a"], "abc", 5, true].map((metadata) => (messages: Messages["Service"]) =>
          messages.postOnce(conversationId, "k", { ...message, metadata: metadata as never })
        )
      ]
      for (const call of calls) {
        const { result, sent } = yield* over([page([])], Messages.use(call))
        assert.lengthOf(sent, 0, String(call))
        assert.deepInclude(result._tag === "Failure" && result.failure, { _tag: "SunshineError", applied: "no" })
      }
    }))
})

describe("Attachments.upload", () => {
  const upload = (file: Parameters<Attachments["Service"]["upload"]>[0], of: object = {}) =>
    Attachments.use((attachments) => attachments.upload(file, { access: "public", ...of }))
  const uploaded = json(201, { attachment: { mediaUrl: "https://example.zendesk.com/sc/attachments/v2/1" } })
  const data = new TextEncoder().encode("tea")

  const partOf = (body: string | undefined) => {
    const [, name, type] = /filename="(.*)"\r\ncontent-type: (.*)\r\n/.exec(body ?? "") ?? []
    return [name, type, body?.includes("\r\n\r\ntea\r\n")]
  }

  it.effect("takes bytes, a Blob, a File and a path, with a name", () =>
    Effect.gen(function*() {
      using directory = mkdtempDisposableSync("/tmp/sunco-upload-")
      const path = join(directory.path, "té a.txt")
      writeFileSync(path, data)
      const files: ReadonlyArray<readonly [Parameters<typeof upload>[0], string, string]> = [
        [{ name: "tea.txt", contentType: "text/plain", data }, "tea.txt", "text/plain"],
        [new Blob([data], { type: "text/plain" }), "file", "text/plain"],
        [new File([data], "tea.txt"), "tea.txt", "application/octet-stream"],
        [{ path }, "té a.txt", "application/octet-stream"],
        [{ path: pathToFileURL(path), name: "b.txt", contentType: "text/plain" }, "b.txt", "text/plain"]
      ]
      for (const [file, name, type] of files) {
        const { bodies, sent } = yield* over([uploaded], upload(file))
        assert.deepStrictEqual(sent, ["POST /attachments?access=public"])
        assert.deepStrictEqual(partOf(bodies[0]), [name, type, true])
      }
    }))

  it.effect("sends nothing where the file cannot be read, or an option is none", () =>
    Effect.gen(function*() {
      const calls = [
        upload({ path: "/nowhere/at/all" }),
        upload({ path: 1 as never }),
        upload("text" as never),
        upload({ name: "a", data }, { access: "private" }),
        upload({ name: "a", data }, { fro: "message" }),
        Attachments.use((attachments) => attachments.upload({ name: "a", data }, undefined as never)),
        Attachments.use((attachments) => attachments.upload({ name: "a", data }, null as never))
      ]
      for (const call of calls) {
        const { result, sent } = yield* over([uploaded], call)
        assert.lengthOf(sent, 0)
        assert.deepInclude(result._tag === "Failure" && result.failure, { _tag: "SunshineError", applied: "no" })
      }
      const { result } = yield* over([uploaded], upload({ path: "/nowhere/at/all" }))
      const said = String(result._tag === "Failure" && result.failure)
      assert.include(said, "file: expected a file that can be read (ENOENT)")
      assert.notInclude(said, "nowhere")
    }))

  it.effect("is sent again after a lost answer only where the file goes with its conversation", () =>
    Effect.gen(function*() {
      const file = { name: "a", data }
      const kept = yield* over([reset, uploaded], upload(file))
      const going = yield* over([reset, uploaded], upload(file, { for: "message", conversationId }))
      const half = yield* over([reset, uploaded], upload(file, { for: "message" }))
      assert.deepStrictEqual([kept, going, half].map(({ sent }) => sent.length), [1, 2, 1])
      assert.strictEqual(going.bodies[0], going.bodies[1])
    }))
})
