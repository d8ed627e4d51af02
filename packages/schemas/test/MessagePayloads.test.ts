import { assert, describe, it } from "@effect/vitest"
import { CreateClient } from "@sunco/schemas/ClientPayloads"
import { CreateConversation, PostConversionEvents, UpdateConversation } from "@sunco/schemas/ConversationPayloads"
import { PostActivity } from "@sunco/schemas/ActivityPayloads"
import { ItemActionInput, MessageActionInput } from "@sunco/schemas/MessageAction"
import { ConfirmationContentInput, MessageContentInput } from "@sunco/schemas/MessageContent"
import { PostMessage } from "@sunco/schemas/MessagePayloads"
import { JoinConversation, LeaveConversation } from "@sunco/schemas/ParticipantPayloads"
import type * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import { issuesOf } from "./Issues.ts"

const author = { type: "business" }
const issues = (content: unknown, more: object = {}) => issuesOf(PostMessage, { author, content, ...more })

const reply = { type: "reply", text: "Yes", payload: "yes" }
const postback = { type: "postback", text: "Buy", payload: "buy" }
const item = { title: "Teapot", actions: [postback] }
const field = { type: "text", name: "a", label: "A" }
const fox = "🦊"

describe("content that can be sent", () => {
  it.each<object>([
    { type: "text", text: "" },
    { type: "text", text: fox.repeat(4096), actions: [reply, reply] },
    { type: "text", htmlText: "<b>x</b>" },
    { type: "text", markdownText: "**x**", payload: "p", blockChatInput: true },
    { type: "text", actions: [{ type: "locationRequest", text: "Where?" }] },
    { type: "image", mediaUrl: "https://shop.example/a.png", altText: fox.repeat(128), actions: [postback] },
    { type: "file", mediaUrl: "https://shop.example/a.pdf", text: "Read", attachmentId: "1" },
    {
      type: "carousel",
      items: [{
        title: fox.repeat(128),
        description: "",
        mediaUrl: "https://shop.example/a.png",
        mediaType: "image/png",
        altText: "A",
        size: "large",
        actions: [postback, { type: "link", text: "See", uri: "https://shop.example", default: true }],
        metadata: { sku: 7 }
      }],
      displaySettings: { imageAspectRatio: "square" }
    },
    { type: "list", items: Array.from({ length: 10 }, () => item), actions: [postback] },
    {
      type: "form",
      text: "Tell us",
      fields: [
        { ...field, format: "integer", placeholder: "7", minSize: 1, maxSize: 256 },
        { type: "email", name: "b", label: "B", email: "ada@example.com" },
        { type: "select", name: "c", label: "C", options: [{ name: "x", label: "X" }], select: [{ name: "x" }] }
      ]
    },
    { type: "location", coordinates: { lat: 45.5, long: -73.6 }, location: { address: "1 Rue", name: "Here" } },
    { type: "template", template: { name: "hello", language: { code: "fr" } } },
    { type: "text", actions: [{ type: "buy", text: "Pay", amount: 999, currency: "cad", metadata: null }] },
    {
      type: "text",
      actions: [{
        type: "webview",
        text: "Open",
        uri: "https://shop.example",
        fallback: "https://shop.example",
        size: "tall",
        openOnReceive: true,
        extraChannelOptions: { messenger: { messenger_extensions: true, webview_share_button: "hide" } }
      }]
    },
    { type: "text", text: undefined, htmlText: "x", markdownText: undefined, actions: undefined }
  ])("is taken: %j", (content) => {
    assert.deepStrictEqual(issues(content), [])
  })

  it.each<readonly [issue: string, content: object]>([
    ["content.text: at most 4096 characters", { type: "text", text: fox.repeat(4097) }],
    ["content: one of text, htmlText, markdownText and actions", { type: "text" }],
    ["content: one of htmlText and markdownText, not both", { type: "text", htmlText: "a", markdownText: "b" }],
    ["content.mediaUrl: an absolute URI", { type: "image", mediaUrl: "a.png" }],
    ["content.altText: at most 128 characters", { type: "file", mediaUrl: "https://a.b/c", altText: fox.repeat(129) }],
    ["content.items: 1 to 10 entries", { type: "carousel", items: [] }],
    ["content.items: 1 to 10 entries", { type: "list", items: Array.from({ length: 11 }, () => item) }],
    ["content.items.0.title: 1 to 128 characters", { type: "carousel", items: [{ ...item, title: "" }] }],
    ["content.items.1.title: 1 to 128 characters", {
      type: "list",
      items: [item, { ...item, title: fox.repeat(129) }]
    }],
    ["content.items.0.actions: 1 to 3 entries", { type: "carousel", items: [{ ...item, actions: [] }] }],
    [
      "content.items.0.actions.0: ItemActionInput",
      { type: "carousel", items: [{ ...item, actions: [reply] }] }
    ],
    ["content.actions: 1 to 10 entries", { type: "list", items: [item], actions: [] }],
    ["content.actions.0.amount: a whole number", {
      type: "text",
      actions: [{ type: "buy", text: "Pay", amount: 9.99 }]
    }],
    ["content.actions.0.uri: an absolute URI", { type: "text", actions: [{ type: "link", text: "See", uri: "shop" }] }],
    ["content.fields: 1 to 20 entries", { type: "form", fields: [] }],
    ["content.fields: fields with a name of their own each", { type: "form", fields: [field, field] }],
    ["content.fields.0.name: 1 to 128 characters", { type: "form", fields: [{ ...field, name: "" }] }],
    ["content.fields.0.text: 1 to 256 characters", { type: "form", fields: [{ ...field, text: fox.repeat(257) }] }],
    ["content.fields.0.minSize: a whole number from 1 to 256", { type: "form", fields: [{ ...field, minSize: 0 }] }],
    ["content.fields.0.maxSize: a whole number from 1 to 256", { type: "form", fields: [{ ...field, maxSize: 257 }] }],
    [
      "content.fields.0.options: at most 200 entries",
      { type: "form", fields: [{ ...field, options: Array.from({ length: 201 }, () => ({ name: "x", label: "X" })) }] }
    ],
    [
      "content: MessageContentInput",
      { type: "formResponse", fields: [field] }
    ]
  ])("is refused, with the place: %s", (issue, content) => {
    assert.deepStrictEqual(issues(content), [issue])
  })

  it.each<object>([
    { type: "text", txt: "a", text: "a" },
    { type: "carousel", items: [{ ...item, titel: "x" }] },
    { type: "image", mediaUrl: "https://a.b/c", mediaSize: 7 },
    { type: "location", coordinates: { lat: 1, long: 2, alt: 3 } }
  ])("has no field that is not documented, or that only answers have: %j", (content) => {
    assert.lengthOf(issues(content), 1)
  })
})

