import * as HttpClient from "@effect/platform/HttpClient"
import { Attachments } from "@sunco/effect3/Attachments"
import * as Credentials from "@sunco/effect3/Credentials"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { assert, describe, it } from "vitest"
import * as ScriptedTransport from "./ScriptedTransport.ts"

/** Downloads from a client whose own origin is `https://example.zendesk.com`. */
const download = (script: Parameters<typeof ScriptedTransport.make>[0], mediaUrl: string, maxBytes?: number) => {
  const { httpClient, sent } = ScriptedTransport.make(script)
  const attachments = Attachments.layer({ appId: "app", baseUrl: "https://example.zendesk.com/sc" }).pipe(
    Layer.provide([Credentials.layerBasic(ScriptedTransport.key), Layer.succeed(HttpClient.HttpClient, httpClient)]),
    Layer.orDie
  )
  const bytes = Effect.flatMap(
    Attachments,
    (attachments) => Stream.runCollect(attachments.download(mediaUrl, { maxBytes }))
  ).pipe(
    Effect.map((pieces) => Buffer.concat(Array.from(pieces)).toString()),
    Effect.provide(attachments)
  )
  return { bytes, sent }
}

describe("a download", () => {
  it("is a stream of Effect 3, with credentials for the client's own origin alone", async () => {
    const own = download([ScriptedTransport.answer("own")], "https://example.zendesk.com/file")
    assert.strictEqual(await Effect.runPromise(own.bytes), "own")
    assert.match(own.sent[0]!.request.headers["authorization"]!, /^Basic /)
    const moved = [
      ScriptedTransport.answer(null, { status: 302, headers: { location: "https://media.example.com/file" } }),
      ScriptedTransport.answer("moved")
    ] as const
    const foreign = download(moved, "https://example.com/file")
    assert.strictEqual(await Effect.runPromise(foreign.bytes), "moved")
    assert.deepStrictEqual(foreign.sent.map(({ request }) => request.headers["authorization"]), [undefined, undefined])
  })

  it("fails as it is documented to, and reads no more than it was told to", async () => {
    const missing = download([ScriptedTransport.answer(null, { status: 404 })], "https://example.com/file")
    assert.propertyVal(await Effect.runPromise(Effect.flip(missing.bytes)), "_tag", "AttachmentNotFound")
    const large = download([ScriptedTransport.answer("x".repeat(11))], "https://example.com/file", 10)
    assert.nestedInclude(await Effect.runPromise(Effect.flip(large.bytes)), {
      "reason._tag": "UnexpectedResponse",
      "reason.problem": "too-large"
    })
    assert.lengthOf(large.sent, 1)
    const refused = download([ScriptedTransport.answer("never")], "https://10.0.0.1/file")
    assert.nestedInclude(await Effect.runPromise(Effect.flip(refused.bytes)), { "reason._tag": "InvalidInput" })
    assert.lengthOf(refused.sent, 0)
  })
})
