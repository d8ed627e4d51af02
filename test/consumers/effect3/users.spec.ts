import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import { Credentials, Users } from "@sunco/effect3"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/TestClock"

/** A transport of the application's own, which answers with one status after the other. */
const transport = (...statuses: ReadonlyArray<number>) => {
  const sent: Array<readonly [url: string, at: number]> = []
  const client = HttpClient.make((request) =>
    Effect.map(Clock.currentTimeMillis, (at) => {
      const status = statuses[sent.length] ?? 200
      sent.push([request.url, at])
      return HttpClientResponse.fromWeb(request, Response.json({ user: { id: "1", externalId: "ada" } }, { status }))
    })
  )
  const users = Users.layer({ appId: "app", subdomain: "example" }).pipe(
    Layer.provide(Credentials.layerBearer(Redacted.make("token"))),
    Layer.provide(Layer.succeed(HttpClient.HttpClient, client))
  )
  return { sent, users }
}

const url = "https://example.zendesk.com/sc/v2/apps/app/users/ada"

describe("Users", () => {
  it.effect("goes through the application's own transport", () => {
    const { sent, users } = transport()
    return Effect.gen(function*() {
      const { externalId } = yield* Effect.flatMap(Users, (users) => users.get("ada"))
      assert.strictEqual(externalId, "ada")
      assert.deepStrictEqual(sent, [[url, 0]])
    }).pipe(Effect.provide(users))
  })

  it.effect("tries again when the TestClock says so", () => {
    const { sent, users } = transport(503, 429)
    return Effect.gen(function*() {
      const fiber = yield* Effect.fork(Effect.flatMap(Users, (users) => users.get("ada")))
      yield* TestClock.adjust("200 millis")
      yield* TestClock.adjust("400 millis")
      yield* Fiber.join(fiber)
      assert.deepStrictEqual(sent, [[url, 0], [url, 200], [url, 600]])
    }).pipe(Effect.withRandom(Random.fixed([1])), Effect.provide(users))
  })
})
