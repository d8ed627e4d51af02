import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import * as ClientCredentials from "@sunco/client/Credentials"
import { Sunshine as ClientSunshine } from "@sunco/client/Sunshine"
import { Users } from "@sunco/effect3/Users"
import * as Effect4 from "effect-4/Effect"
import type * as Fiber4 from "effect-4/Fiber"
import * as HttpClient4 from "effect-4/http/HttpClient"
import * as Redacted4 from "effect-4/Redacted"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Http from "node:http"
import type { AddressInfo } from "node:net"
import { assert, describe, it } from "vitest"
import { runEffect4 } from "../src/internal/runEffect4.ts"
import { transportOf } from "../src/internal/transport.ts"
import * as ScriptedTransport from "./ScriptedTransport.ts"

/** A server that takes a request and says nothing, or the beginning of an answer. */
const silentServer = async (begin: (response: Http.ServerResponse) => void) => {
  const arrived = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<void>()
  const server = Http.createServer((request, response) => {
    request.socket.once("close", () => closed.resolve())
    begin(response)
    arrived.resolve()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived: arrived.promise,
    closed: closed.promise,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    }
  }
}

const beginnings = {
  "before an answer": () => {},
  "in the middle of an answer": (response: Http.ServerResponse) => {
    response.writeHead(200, { "content-type": "application/json" })
    response.write("{\"user\":")
  }
}

/** A call of a client on `FetchHttpClient`. */
const get = (url: string) =>
  Effect.flatMap(Users, (users) => users.get("ada")).pipe(
    Effect.provide(
      Effect.map(HttpClient.HttpClient, (httpClient) => ScriptedTransport.users(httpClient, { baseUrl: url })).pipe(
        Layer.unwrapEffect,
        Layer.provide(FetchHttpClient.layer)
      )
    )
  )

describe.each(Object.entries(beginnings))("%s", (_, begin) => {
  it("an interruption of the application closes the socket", async () => {
    await using server = await silentServer(begin)
    const fiber = Effect.runFork(get(server.url))
    await server.arrived
    await Effect.runPromise(Fiber.interrupt(fiber))
    await server.closed
  })

  it("Effect.timeout of the application closes the socket", async () => {
    await using server = await silentServer(begin)
    const result = await Effect.runPromise(get(server.url).pipe(Effect.timeout("200 millis"), Effect.either))
    assert.isTrue(Either.isLeft(result) && result.left._tag === "TimeoutException")
    await server.closed
  })
})

describe("an interruption", () => {
  it("leaves no fiber of either runtime behind", async () => {
    const fibers4: Array<Fiber4.Fiber<unknown, unknown>> = []
    const fibers3: Array<Fiber.RuntimeFiber<unknown, unknown>> = []
    const noted4 = <A, E, R>(effect: Effect4.Effect<A, E, R>) =>
      Effect4.withFiber<A, E, R>((fiber) => {
        fibers4.push(fiber)
        return effect
      })
    const httpClient = HttpClient.make(() =>
      Effect.withFiberRuntime<never>((fiber) => {
        fibers3.push(fiber)
        // A transport that takes its time to let go.
        return Effect.onInterrupt(Effect.never, () => Effect.sleep("20 millis"))
      })
    )
    const call = ClientSunshine.make({ appId: "app", subdomain: "example" }).pipe(
      Effect4.provideService(HttpClient4.HttpClient, HttpClient4.transform(transportOf(httpClient), noted4)),
      Effect4.provideService(
        ClientCredentials.Credentials,
        ClientCredentials.makeBearer(Redacted4.make("token"))
      ),
      Effect4.flatMap((sunshine) => noted4(sunshine.request({ operation: "Test", method: "GET", path: ["v2"] })))
    )
    await Effect.runPromise(Effect.gen(function*() {
      const fiber = yield* Effect.fork(runEffect4(call))
      while (fibers3.length === 0) yield* Effect.sleep("1 millis")
      assert.lengthOf(fibers4, 2)
      assert.isTrue(fibers4.every((fiber) => fiber.pollUnsafe() === undefined))
      yield* Fiber.interrupt(fiber)
      assert.isTrue(fibers4.every((fiber) => fiber.pollUnsafe() !== undefined))
      assert.isTrue(fibers3.every((fiber) => fiber.unsafePoll() !== null))
    }))
  })

  it("waits while the application forbids it", async () => {
    const { httpClient, sent } = ScriptedTransport.make([
      (request) => Effect.delay(ScriptedTransport.found(request), "50 millis")
    ])
    const user = await Effect.runPromise(
      Effect.gen(function*() {
        const users = yield* Users
        let found: unknown
        const call = Effect.tap(users.get("ada"), (user) => {
          found = user
        })
        const fiber = yield* Effect.fork(Effect.uninterruptible(call))
        while (sent.length === 0) yield* Effect.sleep("1 millis")
        yield* Fiber.interrupt(fiber)
        return found
      }).pipe(Effect.provide(ScriptedTransport.users(httpClient)))
    )
    assert.deepStrictEqual(user, ScriptedTransport.ada)
  })
})
