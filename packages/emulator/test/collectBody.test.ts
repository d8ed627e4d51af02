import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { Readable } from "node:stream"
import { collectBody } from "../src/internal/collectBody.ts"

/** What is collected of pieces that all come in the same memory: whoever keeps a piece has the last one instead. */
const collected = (bytes: Uint8Array, limit: number) => {
  const bodies: Array<Uint8Array> = []
  const message = new Readable({ read: () => {} })
  collectBody(message, limit, (body) => bodies.push(body))
  const piece = new Uint8Array(1)
  for (const byte of bytes) {
    piece[0] = byte
    message.emit("data", piece)
  }
  message.emit("end")
  return bodies
}

describe("a body that comes in pieces", () => {
  it.prop(
    "is copied out of them, up to a byte over the limit, and keeps no more memory than it has bytes",
    [Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 }))), Schema.Literals([0, 1, 3, 1000])],
    ([values, limit]) => {
      const bytes = Uint8Array.from(values)
      const [body, ...others] = collected(bytes, limit)
      assert.lengthOf(others, 0)
      assert.deepStrictEqual(body, bytes.slice(0, limit + 1))
      assert.strictEqual(body?.buffer.byteLength, body?.length)
    }
  )
})
