/**
 * What the vendor's client has for conversations, messages, files, clients and devices: each of its calls drives the emulator, and sends
 * what this project's client does for the same.
 */
import { assert, describe, it } from "@effect/vitest"
import {
  Activities,
  AllResources,
  Attachments,
  Clients,
  Conversations,
  Credentials,
  Devices,
  Messages,
  Participants
} from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Emulator } from "@sunco/emulator/Emulator"
import type { Operation } from "@sunco/emulator/Operation"
import type { Seed } from "@sunco/emulator/Seed"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import * as VendorClient from "sunco-workshop/bench/VendorClient"

type Api = { readonly [method: string]: (...args: ReadonlyArray<unknown>) => Promise<unknown> }

const vendor: {
  readonly [name: string]: { new(client: VendorClient.ApiClient): Api; readonly prototype: object }
} = createRequire(import.meta.url)("sunshine-conversations-client")

const directory = mkdtempSync(join(tmpdir(), "sunco-vendor-client-"))
const path = join(directory, "menu.txt")
writeFileSync(path, "Tacos")
afterAll(() => rmSync(directory, { recursive: true }))

const userId = "7494535bff5cef41a15be74d"
const conversationId = "029c31f25a21b47effd7be90"
const groupId = "029c31f25a21b47effd7be91"
const messageId = "5e1606762556d93e9c176f69"
const clientId = "5c9a34160c89726709136733"
const deviceId = "de13bee15b51033b34162411"
const integrationId = "582dedf230e788746891281a"

const seed: Seed = {
  users: [{ id: userId, externalId: "ada" }, { externalId: "grace" }],
  conversations: [
    {
      id: conversationId,
      type: "personal",
      participants: [{ userId }],
      messages: [{ id: messageId, content: { type: "text", text: "Good morning" } }]
    },
    { id: groupId, type: "sdkGroup", participants: [{ userId }] }
  ],
  clients: [{ id: clientId, type: "whatsapp", userId }],
  devices: [{ id: deviceId, userId }],
  attachments: [{ mediaUrl: "http://localhost/media/1/menu.txt", base64: "VGFjb3M=" }]
}

interface Call {
  readonly operation: Operation
  /** What the vendor's method takes behind the app. */
  readonly vendor: ReadonlyArray<unknown>
  readonly sunco: Effect.Effect<unknown, unknown, AllResources.AllResources>
}

const text = { author: { type: "business" }, content: { type: "text", text: "Good morning" } } as const

const link = {
  matchCriteria: { type: "whatsapp", integrationId, phoneNumber: "+1 212-555-2368", primary: true },
  confirmation: { type: "immediate" },
  target: { conversationId }
} as const

const mediaUrl = "http://localhost/media/1/menu.txt"

const appleRef = {
  userId,
  apple: {
    interactiveDataRef: { url: "https://example.com/ref", bid: "b", key: "k", signature: "s", owner: "o" }
  }
} as const

const personal = { type: "personal", participants: [{ userExternalId: "grace" }] } as const

