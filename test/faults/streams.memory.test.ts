/** A stream keeps nothing of what it has given: the pages of a hundred thousand messages are held one at a time. */
import { assert, it } from "@effect/vitest"
import { Credentials, Messages } from "@sunco/client"
import * as Promises from "@sunco/client/promise"
import * as FetchTransport from "@sunco/client/FetchTransport"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { setImmediate as nextTurn } from "node:timers/promises"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

setFlagsFromString("--expose-gc")

const gc: () => void = runInNewContext("gc")

const messages = 100_000

const perPage = 100

/** Every page has messages of a size of their own, about 50 kB together. */
const page = (last: number) => {
  const first = last - perPage + 1
  const items = Array.from({ length: perPage }, (_, index) => ({
    id: String(first + index).padStart(24, "0"),
    received: "2026-11-26T10:00:00.000Z",
    author: { type: "user", displayName: "Ada" },
    content: { type: "text", text: `message ${first + index} `.padEnd(400, "x") }
  }))
  return JSON.stringify({ messages: items, meta: { hasMore: first > 1, beforeCursor: items[0]!.id } })
}

const fetch: typeof globalThis.fetch = (input) => {
  const before = new URL(String(input)).searchParams.get("page[before]")
  return Promise.resolve(new Response(page(before === null ? messages : Number(before) - 1)))
}

const heap = async (): Promise<number> => {
  for (let pass = 0; pass < 3; pass++) {
    await nextTurn()
    gc()
  }
  return process.memoryUsage().heapUsed
}

/** As much as twenty pages hold: all of them would be a thousand. */
const few = 20 * 50 * 1024 * 4

const watched = () => {
  let seen = 0
  let early: number | undefined
  let most = 0
  return {
    see: async (): Promise<void> => {
      seen++
      if (seen === 5000) early = await heap()
      else if (seen > 5000 && seen % 20_000 === 0) most = Math.max(most, await heap())
    },
    assertFlat: () => {
      assert.strictEqual(seen, messages)
      assert.isBelow(most - early!, few)
    }
  }
}

const settings = { appId: "app", baseUrl: "https://example.zendesk.com/sc", retry: "never" } as const

it.live("a stream of 100,000 messages is as large at its end as at its beginning", () =>
  Effect.gen(function*() {
    const { assertFlat, see } = watched()
    const client = yield* Messages
    yield* Stream.runForEach(client.stream("c1"), () => Effect.promise(see))
    assertFlat()
  }).pipe(
    Effect.provide(
      Messages.layer(settings).pipe(
        Layer.provide([FetchTransport.layerFetch(fetch), Credentials.layerBearer(Redacted.make("token"))])
      )
    )
  ), 60_000)

it.live("and so it is when it is read with for await", () =>
  Effect.promise(async () => {
    const { assertFlat, see } = watched()
    await using client = Promises.Messages.make({ ...settings, credentials: { token: "token" }, transport: fetch })
    for await (const _ of client.stream("c1")) await see()
    assertFlat()
  }), 60_000)
