import type { CreateClient } from "@sunco/schemas/ClientPayloads"
import type { CreateConversation } from "@sunco/schemas/ConversationPayloads"
import type { Message, QuotedMessage } from "@sunco/schemas/Message"
import type { MessageAction, ReplyAction } from "@sunco/schemas/MessageAction"
import type { CarouselContent, FormResponseContent, MessageContent, TextContent } from "@sunco/schemas/MessageContent"
import type { MessageItem } from "@sunco/schemas/MessageItem"
import type { PostMessage } from "@sunco/schemas/MessagePayloads"
import type { JoinConversation, LeaveConversation } from "@sunco/schemas/ParticipantPayloads"
import { describe, expect, test } from "tstyche"

declare const content: MessageContent
declare const action: MessageAction
declare const message: Message
declare const post: (message: PostMessage) => void

describe("an answer", () => {
  test("has content that narrows", () => {
    switch (content.type) {
      case "text":
        expect(content).type.toBe<TextContent>()
        expect(content.text).type.toBe<string | undefined>()
        expect(content.actions).type.toBe<ReadonlyArray<MessageAction> | undefined>()
        expect(content).type.not.toHaveProperty("markdownText")
        break
      case "carousel":
        expect(content).type.toBe<CarouselContent>()
        expect(content.items).type.toBe<ReadonlyArray<MessageItem> | undefined>()
        break
      case "formResponse":
        expect(content).type.toBe<FormResponseContent>()
        break
      // @ts-expect-error Type '"poll"' is not comparable to type
      case "poll":
        break
    }
  })

  test("has buttons and quoted messages that narrow", () => {
    if (action.type === "reply") {
      expect(action).type.toBe<ReplyAction>()
      expect(action.payload).type.toBe<string | undefined>()
    }
    expect(message.quotedMessage).type.toBe<QuotedMessage | null | undefined>()
    if (message.quotedMessage?.type === "message") {
      expect(message.quotedMessage.message).type.toBe<Message | undefined>()
    }
  })

  test("promises the type of its parts, and nothing else", () => {
    expect<{ type: "image" }>().type.toBeAssignableTo<MessageContent>()
    expect<{ type: "reply"; text: undefined }>().type.not.toBeAssignableTo<MessageAction>()
    expect<{ id: string }>().type.toBeAssignableTo<Message>()
    expect<{}>().type.toBeAssignableTo<MessageItem>()
  })
})

describe("a message to send", () => {
  const author = { type: "business" } as const

  test("is a plain object", () => {
    post({ author, content: { type: "text", text: "Hi", htmlText: undefined } })
    post({ author: { type: "user", userId: "1" }, content: { type: "location", coordinates: { lat: 1, long: 2 } } })
    post({
      author,
      content: {
        type: "carousel",
        items: [{ title: "Teapot", size: "large", actions: [{ type: "postback", text: "Buy", payload: "p" }] }]
      },
      destination: { integrationType: "none" }
    })
  })

  test("with a field that is wrong does not compile", () => {
    // @ts-expect-error 'txt' does not exist in type
    post({ author, content: { type: "text", txt: "Hi" } })
    // @ts-expect-error is not assignable to type
    post({ author, content: { type: "formResponse", fields: [] } })
    // @ts-expect-error is not assignable to type
    post({ author, content: { type: "carousel", items: [{ title: "x", size: "huge", actions: [] }] } })
    const reply = { type: "reply", text: "a", payload: "b" } as const
    // @ts-expect-error is not assignable to type
    post({ author, content: { type: "list", items: [{ title: "x", actions: [reply] }] } })
    // @ts-expect-error is not assignable to type
    post({ author, content: { type: "text" }, destination: { integrationId: "1", integrationType: "none" } })
    // @ts-expect-error is not assignable to type
    post({ author: { type: "business", subtypes: ["bot"] }, content: { type: "text" } })
    // @ts-expect-error 'mediaSize' does not exist in type
    post({ author, content: { type: "image", mediaUrl: "https://a.b/c", mediaSize: 7 } })
  })
})

test("who takes part is named by one id", () => {
  expect<{ userId: string }>().type.toBeAssignableTo<JoinConversation>()
  expect<{ userId: string; userExternalId: string }>().type.not.toBeAssignableTo<JoinConversation>()
  expect<{}>().type.not.toBeAssignableTo<LeaveConversation>()
  expect<{ participantId: string }>().type.toBeAssignableTo<LeaveConversation>()
  expect<{ type: "group" }>().type.not.toBeAssignableTo<CreateConversation>()
})

test("a client is confirmed with text or an image, and links", () => {
  type Content = NonNullable<CreateClient["confirmation"]["message"]>["content"]
  expect<{ type: "text"; text: string }>().type.toBeAssignableTo<Content>()
  expect<{ type: "text"; actions: [{ type: "link"; text: string; uri: string }] }>().type.toBeAssignableTo<Content>()
  expect<{ type: "text"; actions: [{ type: "reply"; text: string; payload: string }] }>().type.not.toBeAssignableTo<
    Content
  >()
  expect<{ type: "file"; mediaUrl: string }>().type.not.toBeAssignableTo<Content>()
})
