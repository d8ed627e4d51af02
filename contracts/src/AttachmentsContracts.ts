/**
 * The contracts of the Attachments API: its two operations with every documented status.
 *
 * @since 0.1.0
 */
import { Attachments } from "@sunco/client/Attachments"
import { AttachmentResponse } from "@sunco/schemas/AttachmentsOperations"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import * as Matcher from "effect-pact/Matcher"
import * as Base64 from "effect/encoding/Base64"
import * as Contract from "./Contract.ts"
import { basic, conversationId, exactly, failure, idOf, mediaUrl, path, response } from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

/** As much of an image as says that it is one. */
const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00, 0x01, 0xff, 0xd9])

const text = new TextEncoder().encode("Hello World")

/** A file as a contract has it. */
const form = (fileName: string, contentType: string, data: Uint8Array) => ({
  source: { fileName, contentType, base64: Base64.encode(data) }
})

/**
 * `UploadAttachment`: 201, 400.
 *
 * @category contracts
 * @since 0.1.0
 */
export const upload: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to upload a file for a message of a conversation",
      states: [
        given("a user exists", { externalId: "your-own-id" }),
        given("a conversation exists", { type: "personal", participants: [{ userExternalId: "your-own-id" }] })
      ],
      request: {
        method: "POST",
        path: path("/attachments"),
        query: { access: "public", for: "message", conversationId: idOf("conversationId") },
        headers: basic,
        form: form("my_file.jpeg", "image/jpeg", jpeg)
      },
      response: response(201, AttachmentResponse, {
        attachment: { mediaUrl, ...exactly({ mediaType: "image/jpeg" }) }
      })
    },
    call: Attachments.use((attachments) =>
      attachments.upload({ name: "my_file.jpeg", contentType: "image/jpeg", data: jpeg }, {
        access: "public",
        for: "message",
        conversationId
      })
    ),
    gives: { mediaUrl, mediaType: "image/jpeg" }
  }),
  Contract.make({
    interaction: {
      description: "a request to upload a file of which no more than the name is known",
      states: [given("an app exists")],
      request: {
        method: "POST",
        path: path("/attachments"),
        query: { access: "public" },
        headers: basic,
        form: form("my_file.txt", "application/octet-stream", text)
      },
      response: response(201, AttachmentResponse, { attachment: { mediaUrl } })
    },
    call: Attachments.use((attachments) =>
      attachments.upload({ name: "my_file.txt", data: text }, { access: "public" })
    ),
    gives: { mediaUrl }
  }),
  Contract.make({
    interaction: {
      description: "a request to upload a program, which no list of the vendor allows",
      states: [given("an app exists")],
      request: {
        method: "POST",
        path: path("/attachments"),
        query: { access: "public" },
        headers: basic,
        form: form("setup.exe", "application/x-msdownload", text)
      },
      response: failure(400, "bad_request", "Bad request")
    },
    call: Attachments.use((attachments) =>
      attachments.upload({ name: "setup.exe", contentType: "application/x-msdownload", data: text }, {
        access: "public"
      })
    ),
    failsWith: "SunshineError"
  })
]

/** The host is nobody's. */
const elsewhere = "https://badhost.com/image.png"

const deleteAttachment: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to delete a file",
      states: [given("a file exists")],
      request: {
        method: "POST",
        path: path("/attachments/remove"),
        headers: basic,
        body: { mediaUrl: Matcher.fromProviderState("${mediaUrl}", mediaUrl) }
      },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Attachments.use((attachments) => attachments.delete(mediaUrl)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to delete a file of somebody else",
      states: [given("an app exists")],
      request: {
        method: "POST",
        path: path("/attachments/remove"),
        headers: basic,
        body: { mediaUrl: elsewhere }
      },
      response: failure(
        400,
        "bad_request",
        "Unsupported media URL for attachment deletion: https://badhost.com/image.png"
      )
    },
    call: Attachments.use((attachments) => attachments.delete(elsewhere)),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to delete a file that does not exist",
      states: [given("no file exists")],
      request: {
        method: "POST",
        path: path("/attachments/remove"),
        headers: basic,
        body: { mediaUrl: Matcher.fromProviderState("${mediaUrl}", mediaUrl) }
      },
      response: failure(404, Matcher.equal("not_found"), "Attachment not found")
    },
    call: Attachments.use((attachments) => attachments.delete(mediaUrl)),
    failsWith: "AttachmentNotFound"
  })
]

export {
  /**
   * `DeleteAttachment`: 200, 400, 404.
   *
   * @category contracts
   * @since 0.1.0
   */
  deleteAttachment as delete
}
