import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import { PostMessage } from "@sunco/schemas/MessagePayloads"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/testing/TestClock"
import { call } from "./Call.ts"
import {
  activity,
  author,
  business,
  contentsOf,
  conversation,
  events,
  failing,
  type Fields,
  group,
  idsOf,
  messages,
  noUser,
  participants,
  personal,
  post,
  refused
} from "./Conversing.ts"

const users = [
  { externalId: "ada", profile: { givenName: "Ada", surname: "L", avatarUrl: "https://x.example/ada.png" } },
  { externalId: "eve", brandId: "1" },
  { externalId: "bob" }
]

const texts = (listed: Fields): ReadonlyArray<string> => listed["messages"].map(({ content }: Fields) => content.text)

describe("the Messages API", () => {
  layer(Emulator.layerMemory({ users }))((it) => {
    const test = <E>(name: string, self: Effect.Effect<void, E, Effect.Services<ReturnType<typeof call>>>) =>
      it.effect(name, () => Effect.andThen(Effect.flatMap(Emulator, (emulator) => emulator.reset), self))

    test(
      "keeps a message of the business, with a picture where none is sent, and tells of it",
      Effect.gen(function*() {
        const { id } = yield* personal("ada", { metadata: { topic: "tea" } })
        yield* TestClock.setTime(1000)
        const metadata = { "order.id": 7, express: true }
        const [message, ...others] = yield* post(id, { content: { type: "text", text: " Tea? " }, metadata })
        assert.lengthOf(others, 0)
        const { author: { avatarUrl, ...from }, id: messageId, ...rest } = message ?? assert.fail()
        assert.match(messageId, /^[0-9a-f]{24}$/u)
        assert.match(avatarUrl, /^https:/u)
        assert.deepStrictEqual(from, { type: "business" })
        assert.deepStrictEqual(rest, {
          received: "1970-01-01T00:00:01.000Z",
          content: { type: "text", text: " Tea? " },
          source: { type: "api:conversations" },
          metadata
        })
        assert.deepStrictEqual(yield* messages(id), { messages: [message], meta: { hasMore: false } })
        assert.strictEqual((yield* conversation(id))["lastUpdatedAt"], rest["received"])
        assert.deepStrictEqual((yield* events).at(-1), ["conversation:message", {
          conversation: { id, type: "personal", metadata: { topic: "tea" } },
          message
        }])
      })
    )

    test(
      "keeps a message in the name of a participant, with what is known of the user",
      Effect.gen(function*() {
        const { id } = yield* personal("ada")
        const [{ author: from } = assert.fail()] = yield* post(id, "Hello %[you](reply:x)", author("ada"))
        const [ada] = yield* (yield* Emulator).stored("Users")
        assert.deepStrictEqual(from, {
          type: "user",
          userId: ada?.id,
          displayName: "Ada L",
          avatarUrl: "https://x.example/ada.png"
        })
        const [, payload] = (yield* events).at(-1) ?? assert.fail()
        assert.deepStrictEqual(payload["message"].author.user, {
          id: ada?.id,
          externalId: "ada",
          authenticated: true
        })
        const named = { ...author("ada"), displayName: "A.", avatarUrl: "https://x.example/a" }
        assert.deepInclude((yield* post(id, "x", named))[0]?.["author"], {
          displayName: "A.",
          avatarUrl: "https://x.example/a"
        })
        // A user's words are what they are.
        assert.strictEqual(texts(yield* messages(id))[0], "Hello %[you](reply:x)")
      })
    )

    test(
      "refuses a user who is not there, who is not named, who takes no part, or who is of another brand",
      Effect.gen(function*() {
        const emulator = yield* Emulator
        const [, eve] = yield* emulator.stored("Users")
        const { id } = yield* conversation({ type: "personal", participants: [{ userId: eve?.id }] })
        const posting = (author: object) =>
          failing("POST", `conversations/${id}/messages`, { body: { author, content: { type: "text", text: "x" } } })
        assert.deepStrictEqual(yield* posting(author("nobody")), noUser)
        assert.deepStrictEqual(yield* posting(author("eve")), noUser)
        assert.strictEqual((yield* posting({ type: "user" })).status, 400)
        assert.deepStrictEqual(
          yield* posting(author("ada")),
          refused(400, "bad_request", "author: The user is not a participant of the conversation")
        )
        yield* post(id, "Hello", { ...author("eve"), brandId: "1" })
        assert.lengthOf(yield* emulator.stored("Messages"), 1)
      })
    )

    test(
      "refuses what a content, metadata or a destination cannot be",
      Effect.gen(function*() {
        const { id } = yield* personal("ada")
        const { id: shared } = yield* group("ada")
        const posting = (body: object, to = id) =>
          failing("POST", `conversations/${to}/messages`, { body: { author: business, ...body } })
        const content = { type: "text", text: "x" }
        for (
          const body of [
            {},
            { content: { type: "text" } },
            { content: { type: "text", text: "x".repeat(4097) } },
            { content: { type: "carousel", items: [] } },
            { content: { type: "formResponse", fields: [] } },
            { content: { type: "text", htmlText: "x", markdownText: "y" } },
            { content, metadata: { text: "x".repeat(4096) } },
            { content, destination: { integrationType: "whatsapp" } },
            { content: { type: "text", markdownText: "&".repeat(1000) } }
          ]
        ) assert.strictEqual((yield* posting(body)).status, 400, JSON.stringify(body))
        const none = { content, destination: { integrationType: "none" } }
        assert.strictEqual((yield* posting(none, shared)).status, 400)
        assert.deepStrictEqual(
          yield* posting({ content, destination: { integrationId: "i" } }),
          refused(404, "integration_not_found", "Integration not found")
        )
        assert.lengthOf(yield* (yield* Emulator).stored("Messages"), 0)
        yield* post(id, none)
      })
    )

    test(
      "sends to a channel on which the user is",
      Effect.gen(function*() {
        const { id } = yield* conversation({
          type: "personal",
          participants: [{ userExternalId: "ada", subscribeSDKClient: true }]
        })
        yield* post(id, { content: { type: "text", text: "x" }, destination: { integrationType: "sdk" } })
      })
    )

    test(
      "gives each message of a conversation a later time than the one before, at whatever rate they come",
      Effect.gen(function*() {
        const { createdAt, id } = yield* personal("ada")
        for (const text of "abc") yield* post(id, text)
        const { messages: said } = yield* messages(id)
        const after = said.map(({ received }: { readonly received: string }) =>
          Date.parse(received) - Date.parse(createdAt)
        )
        assert.deepStrictEqual(after, [1, 2, 3])
        assert.strictEqual((yield* conversation(id))["lastUpdatedAt"], said[2].received)
      })
    )

    test(
      "lists the latest hundred, the oldest of them first, whatever size is asked for, and goes in either direction",
      Effect.gen(function*() {
        const { conversations: [{ conversation: { id }, messages: said } = assert.fail()] } = yield* (yield* Emulator)
          .seed({ conversations: [{ participants: [{ userExternalId: "ada" }], messageCount: 250 }] })
        const ids = idsOf(said)
        const latest = yield* messages(id, "?page[size]=2")
        assert.deepStrictEqual(idsOf(latest["messages"]), ids.slice(150))
        assert.deepStrictEqual(latest["meta"], { hasMore: true, beforeCursor: ids[150] })
        const middle = yield* messages(id, `?page[before]=${latest["meta"].beforeCursor}`)
        assert.deepStrictEqual([idsOf(middle["messages"]), middle["meta"]], [ids.slice(50, 150), {
          hasMore: true,
          afterCursor: ids[149],
          beforeCursor: ids[50]
        }])
        const oldest = yield* messages(id, `?page[before]=${middle["meta"].beforeCursor}`)
        assert.deepStrictEqual([idsOf(oldest["messages"]), oldest["meta"]], [ids.slice(0, 50), {
          hasMore: false,
          afterCursor: ids[49]
        }])
        const forwards = yield* messages(id, `?page[after]=${oldest["meta"].afterCursor}`)
        assert.deepStrictEqual(forwards, middle)
        const behind = yield* messages(id, `?page[after]=${ids[249]}`)
        assert.deepStrictEqual([behind["messages"], behind["meta"]["hasMore"]], [[], false])
        for (const query of [`page[after]=${ids[0]}&page[before]=${ids[9]}`, `page[after]=${"z".repeat(24)}`]) {
          assert.strictEqual((yield* failing("GET", `conversations/${id}/messages?${query}`)).status, 400)
        }
      })
    )

    test(
      "takes 30,000 messages and no more, until some are deleted",
      Effect.gen(function*() {
        const { conversations: [{ conversation: { id }, messages: [first] } = assert.fail()] } =
          yield* (yield* Emulator)
            .seed({ conversations: [{ participants: [{ userExternalId: "ada" }], messageCount: 30_000 }] })
        const body = { author: business, content: { type: "text", text: "one" } }
        const full = refused(423, "locked", "Message limit of 30000 per conversation reached.")
        assert.deepStrictEqual(yield* failing("POST", `conversations/${id}/messages`, { body }), full)
        yield* call("DELETE", `conversations/${id}/messages/${first?.id}`)
        // One request that makes two messages does not half succeed.
        const two = { ...body, content: { type: "text", text: "one ![](https://x.example/i.png)" } }
        assert.deepStrictEqual(yield* failing("POST", `conversations/${id}/messages`, { body: two }), full)
        yield* post(id, "one")
        assert.deepStrictEqual(yield* failing("POST", `conversations/${id}/messages`, { body }), full)
      })
    )

    test(
      "deletes one message, which is unread no longer, and leaves the time of the last",
      Effect.gen(function*() {
        const { id } = yield* group("ada", "bob")
        const [{ id: own } = assert.fail()] = yield* post(id, "of ada", author("ada"))
        yield* activity(id, "conversation:read", author("bob"))
        const [{ id: last, received } = assert.fail()] = yield* post(id, "last")
        const unread = Effect.map(participants(id), (all) => all.map(({ unreadCount }) => unreadCount))
        assert.deepStrictEqual(yield* unread, [1, 1])
        const remove = (messageId: string) => call("DELETE", `conversations/${id}/messages/${messageId}`)
        assert.deepInclude(yield* remove(own), { status: 200, body: {} })
        assert.deepStrictEqual(yield* unread, [1, 1])
        yield* remove(last)
        assert.deepStrictEqual(yield* unread, [0, 0])
        assert.strictEqual((yield* conversation(id))["lastUpdatedAt"], received)
        assert.deepStrictEqual(
          yield* failing("DELETE", `conversations/${id}/messages/${last}`),
          refused(404, "message_not_found", "Message not found")
        )
      })
    )

    test(
      "deletes all messages, of this conversation alone",
      Effect.gen(function*() {
        const [{ id }, other] = [yield* personal("ada"), yield* personal("ada")]
        yield* post(id, "one")
        yield* post(other["id"], "two")
        assert.deepInclude(yield* call("DELETE", `conversations/${id}/messages`), { status: 200, body: {} })
        assert.deepStrictEqual(texts(yield* messages(id)), [])
        assert.deepStrictEqual(texts(yield* messages(other["id"])), ["two"])
        assert.strictEqual((yield* participants(id))[0]?.["unreadCount"], 0)
      })
    )

    test(
      "makes buttons of the shorthand in a text of the business, and takes it out of the text",
      Effect.gen(function*() {
        const { id } = yield* personal("ada")
        const cases = [
          ["Tea? %[Yes](reply:tea) %[No](reply:no: not)", "Tea?", [
            { type: "reply", text: "Yes", payload: "tea" },
            { type: "reply", text: "No", payload: "no: not" }
          ]],
          ["See %[our teas](https://x.example/teas?a=1) now", "See now", [
            { type: "link", text: "our teas", uri: "https://x.example/teas?a=1" }
          ]],
          ["%[Order](postback:ORDER)", undefined, [{ type: "postback", text: "Order", payload: "ORDER" }]],
          ["no %[address](at all), %[open](", "no %[address](at all), %[open](", undefined]
        ] as const
        for (const [sent, text, actions] of cases) {
          assert.deepStrictEqual(yield* contentsOf(id, { type: "text", text: sent }), [{
            type: "text",
            ...(text === undefined ? undefined : { text }),
            ...(actions === undefined ? undefined : { actions })
          }])
        }
        const given = { type: "link", text: "x", uri: "https://x.example" }
        const [content] = yield* contentsOf(id, { type: "text", text: "Tea? %[Yes](reply:tea)", actions: [given] })
        assert.deepStrictEqual(content?.["actions"], [given, { type: "reply", text: "Yes", payload: "tea" }])
      })
    )

    test(
      "makes several messages of a text with pictures or a template in it, in its order, each with the metadata",
      Effect.gen(function*() {
        const { id } = yield* personal("ada")
        const text =
          "Look: ![](https://x.example/a%20b.png) and &((namespace=[[ns]] template=[[hi]] body_text=[[A b]]))& x"
        const made = yield* post(id, { content: { type: "text", text }, metadata: { key: "k" } })
        assert.deepStrictEqual(made.map(({ content }) => content), [
          { type: "text", text: "Look:" },
          { type: "image", mediaUrl: "https://x.example/a%20b.png", mediaType: "image/png", altText: "a b.png" },
          { type: "text", text: "and" },
          { type: "template", template: { namespace: "ns", template: "hi", body_text: "A b" } },
          { type: "text", text: "x" }
        ])
        assert.deepStrictEqual(made.map(({ metadata }) => metadata), made.map(() => ({ key: "k" })))
        assert.deepStrictEqual((yield* messages(id))["messages"], made)
        assert.strictEqual((yield* participants(id))[0]?.["unreadCount"], 5)
        assert.lengthOf((yield* events).filter(([type]) => type === "conversation:message"), 5)
      })
    )

    test(
      "makes HTML of Markdown, and text of HTML",
      Effect.gen(function*() {
        const { id } = yield* personal("ada")
        const markdownText = "**Tea** & *milk*:\n[`here`](https://x.example)\n\n%[Yes](reply:y)"
        assert.deepStrictEqual(yield* contentsOf(id, { type: "text", markdownText }), [{
          type: "text",
          text: "Tea & milk:\nhere",
          htmlText:
            "<p><strong>Tea</strong> &amp; <em>milk</em>:<br><a href=\"https://x.example\"><code>here</code></a></p>",
          actions: [{ type: "reply", text: "Yes", payload: "y" }]
        }])
        const htmlText = "<b>a&lt;b</b><br/>c"
        assert.deepStrictEqual(yield* contentsOf(id, { type: "text", htmlText }), [{
          type: "text",
          text: "a<b\nc",
          htmlText
        }])
        assert.deepStrictEqual((yield* contentsOf(id, { type: "text", htmlText, text: "own" }))[0]?.["text"], "own")
      })
    )

    test(
      "adds what only the vendor says of a content",
      Effect.gen(function*() {
        const { id } = yield* personal("ada")
        const items = [
          {
            title: "Tacos",
            description: "Get your tacos today!",
            actions: [
              { type: "postback", text: "Select", payload: "TACOS" },
              { type: "link", text: "More info", uri: "https://example.org" }
            ]
          },
          { title: "Ramen", actions: [{ type: "postback", text: "Select", payload: "RAMEN" }] }
        ]
        const text = "1. Tacos\nGet your tacos today!\nMore info: https://example.org\n\n2. Ramen"
        for (const type of ["carousel", "list"]) {
          const [content] = yield* contentsOf(id, { type, items })
          assert.strictEqual(content?.["text"], text)
          assert.deepStrictEqual(content?.["items"][1].actions, [{ ...items[1]?.actions[0], uri: "" }])
        }
        const coordinates = { lat: 45.5261583, long: -73.595346 }
        assert.deepStrictEqual(yield* contentsOf(id, { type: "location", coordinates }), [{
          type: "location",
          coordinates,
          text: "Location shared:\nhttps://maps.google.com/maps?q=45.5261583,-73.595346"
        }])
        const fields = [{ type: "text", name: "n", label: "l" }]
        assert.deepStrictEqual(yield* contentsOf(id, { type: "form", fields }), [{
          type: "form",
          fields,
          submitted: false
        }])
        assert.deepStrictEqual(yield* contentsOf(id, { type: "file", mediaUrl: "https://x.example/%/FAQ.PDF?x" }), [{
          type: "file",
          mediaUrl: "https://x.example/%/FAQ.PDF?x",
          mediaType: "application/pdf",
          altText: "FAQ.PDF"
        }])
      })
    )

    it.effect.prop(
      "whatever can be sent is kept, and comes back with at least what was sent",
      [PostMessage],
      ([payload]) =>
        Effect.gen(function*() {
          const emulator = yield* Emulator
          yield* emulator.reset
          const { id } = yield* personal("ada")
          const sent = yield* Schema.encodeEffect(Schema.toCodecJson(PostMessage))(payload)
          const { destination: _, ...message } = JSON.parse(JSON.stringify(sent))
          if (message.author.type === "user") message.author = author("ada")
          const { body, status } = yield* call("POST", `conversations/${id}/messages`, { body: message })
          // Markdown can become too much HTML, and metadata can be too large.
          if (status === 400) return
          assert.strictEqual(status, 201, JSON.stringify(body))
          const said = (body as unknown as { readonly messages: ReadonlyArray<Fields> }).messages
          assert.deepStrictEqual((yield* messages(id))["messages"], said)
          const { markdownText: __, text: ___, htmlText: ____, items, ...content } = message.content
          if (said.length === 1 && items === undefined) assert.deepInclude(said[0]?.["content"], content)
        })
    )
  })
})