it.each<readonly [schema: Schema.Codec<unknown>, expected: string]>([
  [MessageContentInput, "content of type text, image, file, carousel, list, form, location or template"],
  [ConfirmationContentInput, "content of type text or image, with actions of type link"],
  [MessageActionInput, "an action of type buy, link, locationRequest, postback, reply or webview"],
  [ItemActionInput, "an action of type buy, link, postback or webview"]
])("a type that is none of a union's is told by those that there are", ({ ast }, expected) => {
  assert.strictEqual(SchemaAST.resolveAt<string>("expected")(ast), expected)
})

describe("what goes with content", () => {
  const text = { type: "text", text: "Hello" }

  it("is the author, a destination, overrides and metadata", () => {
    const all = {
      author: { type: "user", userExternalId: "ada", brandId: null, displayName: "Ada", avatarUrl: "https://a.b/c" },
      destination: { integrationType: "none" },
      metadata: { key: "1" },
      override: {
        apple: { payload: { type: "interactive" }, withCapabilities: ["LIST", "AUTH2"] },
        whatsapp: { payload: { type: "hsm" } }
      },
      schema: "whatsapp"
    }
    assert.deepStrictEqual(issues(text, all), [])
  })

  it.each<readonly [issue: string, more: object]>([
    ["author.subtypes.0: \"AI\"", { author: { type: "business", subtypes: ["bot"] } }],
    ["author.subtypes: exactly 1 entry", { author: { type: "business", subtypes: [] } }],
    ["author.brandId: 1 to 24 characters", { author: { type: "user", userExternalId: "ada", brandId: "" } }],
    ["author.avatarUrl: an absolute URI", { author: { type: "business", avatarUrl: "me.png" } }],
    ["destination: exactly one of integrationId and integrationType", { destination: {} }],
    [
      "destination: exactly one of integrationId and integrationType",
      { destination: { integrationId: "1", integrationType: "none" } }
    ]
  ])("is refused, with the place: %s", (issue, more) => {
    assert.deepStrictEqual(issues(text, more), [issue])
  })
})

