import { assert, describe, it } from "@effect/vitest"
import { Emulator, type EmulatorOptions } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import { type Conversation } from "@sunco/schemas/Conversation"
import { type Message } from "@sunco/schemas/Message"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { Refusal } from "../src/internal/refusal.ts"
import { attachments } from "../src/internal/resources/attachments.ts"
import { ConversationParts } from "../src/internal/resources/conversationParts.ts"
import { ParticipantStore } from "../src/internal/resources/participantStore.ts"
import { Store } from "../src/internal/store.ts"
import { basic, call, envelope, send } from "./Call.ts"

const transports = [
  { name: "in memory", layer: (options?: EmulatorOptions) => Emulator.layerMemory(options) },
  {
    name: "on a socket",
    layer: (options?: EmulatorOptions) => Layer.mergeAll(Emulator.layer(options), FetchHttpClient.layer)
  }
]

const upload = Effect.fnUntraced(
  function*(
    query = "",
    { content = "Tea", disposition = "form-data; name=\"source\"; filename=\"te a.txt\"", type = "text/plain" } = {}
  ) {
    const { body, status } = yield* call("POST", `attachments?access=public${query}`, {
      headers: { "content-type": "multipart/form-data; boundary=end" },
      text: `--end\r\ncontent-disposition: ${disposition}\r\n${
        type === "" ? "" : `content-type: ${type}\r\n`
      }\r\n${content}\r\n--end--\r\n`
    })
    const { attachment } = body as { readonly attachment: { readonly mediaUrl: string; readonly mediaType: string } }
    return { body, status, ...attachment }
  }
)

const pathOf = (mediaUrl: string) => new URL(mediaUrl).pathname

const conversation = Effect.flatMap(Emulator, (emulator) =>
  Effect.map(
    emulator.seed({ conversations: [{ participants: [{ userExternalId: "ada" }], isDefault: false }] }),
    ({ conversations: [seeded] }) => seeded!
  ))

const statusOf = (path: string) => Effect.map(send("GET", path, { authorization: "" }), ({ status }) => status)

const stored = Effect.flatMap(Emulator, (emulator) => emulator.stored("Attachments"))

describe.each(transports)("a file $name", ({ layer }) => {
  it.live("that is uploaded is served back by an address that nobody can guess, and is gone once it is deleted", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const { mediaType, mediaUrl, status } = yield* upload()
      assert.deepStrictEqual([status, mediaType], [201, "text/plain"])
      assert.match(mediaUrl, new RegExp(`^${emulator.url}/media/[0-9a-f]{32}/te%20a\\.txt$`))
      const response = yield* send("GET", pathOf(mediaUrl), { authorization: "" })
      assert.strictEqual(response.headers["content-type"], "text/plain")
      assert.strictEqual(response.headers["content-security-policy"], "sandbox; default-src 'none'")
      assert.strictEqual(yield* response.text, "Tea")
      assert.strictEqual((yield* send("HEAD", pathOf(mediaUrl))).status, 200)
      assert.deepStrictEqual(yield* stored, [{ mediaUrl, mediaType, name: "te a.txt", size: 3 }])
      assert.notStrictEqual((yield* upload()).mediaUrl, mediaUrl)

      const remove = call("POST", "attachments/remove", { body: { mediaUrl } })
      assert.deepInclude(yield* remove, { status: 200, body: {} })
      assert.strictEqual(yield* statusOf(pathOf(mediaUrl)), 404)
      assert.deepInclude(yield* remove, { status: 404, body: envelope("not_found", "Attachment not found") })
    }).pipe(Effect.provide(layer())))

  it.live("can be for those alone who may call its app", () =>
    Effect.gen(function*() {
      const { addKey, apps } = yield* Emulator
      const { mediaUrl } = yield* upload()
      const get = (authorization: string) =>
        Effect.map(send("GET", pathOf(mediaUrl), { authorization }), ({ status }) => status)
      assert.strictEqual(yield* get(""), 401)
      assert.strictEqual(yield* get("Basic bm9ib2R5"), 401)
      assert.strictEqual(yield* get(basic(apps[1]!)), 403)
      assert.strictEqual(yield* get(basic(yield* addKey())), 200)
    }).pipe(Effect.provide(layer({ privateAttachments: true, apps: [{ appId: "another" }] }))))

  it.live("of a seed is where the seed says, or at the emulator's own address", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const [made, named] = yield* stored
      assert.match(made!.mediaUrl, new RegExp(`^${emulator.url}/media/`))
      assert.strictEqual(yield* (yield* send("GET", pathOf(made!.mediaUrl))).text, "Tea")
      assert.deepInclude(named, { mediaUrl: "https://example.com/a.png?b=c", mediaType: "image/png", size: 1 })
      assert.strictEqual(yield* statusOf("/a.png?b=c"), 200)
      assert.strictEqual(yield* statusOf("/a.png"), 404)
    }).pipe(Effect.provide(layer({
      attachments: [
        { base64: btoa("Tea") },
        { base64: "AA==", mediaUrl: "https://example.com/a.png?b=c", mediaType: "image/png" }
      ]
    }))))

  it.live("comes late, cut or not at all, as one asks for it", () =>
    Effect.gen(function*() {
      const { faults, requests } = yield* Emulator
      const { mediaUrl } = yield* upload()
      yield* faults.next(Fault.status(503))
      assert.strictEqual(yield* statusOf(pathOf(mediaUrl)), 503)
      assert.deepInclude((yield* requests).at(-1), { applied: false, status: 503, path: pathOf(mediaUrl) })
      assert.strictEqual(yield* statusOf(pathOf(mediaUrl)), 200)
      assert.deepInclude((yield* requests).at(-1), { applied: true, status: 200 })
    }).pipe(Effect.provide(layer())))
})

