/**
 * A process of an application that runs in several: it makes as many calls at once as it is told to, and tells how they end.
 */
import * as NodeRedis from "@effect/platform-node/NodeRedis"
import { Credentials, Limiter, Users } from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import type { Settings } from "./Caller.ts"

const { appId, keyId, keySecret, limit, redis, url }: Settings = JSON.parse(process.argv[2]!)

const runtime = ManagedRuntime.make(
  Users.layer({ appId, baseUrl: url, retry: "never" }).pipe(
    Layer.provide([
      Credentials.layerBasic({ keyId, secret: Redacted.make(keySecret) }),
      UndiciTransport.layer,
      Limiter.layerRedis(limit).pipe(Layer.provide(NodeRedis.layer({ url: redis, disableOfflineQueue: true })))
    ])
  )
)

const call = Effect.gen(function*() {
  const users = yield* Users
  return yield* users.listByEmail("ada@example.com").pipe(
    Effect.as("success"),
    Effect.catch(({ reason }) => Effect.succeed(reason._tag))
  )
})

process.on("message", async (calls: number) => {
  process.send!(await runtime.runPromise(Effect.replicateEffect(call, calls, { concurrency: "unbounded" })))
})
process.on("disconnect", () => runtime.dispose())

await runtime.context()
process.send!("ready")