/** By the names of the vendor's classes and methods. */
const calls: { readonly [api: string]: { readonly [method: string]: Call } } = {
  ConversationsApi: {
    createConversation: {
      operation: "Conversations.create",
      vendor: [personal],
      sunco: Conversations.use((_) => _.create(personal))
    },
    listConversations: {
      operation: "Conversations.list",
      vendor: [{ userExternalId: "ada" }, { page: { size: 1 } }],
      sunco: Conversations.use((_) => _.list({ userExternalId: "ada" }, { size: 1 }))
    },
    getConversation: {
      operation: "Conversations.get",
      vendor: [conversationId],
      sunco: Conversations.use((_) => _.get(conversationId))
    },
    updateConversation: {
      operation: "Conversations.update",
      vendor: [conversationId, { displayName: "Tea", description: null, metadata: { topic: "tea" } }],
      sunco: Conversations.use((_) =>
        _.update(conversationId, { displayName: "Tea", description: null, metadata: { topic: "tea" } })
      )
    },
    deleteConversation: {
      operation: "Conversations.delete",
      vendor: [groupId],
      sunco: Conversations.use((_) => _.delete(groupId))
    },
    downloadMessageRef: {
      operation: "Conversations.downloadMessageRef",
      vendor: [conversationId, appleRef],
      sunco: Conversations.use((_) => _.downloadMessageRef(conversationId, appleRef))
    }
  },
  ParticipantsApi: {
    joinConversation: {
      operation: "Participants.join",
      vendor: [groupId, { userExternalId: "grace", subscribeSDKClient: true }],
      sunco: Participants.use((_) => _.join(groupId, { userExternalId: "grace", subscribeSDKClient: true }))
    },
    listParticipants: {
      operation: "Participants.list",
      vendor: [groupId, { page: { size: 10 } }],
      sunco: Participants.use((_) => _.list(groupId, { size: 10 }))
    },
    leaveConversation: {
      operation: "Participants.leave",
      vendor: [groupId, { userId }],
      sunco: Participants.use((_) => _.leave(groupId, { userId }))
    }
  },
  MessagesApi: {
    postMessage: {
      operation: "Messages.post",
      vendor: [conversationId, text],
      sunco: Messages.use((_) => _.post(conversationId, text))
    },
    listMessages: {
      operation: "Messages.list",
      vendor: [conversationId, { page: { before: messageId } }],
      sunco: Messages.use((_) => _.list(conversationId, { before: messageId }))
    },
    deleteMessage: {
      operation: "Messages.delete",
      vendor: [conversationId, messageId],
      sunco: Messages.use((_) => _.delete(conversationId, messageId))
    },
    deleteAllMessages: {
      operation: "Messages.deleteAll",
      vendor: [conversationId],
      sunco: Messages.use((_) => _.deleteAll(conversationId))
    }
  },
  ActivitiesApi: {
    postActivity: {
      operation: "Activities.post",
      vendor: [conversationId, { author: { type: "business" }, type: "typing:start" }],
      sunco: Activities.use((_) => _.post(conversationId, { author: { type: "business" }, type: "typing:start" }))
    }
  },
  AttachmentsApi: {
    uploadAttachment: {
      operation: "Attachments.upload",
      // A stream of a file is all that it sends with a name.
      get vendor() {
        return ["public", createReadStream(path), { _for: "message", conversationId }]
      },
      sunco: Attachments.use((_) =>
        _.upload({ path, contentType: "text/plain" }, { access: "public", for: "message", conversationId })
      )
    },
    deleteAttachment: {
      operation: "Attachments.delete",
      vendor: [{ mediaUrl }],
      sunco: Attachments.use((_) => _.delete(mediaUrl))
    }
  },
  ClientsApi: {
    createClient: {
      operation: "Clients.create",
      vendor: ["ada", link],
      sunco: Clients.use((_) => _.create("ada", link))
    },
    listClients: {
      operation: "Clients.list",
      vendor: ["ada", { page: { size: 5 } }],
      sunco: Clients.use((_) => _.list("ada", { size: 5 }))
    },
    removeClient: {
      operation: "Clients.remove",
      vendor: ["ada", clientId],
      sunco: Clients.use((_) => _.remove("ada", clientId))
    }
  },
  DevicesApi: {
    listDevices: { operation: "Devices.list", vendor: ["ada"], sunco: Devices.use((_) => _.list("ada")) },
    getDevice: {
      operation: "Devices.get",
      vendor: ["ada", deviceId],
      sunco: Devices.use((_) => _.get("ada", deviceId))
    }
  }
}

/** What was asked of an emulator, and what it keeps of files; of a form the boundary is each client's own. */
const seen = Effect.gen(function*() {
  const { requests, stored } = yield* Emulator
  const sent = (yield* requests).map(({ body, method, operation, path, query, status }) => ({
    operation,
    status,
    method,
    path,
    query,
    body: operation === "Attachments.upload" ? "a form" : body
  }))
  const files = (yield* stored("Attachments")).map(({ conversationId, for: use, mediaType, name, size }) => ({
    conversationId,
    use,
    mediaType,
    name,
    size
  }))
  return { sent, files }
})

const onVendor = (api: string, method: string, args: ReadonlyArray<unknown>) =>
  Effect.gen(function*() {
    const emulator = yield* Emulator
    const { apiClient } = VendorClient.withBasic(emulator.url, emulator)
    const client = new vendor[api]!(apiClient)
    yield* Effect.promise(() => client[method]!(emulator.appId, ...args))
    return yield* seen
  }).pipe(Effect.provide(Emulator.layer(seed)))

const onSunco = (call: Call["sunco"]) =>
  Effect.gen(function*() {
    const { appId, keyId, keySecret: secret, url } = yield* Emulator
    const client = AllResources.layer({ appId, baseUrl: url }).pipe(
      Layer.provide([Credentials.layerBasic({ keyId, secret }), UndiciTransport.layer])
    )
    yield* Effect.provide(call, client)
    return yield* seen
  }).pipe(Effect.provide(Emulator.layer(seed)))

describe.each(Object.entries(calls))("the %s of the vendor's client", (api, methods) => {
  it("has no other calls", () => {
    const names = Object.getOwnPropertyNames(vendor[api]!.prototype).filter((name) =>
      name !== "constructor" && !name.endsWith("WithHttpInfo")
    )
    assert.sameMembers(Object.keys(methods), names)
  })

  for (const [method, call] of Object.entries(methods)) {
    it.live(`drives the emulator with ${method}, as ${call.operation} does`, () =>
      Effect.gen(function*() {
        const before = yield* onVendor(api, method, call.vendor)
        assert.strictEqual(before.sent[0]?.operation, call.operation)
        assert.oneOf(before.sent[0]?.status, [200, 201])
        assert.deepStrictEqual(yield* onSunco(call.sunco), before)
      }))
  }
})
