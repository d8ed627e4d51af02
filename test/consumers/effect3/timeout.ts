// Effect.timeout of the application ends the exchange: the vendor sees the connection close.
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { Credentials, Users } from "@sunco/effect3"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Http from "node:http"
import type { AddressInfo } from "node:net"

const program = Effect.gen(function*() {
  const closed = yield* Deferred.make<void>()
  const server = yield* Effect.acquireRelease(
    Effect.async<Http.Server>((resume) => {
      const server = Http.createServer((request) => {
        request.socket.once("close", () => Deferred.unsafeDone(closed, Effect.void))
      })
      server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
    }),
    (server) => Effect.sync(() => server.close())
  )
  const { port } = server.address() as AddressInfo
  const outcome = yield* Effect.flatMap(Users, (users) => users.get("ada")).pipe(
    Effect.timeout("200 millis"),
    Effect.flip,
    Effect.provide(Users.layer({ appId: "app", baseUrl: `http://127.0.0.1:${port}` })),
    Effect.provide(Credentials.layerBearer(Redacted.make("token")))
  )
  console.log(outcome._tag)
  yield* Deferred.await(closed)
  console.log("closed")
})

Effect.runPromise(program.pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer)))
