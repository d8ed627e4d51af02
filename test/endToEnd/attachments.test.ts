/** Files, from the client to the emulator and back. */
import { assert, describe, it } from "@effect/vitest"
import { Attachments } from "@sunco/client"
import { Attachments as Promises } from "@sunco/client/promise"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"

const ways = [
  ["in memory", Emulator.layerTest({ privateAttachments: true })],
  ...([["UndiciTransport", UndiciTransport.layer], ["FetchHttpClient", FetchHttpClient.layer]] as const).map((
    [name, transport]
  ) =>
    [
      `by ${name}`,
      Layer.provideMerge(Emulator.layerConfig, Emulator.layer({ privateAttachments: true })).pipe(
        Layer.merge(transport)
      )
    ] as const
  )
] as const

describe.each(ways)("a private file %s", (_, emulated) => {
  it.live("comes back as it was sent, also after a fault, until it is deleted", () =>
    Effect.gen(function*() {
      const attachments = yield* Attachments
      const { faults, requests } = yield* Emulator
      const data = new Uint8Array(3_000_000).map((_, at) => at % 251)
      const { mediaUrl } = yield* attachments.upload({ name: "file", data }, { access: "public" })
      yield* faults.next(Fault.status(503))
      const pieces = yield* Stream.runCollect(attachments.download(mediaUrl))
      assert.isTrue(Buffer.concat(Array.from(pieces)).equals(data))
      assert.deepStrictEqual((yield* requests).map(({ status }) => status), [201, 503, 200])
      yield* attachments.delete(mediaUrl)
      const error = yield* Effect.flip(Stream.runDrain(attachments.download(mediaUrl)))
      assert.strictEqual(error._tag, "AttachmentNotFound")
      const again = yield* Effect.flip(attachments.delete(mediaUrl))
      assert.strictEqual(again._tag, "AttachmentNotFound")
    }).pipe(
      Effect.provide(Attachments.layerFromConfig({ retry: { baseDelay: 0 } }).pipe(Layer.provideMerge(emulated)))
    ))
})

it.live("a file is read with for await", () =>
  Effect.gen(function*() {
    const { appId, keyId, keySecret, url } = yield* Emulator
    yield* Effect.promise(async () => {
      await using attachments = Promises.make({ appId, baseUrl: url, credentials: { keyId, secret: keySecret } })
      const { mediaUrl } = await attachments.upload(new Blob(["Tea"]), { access: "public" })
      let text = ""
      for await (const piece of attachments.download(mediaUrl)) text += new TextDecoder().decode(piece)
      assert.strictEqual(text, "Tea")
    })
  }).pipe(Effect.provide(Emulator.layer())))
