/** A durable receiver over Redis, whose process is killed, and whose Redis is. */
import { describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Context from "effect/Context"
import { durableFaults } from "../webhooks/DurableFaults.ts"
import { RedisServer } from "./RedisServer.ts"

describe("a durable receiver over Redis", () => {
  durableFaults(
    Effect.map(Layer.build(Layer.fresh(RedisServer.layer)), (context) => Context.get(context, RedisServer).url),
    it.live
  )
})