describe("what is assumed of messages", () => {
  const start = { users, conversations: [{ id: "c", participants: [{ userExternalId: "ada" }], messageCount: 3 }] }

  it.effect("can be that a page begins with the latest", () =>
    Effect.gen(function*() {
      const stored = idsOf(yield* (yield* Emulator).stored("Messages"))
      assert.deepStrictEqual(idsOf((yield* messages("c"))["messages"]), stored.toReversed())
    }).pipe(Effect.provide(Emulator.layerMemory({ ...start, assume: { messageOrder: "newestFirst" } }))))

  it.effect("can be that a message that is not there is deleted all the same", () =>
    Effect.gen(function*() {
      assert.deepInclude(yield* call("DELETE", "conversations/c/messages/none"), { status: 200, body: {} })
    }).pipe(Effect.provide(Emulator.layerMemory({ ...start, assume: { missingMessage: "deleted" } }))))

  it.effect("can be that a user who takes no part is not found", () =>
    Effect.gen(function*() {
      const body = { author: author("bob"), content: { type: "text", text: "x" } }
      assert.deepStrictEqual(yield* failing("POST", "conversations/c/messages", { body }), noUser)
    }).pipe(Effect.provide(Emulator.layerMemory({ ...start, assume: { strangerAsAuthor: "notFound" } }))))
})

