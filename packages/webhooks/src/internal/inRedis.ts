import * as SecureRandom from "effect/crypto/SecureRandom"
import * as Effect from "effect/Effect"
import * as Redis from "effect/persistence/Redis"
import * as Redacted from "effect/Redacted"
import { type Deduplication, DeduplicationUnavailable, type Options } from "../Deduplication.ts"
import { claimTimes } from "./inMemory.ts"
import { someText } from "./settingChecks.ts"

type Service = Deduplication["Service"]

const unavailable = (cause: unknown) => new DeduplicationUnavailable({ cause: Redacted.make(cause) })

const ours = <Result>(lua: string) =>
  Redis.script((key: string, owner: string, millis: number) => [key, owner, millis], { lua, numberOfKeys: 1 })
    .withReturnType<Result>()

const renewOurs = /* @__PURE__ */ ours<number>(`
if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("PEXPIRE", KEYS[1], ARGV[2]) end
return 0`)

const releaseOurs = /* @__PURE__ */ ours<number>(`
if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end
return 0`)

const isDone = "done"

/** @internal */
export const inRedis = (
  redis: Redis.Redis["Service"],
  options?: Options & { readonly prefix?: string | undefined }
): Service => {
  const { leaseMillis, rememberMillis } = claimTimes(options, { prefix: someText })
  const prefix = options?.prefix ?? "sunco:webhooks:"
  const [renew, release] = [redis.eval(renewOurs), redis.eval(releaseOurs)]
  const run = <A>(effect: Effect.Effect<A, unknown>) => Effect.mapError(effect, unavailable)

  const claim: Service["claim"] = (event) =>
    run(Effect.gen(function*() {
      const key = prefix + event
      const owner = SecureRandom.uuidV4Unsafe()
      const set = yield* redis.send<string | null>("SET", key, owner, "NX", "PX", String(leaseMillis))
      if (set === null) return (yield* redis.send<string | null>("GET", key)) === isDone ? "done" : "busy"
      return {
        renew: run(renew(key, owner, leaseMillis)),
        done: run(redis.send("SET", key, isDone, "PX", String(rememberMillis))),
        release: run(release(key, owner, 0))
      }
    }))

  return { leaseMillis, claim }
}
