import { assert, describe, it } from "@effect/vitest"
import { Delivery, Event } from "@sunco/schemas/Event"
import { EventPayloads } from "@sunco/schemas/EventPayloads"
import * as Reading from "@sunco/schemas/Reading"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

const read = Reading.reader(Event)

const id = "0ca7d56ba7b2e081e479fe9e"

const createdAt = "2020-02-25T18:06:37.547Z"

const conversation = { id: "c93bb9c14dde8ffb94564eae", type: "personal", brandId: "4567", metadata: { "zen:field": 1 } }

const user = { id: "5963c0d619a30a2e00de36b8", externalId: "ada", zendeskId: null }

const client = { id: "5c93cb748f63db54ff3b51dd", type: "whatsapp", raw: { from: "+15145555555" } }

const source = { type: "whatsapp", integrationId: "5c9", client, campaign: { id: "de1" }, entryPoint: "dm" }

const author = { type: "user", userId: user.id, displayName: "Ada", user: { ...user, profile: { givenName: "Ada" } } }

const message = {
  id: "5e552ef595e5206375bb835d",
  received: createdAt,
  author,
  content: { type: "text", text: "Yes", payload: "yes", more: 1 },
  source,
  quotedMessage: { type: "externalMessageId", externalMessageId: "gBGG" },
  metadata: { "__zendesk_msg.id": 7 },
  deleted: null
}

const inConversation = { conversation, user }

const delivered = {
  ...inConversation,
  message: { id: message.id },
  destination: { type: "whatsapp", integrationId: "5c9" },
  externalMessages: [{ id: "wamid" }],
  isFinalEvent: false
}

const merged = <A>(a: A) => ({ surviving: a, discarded: a })

/** Each with every field that is documented, and some that were seen. */
const payloads: { readonly [Type in keyof EventPayloads]: object } = {
  "client:add": { ...inConversation, client, reason: "channelLinking", source },
  "client:remove": { ...inConversation, client, reason: "linkFailed", error: { code: "x", detail: {} }, source },
  "client:update": { ...inConversation, client, reason: "confirmed" },
  "conversation:create": {
    ...inConversation,
    creationReason: "proactiveMessaging",
    source,
    referral: { code: "r", details: { source: "ADS", type: "OPEN-THREAD", adId: null, ad_id: "4" } }
  },
  "conversation:join": inConversation,
  "conversation:leave": inConversation,
  "conversation:message": { conversation, message, recentNotifications: [message] },
  "conversation:message:delivery:channel": delivered,
  "conversation:message:delivery:failure": { ...delivered, error: { code: "bad", message: "m", underlyingError: {} } },
  "conversation:message:delivery:user": { ...delivered, externalMessages: null, isFinalEvent: true },
  "conversation:postback": { ...inConversation, postback: { payload: "p", metadata: { a: 1 } }, source },
  "conversation:read": { conversation, activity: { type: "conversation:read", author: { type: "business" }, source } },
  "conversation:referral": { ...inConversation, source, referral: {} },
  "conversation:remove": { conversation },
  "conversation:typing": { conversation, activity: { type: "typing:start", author, source } },
  "passthrough:messaging": { anything: [] },
  "switchboard:acceptControl": { conversation, metadata: { "dataCapture.ticketField.1": "a" } },
  "switchboard:acceptControl:failure": { conversation, error: { code: "switchboard_invalid_action" }, metadata: null },
  "switchboard:offerControl": { conversation, metadata: {} },
  "switchboard:offerControl:failure": { conversation, error: {} },
  "switchboard:passControl": { conversation, metadata: {}, reason: "ticketClosed" },
  "switchboard:passControl:failure": { conversation, error: { message: "no" } },
  "switchboard:releaseControl": { conversation, reason: "transferToEmail" },
  "user:merge": {
    mergedUsers: merged(user),
    mergedConversations: merged(conversation),
    mergedClients: merged(client),
    discardedMetadata: { a: 1 },
    reason: "channelLinking"
  },
  "user:remove": { user },
  "user:update": { user: { ...user, profile: {} }, reason: "localeDetection", source }
}

/** What an event is about, without which it is none of its type. */
const about = (type: string, payload: object): ReadonlyArray<string> =>
  type === "passthrough:messaging"
    ? []
    : ["mergedUsers", "client", "message", "postback", "activity", "conversation", "user"].filter((name) =>
      name in payload && !(name === "user" && type !== "user:remove" && type !== "user:update") &&
      !(name === "conversation" && type.startsWith("client:"))
    )

