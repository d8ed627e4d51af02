import { assert, it } from "@effect/vitest"
import { Users } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { inMarkdown } from "../documents/examples.ts"
import { RedisServer } from "./RedisServer.ts"

const read = (path: string) => new URL(`../../${path}`, import.meta.url)

/** The example of the README, which the tests of the documents only compile: they must not need Redis. */
const example = Effect.promise(async (): Promise<{ readonly UsersLayer: Layer.Layer<Users, unknown> }> => {
  const { code } = inMarkdown(readFileSync(read("packages/client/README.md"), "utf8")).find(({ code }) =>
    code.includes("NodeRedis")
  )!
  const module = read("test/.tsbuild/redis/readme.ts")
  mkdirSync(dirname(module.pathname), { recursive: true })
  writeFileSync(module, code)
  return import(module.href)
})

it.live("the limiter of the README limits through Redis, and fails a call at once while Redis is away", () =>
  Effect.gen(function*() {
    const { UsersLayer } = yield* example
    const redis = yield* RedisServer
    const settings = ConfigProvider.layerAdd(ConfigProvider.fromUnknown({ REDIS_URL: redis.url }))
    yield* Effect.gen(function*() {
      const users = yield* Users
      const { created } = yield* users.getOrCreate({ externalId: "ada" })
      assert.isTrue(created)
      yield* redis.kill
      const error = yield* Effect.flip(users.get("ada"))
      assert(error._tag === "SunshineError")
      assert.strictEqual(error.reason._tag, "LimiterUnavailable")
    }).pipe(Effect.provide(UsersLayer.pipe(Layer.provide(settings), Layer.provide(Emulator.layerConfig))))
  }).pipe(Effect.provide([Emulator.layer(), RedisServer.layer])))