describe("other payloads", () => {
  const person = { userId: "1" }
  const long = "x".repeat(101)
  const client = {
    matchCriteria: { type: "whatsapp", integrationId: "1", phoneNumber: "+1 514 555-0100" },
    confirmation: { type: "prompt", message: { author, content: { type: "text", text: "It's us" } } },
    target: { conversationId: "1" }
  }

  it.each<readonly [name: string, schema: Schema.Codec<unknown>, payload: object]>([
    ["a personal conversation", CreateConversation, { type: "personal", participants: [person], metadata: null }],
    ["a group of nobody", CreateConversation, { type: "sdkGroup", displayName: "Tea", iconUrl: "https://a.b/c" }],
    ["nothing to change", UpdateConversation, { displayName: null, description: undefined }],
    ["who joins", JoinConversation, { userExternalId: "ada", userId: undefined, subscribeSDKClient: true }],
    ["who leaves", LeaveConversation, { participantId: "1" }],
    ["what a user does", PostActivity, { author: { type: "user", userId: "1" }, type: "conversation:read" }],
    ["what the business does", PostActivity, { author, type: "typing:start" }],
    ["events of Meta", PostConversionEvents, {
      whatsapp: { payload: { data: [{ event_name: "Lead" }], partner: "x" } }
    }],
    ["a client", CreateClient, client],
    ["a client by e-mail", CreateClient, {
      ...client,
      matchCriteria: { type: "mailgun", integrationId: "1", address: "ada@example.com", subject: "Hi", primary: false },
      confirmation: { type: "immediate" }
    }]
  ])("take %s", (_, schema, payload) => {
    assert.deepStrictEqual(issuesOf(schema, payload), [])
  })

  it.each<readonly [issue: string, schema: Schema.Codec<unknown>, payload: object]>([
    [": exactly one of participants where the type is personal", CreateConversation, { type: "personal" }],
    [
      "participants: at most 10 entries",
      CreateConversation,
      { type: "sdkGroup", participants: Array.from({ length: 11 }, () => person) }
    ],
    [
      "participants.1.subscribeSDKClient: true or false where the type is sdkGroup",
      CreateConversation,
      { type: "sdkGroup", participants: [{ ...person, subscribeSDKClient: false }, person] }
    ],
    [
      "participants.0: exactly one of userId and userExternalId",
      CreateConversation,
      { type: "personal", participants: [{ userId: "1", userExternalId: "ada" }] }
    ],
    ["displayName: 1 to 100 characters", UpdateConversation, { displayName: long }],
    ["description: 1 to 100 characters", UpdateConversation, { description: "" }],
    ["iconUrl: an absolute URI", UpdateConversation, { iconUrl: "icon.png" }],
    [": exactly one of userId and userExternalId", JoinConversation, { subscribeSDKClient: true }],
    [": exactly one of userId, userExternalId and participantId", LeaveConversation, { ...person, participantId: "1" }],
    [
      ": the type conversation:read where the author is a user",
      PostActivity,
      { author: { type: "user", userId: "1" }, type: "typing:start" }
    ],
    [": exactly one of messenger, instagram and whatsapp", PostConversionEvents, {}],
    [
      "matchCriteria.phoneNumber: a telephone number with + and the code of the country",
      CreateClient,
      { ...client, matchCriteria: { ...client.matchCriteria, phoneNumber: "1 514 555 0100" } }
    ],
    [
      "matchCriteria: MatchCriteria",
      CreateClient,
      { ...client, matchCriteria: { ...client.matchCriteria, type: "line" } }
    ],
    [
      "confirmation.message.content: ConfirmationContentInput",
      CreateClient,
      { ...client, confirmation: { type: "prompt", message: { author, content: { type: "list", items: [item] } } } }
    ]
  ])("are refused, with the place: %s", (issue, schema, payload) => {
    assert.deepStrictEqual(issuesOf(schema, payload), [issue])
  })
})