describe("an event of each type", () => {
  it.each(Object.entries(payloads))("is read as it came: %s", (type, payload) => {
    const event = { id, type, createdAt, payload, more: true }
    const { putAside, value } = Result.getOrThrow(read(event))
    assert.deepStrictEqual(putAside, [])
    assert.strictEqual<unknown>(value, event)
    assert.deepStrictEqual<unknown>(Schema.decodeUnknownSync(Event)(event), event)
  })

  it.each(Object.entries(payloads).flatMap(([type, payload]) => about(type, payload).map((name) => [type, name])))(
    "%s without what it is about is not taken for one: %s",
    (type, name) => {
      const payload = { ...Reflect.get(payloads, type!), [name!]: undefined }
      const event = { id, type, payload: JSON.parse(JSON.stringify(payload)) }
      const { putAside, value } = Result.getOrThrow(read(event))
      assert.strictEqual<unknown>(value.type, "")
      assert.deepStrictEqual<unknown>(UnknownFields.toJson(value), event)
      assert.isNotEmpty(putAside)
    }
  )

  it.each(Object.entries(payloads))("loses nothing but what is odd in it: %s", (type, payload) => {
    const odd = { ...payload, metadata: "none", externalMessages: 7, reason: {}, source: [], isFinalEvent: "yes" }
    const { value } = Result.getOrThrow(read({ id: 7, type, createdAt: 0, payload: odd }))
    assert.strictEqual<unknown>(value.type, type)
    assert.strictEqual(value.id, "7")
    assert.deepStrictEqual<unknown>(UnknownFields.toJson(value), { id: 7, type, createdAt: 0, payload: odd })
  })
})

it("a null in metadata, as it has been seen, is put aside and kept", () => {
  const payload = { conversation: { id, metadata: { "zen:field": null, plan: "pro" } } }
  const { putAside, value } = Result.getOrThrow(read({ id, type: "conversation:remove", payload }))
  assert.deepStrictEqual<unknown>(value.payload, { conversation: { id, metadata: { plan: "pro" } } })
  assert.deepStrictEqual<unknown>(UnknownFields.toJson(value), { id, type: "conversation:remove", payload })
  assert.deepStrictEqual(putAside.map(({ field }) => field), ["payload.conversation.metadata.*"])
})

describe("an event of tomorrow", () => {
  it.each(["conversation:rename", "__proto__", "constructor", "user:delete", "*"])(
    "keeps all that it has: %s",
    (type) => {
      const event = { id, type, createdAt, payload: { conversation } }
      assert.strictEqual<unknown>(Result.getOrThrow(read(event)).value, event)
    }
  )

  it("has an id, or is none", () => {
    assert.isTrue(Result.isFailure(read({ type: "user:remove", payload: { user } })))
    assert.isTrue(Result.isFailure(read({ type: "tomorrow", payload: {} })))
  })
})

describe("a delivery", () => {
  const envelope = {
    app: { id: "5ebee0975ac5304b664a12fa" },
    webhook: { id: "5f4eaef81e3dcc117c7ba48a", version: "v2" }
  }

  it("has events of several types, and what nobody documented", () => {
    const delivery = {
      ...envelope,
      events: [
        { id, type: "user:remove", payload: { user } },
        { id: "1", type: "tomorrow" },
        { id: "2", type: "conversation:message", payload: payloads["conversation:message"] }
      ],
      zendeskAccountId: 1,
      system_ts: 2
    }
    const { putAside, value } = Result.getOrThrow(Reading.reader(Delivery)(delivery))
    assert.strictEqual<unknown>(value, delivery)
    assert.deepStrictEqual(putAside, [])
  })

  it("is read without an event that is odd", () => {
    const delivery = {
      ...envelope,
      events: [{ id, type: "user:remove", payload: { user } }, { id: "1", type: "user:remove", payload: null }, null]
    }
    const { value } = Result.getOrThrow(Reading.reader(Delivery)(delivery))
    assert.deepStrictEqual<unknown>(value.events.map(({ type }) => type), ["user:remove", ""])
  })
})

it("the types are those that the vendor has triggers for", () => {
  assert.lengthOf(Object.keys(EventPayloads), 26)
})