describe("the Activities API", () => {
  layer(Emulator.layerMemory({ users, conversations: [{ id: "c", participants: [{ userExternalId: "ada" }] }] }))(
    (it) => {
      it.effect("marks a conversation as read by the business", () =>
        Effect.gen(function*() {
          yield* TestClock.setTime(1000)
          yield* activity("c", "conversation:read")
          assert.strictEqual((yield* conversation("c"))["businessLastRead"], "1970-01-01T00:00:01.000Z")
          assert.notProperty((yield* participants("c"))[0], "lastRead")
          const [type, payload] = (yield* events).at(-1) ?? assert.fail()
          assert.strictEqual(type, "conversation:read")
          assert.nestedInclude(payload, {
            "conversation.id": "c",
            "activity.type": "conversation:read",
            "activity.author.type": "business",
            "activity.source.type": "api:conversations"
          })
        }))

      it.effect("tells of typing, and keeps nothing of it", () =>
        Effect.gen(function*() {
          const before = yield* conversation("c")
          for (const type of ["typing:start", "typing:stop"]) {
            yield* activity("c", type)
            const [name, payload] = (yield* events).at(-1) ?? assert.fail()
            assert.deepStrictEqual([name, payload["activity"].type], ["conversation:typing", type])
          }
          assert.deepStrictEqual(yield* conversation("c"), before)
        }))

      it.effect("is refused to a user but for reading, and to one who takes no part", () =>
        Effect.gen(function*() {
          const posting = (externalId: string, type: string) =>
            failing("POST", "conversations/c/activity", { body: { author: author(externalId), type } })
          assert.strictEqual((yield* posting("ada", "typing:start")).status, 400)
          assert.strictEqual((yield* posting("bob", "conversation:read")).status, 400)
          assert.deepStrictEqual(yield* posting("nobody", "conversation:read"), noUser)
          yield* activity("c", "conversation:read", author("ada"))
        }))
    }
  )
})