describe("an upload", () => {
  it.effect("says what it misses", () =>
    Effect.gen(function*() {
      const nameless = yield* upload("", { disposition: "form-data; name=\"source\"" })
      assert.deepInclude(nameless, {
        status: 400,
        body: envelope("bad_request", "source: Expected a file with a name")
      })
      assert.strictEqual((yield* upload("", { disposition: "form-data; name=\"file\"; filename=\"a\"" })).status, 400)
      assert.strictEqual((yield* upload("&for=nothing")).status, 400)
      assert.deepInclude(yield* upload("&conversationId=67a0ecf8f0305f4a391e9db1"), {
        status: 404,
        body: envelope("conversation_not_found", "Conversation not found")
      })
      assert.lengthOf(yield* stored, 0)
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect("without a type is of any", () =>
    Effect.map(
      upload("", { type: "" }),
      ({ mediaType }) => assert.include(["application/octet-stream", "text/plain"], mediaType)
    )
      .pipe(Effect.provide(Emulator.layerMemory())))

  it("is refused where more files are kept than there is room for, until some are deleted", () => {
    const conversations = new Store<Conversation>()
    const messages = new ConversationParts<Message>(conversations)
    const state = { conversations, messages, participants: new ParticipantStore(conversations), origin: () => "" }
    const app = { ...state, ...attachments.state(state) }
    const source = { name: "a", contentType: "", bytes: new Uint8Array(50 * 1024 * 1024) }
    const upload = () =>
      // Nothing else of what a request brings along is looked at.
      attachments.behaviours.upload({ app, origin: "", payload: { files: { source } }, query: {} } as never)
    for (let count = 0; count < 5; count++) assert.notInstanceOf(upload(), Refusal)
    const refused = upload()
    assert(refused instanceof Refusal)
    assert.deepStrictEqual(
      { status: refused.status, errors: refused.errors },
      { status: 413, ...envelope("payload_too_large", "The emulator keeps no more than 256mb of files in an app") }
    )
    app.attachments.remove(app.attachments.all()[0]!.id)
    assert.notInstanceOf(upload(), Refusal)
  })
})

describe("a file for a message", () => {
  const post = (conversationId: string, content: object) =>
    call("POST", `conversations/${conversationId}/messages`, { body: { author: { type: "business" }, content } })

  it.effect("goes with the message that names it, wherever it does, and another stays", () =>
    Effect.gen(function*() {
      const { conversation: { id } } = yield* conversation
      const [used, inItem, unused, forEver] = [
        yield* upload("&for=message"),
        yield* upload(`&for=message&conversationId=${id}`),
        yield* upload("&for=message"),
        yield* upload()
      ]
      yield* post(id, { type: "image", mediaUrl: used.mediaUrl })
      yield* post(id, { type: "file", mediaUrl: forEver.mediaUrl })
      const actions = [{ type: "link", text: "Tea", uri: "https://example.com" }]
      yield* post(id, { type: "carousel", items: [{ title: "Tea", mediaUrl: inItem.mediaUrl, actions }] })
      assert.lengthOf(yield* stored, 4)
      assert.strictEqual((yield* call("DELETE", `conversations/${id}/messages`)).status, 200)
      assert.deepStrictEqual((yield* stored).map(({ mediaUrl }) => mediaUrl), [unused.mediaUrl, forEver.mediaUrl])
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect("goes with its conversation, and with its user, though no message names it", () =>
    Effect.gen(function*() {
      const { conversation: { id } } = yield* conversation
      yield* upload(`&for=message&conversationId=${id}`)
      const stays = yield* upload(`&conversationId=${id}`)
      assert.strictEqual((yield* call("DELETE", "users/ada")).status, 200)
      assert.deepStrictEqual((yield* stored).map(({ mediaUrl }) => mediaUrl), [stays.mediaUrl])
    }).pipe(Effect.provide(Emulator.layerMemory())))
})

describe("deleting", () => {
  it.effect.each(["https://example.com/media/1/a.png", "a.png", "http://localhost/files/a", ""])(
    "refuses what is somebody else's: %j",
    (mediaUrl) =>
      Effect.gen(function*() {
        assert.deepInclude(yield* call("POST", "attachments/remove", { body: { mediaUrl } }), {
          status: 400,
          body: envelope("bad_request", `Unsupported media URL for attachment deletion: ${mediaUrl}`)
        })
      }).pipe(Effect.provide(Emulator.layerMemory()))
  )

  it.effect("finds no file of another app", () =>
    Effect.gen(function*() {
      const { apps } = yield* Emulator
      const { mediaUrl } = yield* upload()
      const { appId } = apps[1]!
      const { status } = yield* call("POST", `/v2/apps/${appId}/attachments/remove`, {
        authorization: basic({ ...apps[1]!, keySecret: Redacted.make(`secret_${appId}`) }),
        body: { mediaUrl }
      })
      assert.strictEqual(status, 404)
      assert.lengthOf(yield* stored, 1)
    }).pipe(Effect.provide(Emulator.layerMemory({ apps: [{ appId: "another" }] }))))
})
