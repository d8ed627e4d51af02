import { assert, describe, it } from "@effect/vitest"
import type { Message } from "@sunco/schemas/Message"
import { MessageListResponse } from "@sunco/schemas/MessagesOperations"
import * as Reading from "@sunco/schemas/Reading"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Result from "effect/Result"

const reader = Reading.reader(MessageListResponse)

const read = (messages: ReadonlyArray<unknown>) => {
  const { putAside, value } = Result.getOrThrow(reader({ messages, meta: { hasMore: false } }))
  return { messages: value.messages, fields: putAside.map(({ field }) => field) }
}

const id = "5f40256af057d0000dda9bd7"

describe("messages as they have been seen, beyond what is documented", () => {
  it.each<object>([
    { id, content: { type: "text", text: "Yes", payload: "yes" } },
    {
      id,
      content: { type: "text", actions: [{ type: "reply", text: "Yes", iconUrl: "" }, { type: "postback", uri: "" }] }
    },
    {
      id,
      content: { type: "text", actions: [{ type: "buy", text: "Pay", amount: 999, iconUrl: "x", state: "paid" }] }
    },
    { id, content: { type: "carousel", items: [] } },
    {
      id,
      content: { type: "list", text: "A list", items: [{ title: "", actions: [{ type: "reply", text: "Yes" }] }] }
    },
    { id, content: { type: "image", mediaUrl: "not a URI", mediaType: "text/html; charset=UTF-8", mediaSize: 0.5 } },
    {
      id,
      content: {
        type: "formResponse",
        fields: [
          { type: "select", name: "a", label: "A", select: [{ name: "x", label: "X" }], selectSize: 1 },
          { type: "date", name: "b", label: "B", format: "iso" }
        ],
        textFallback: "A: X"
      }
    },
    {
      id,
      author: { type: "business", subtypes: ["AI", "robot"], avatarUrl: "" },
      content: { type: "text", text: "Hi" }
    },
    { id, author: { type: "bot" }, source: { type: "twitter", entryPoint: "dm", client: null, device: null } },
    { id, activity: { type: "ticket:closed", data: {} }, deleted: null, metadata: null, references: null },
    { id, references: [{ uri: "https://shop.example", title: null }] },
    { id, content: { type: "carousel", items: [{ size: "huge" }], displaySettings: { imageAspectRatio: "round" } } },
    {
      id,
      quotedMessage: {
        type: "message",
        message: { id, quotedMessage: { type: "message", message: { id, quotedMessage: null } } }
      }
    },
    { id, quotedMessage: { type: "externalMessageId", externalMessageId: "wamid.1" } },
    { id, quotedMessage: { type: "hologram", light: true } },
    { id }
  ])("are read as they are: %j", (message) => {
    const { fields, messages } = read([message])
    assert.deepStrictEqual(fields, [])
    assert.deepStrictEqual<unknown>(messages, [message])
  })
})

describe("what is newer or odd", () => {
  it("keeps its fields and does not hide its neighbours", () => {
    const text = { id, content: { type: "text", text: "Hi" } }
    const { fields, messages } = read([
      text,
      { id, content: { type: "poll", question: "Tea?", options: [1, 2] } },
      { id, content: { type: "text", actions: [{ type: "pay", text: "Pay" }, { type: "reply", text: "Yes" }] } },
      { id, content: { type: "location", coordinates: [1, 2] } },
      { id, content: { type: "text", text: 7 } },
      { content: { type: "text", text: "of no message" } },
      text
    ])
    assert.deepStrictEqual(fields, ["messages[].content.coordinates", "messages[].content.text", "messages[]"])
    assert.lengthOf(messages, 6)
    assert.deepStrictEqual(UnknownFields.get(messages[1]!.content!, "options"), [1, 2])
    assert.deepStrictEqual<unknown>(messages[2]!.content, {
      type: "text",
      actions: [{ type: "pay", text: "Pay" }, { type: "reply", text: "Yes" }]
    })
    assert.deepStrictEqual<unknown>(messages[3]!.content, { type: "location" })
  })

  it("quotes as deep as anybody does", () => {
    const depth = 50_000
    const json = `${`{"id":"1","quotedMessage":{"type":"message","message":`.repeat(depth)}{"id":"2"}${
      "}}".repeat(depth)
    }`
    const { messages } = read([JSON.parse(json)])
    const ids: Array<string> = []
    for (
      let message: Message | undefined = messages[0];
      message !== undefined;
      message = message.quotedMessage?.type === "message" ? message.quotedMessage.message : undefined
    ) ids.push(message.id)
    assert.isAbove(ids.length, 50)
  })
})
