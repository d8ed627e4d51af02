import * as SecureRandom from "effect/crypto/SecureRandom"
import * as Effect from "effect/Effect"
import * as Redis from "effect/persistence/Redis"
import * as Redacted from "effect/Redacted"
import { type DurableStore, DurableStoreUnavailable, type Failed, type Options, type Taken } from "../DurableStore.ts"
import { someText } from "./settingChecks.ts"
import { storeTimes } from "./storeInMemory.ts"

type Service = DurableStore["Service"]

/*
 * Keys, behind the prefix:
 *   known:ID    there as long as the event ID is remembered; without an end while it is kept
 *   event:ID    a hash of what is kept of it
 *   line:ORDER  the ids of an order that are to be handled, in the order in which they came
 *   due         the orders of which the first is to be handled, by when
 *   failed      the ids that failed for good, by when
 * An order is due when nobody has its first event; who takes it moves the time behind the lease. The clock is that of Redis.
 */
const preamble = `
local prefix, time = KEYS[1], redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function ours(id, owner) return redis.call("HGET", prefix .. "event:" .. id, "owner") == owner end
local function enqueue(id, order)
  redis.call("HSET", prefix .. "event:" .. id, "attempts", 0, "owner", "")
  if redis.call("RPUSH", prefix .. "line:" .. order, id) == 1 then redis.call("ZADD", prefix .. "due", now, order) end
end
local function dequeue(order)
  redis.call("LPOP", prefix .. "line:" .. order)
  if redis.call("LLEN", prefix .. "line:" .. order) > 0 then redis.call("ZADD", prefix .. "due", now, order)
  else redis.call("ZREM", prefix .. "due", order) end
end
`

const script = <Result>(lua: string) =>
  Redis.script((prefix: string, ...args: ReadonlyArray<string | number>) => [prefix, ...args], {
    lua: preamble + lua,
    numberOfKeys: 1
  }).withReturnType<Result>()

/** Arguments: id, order, body of each. */
const offer = /* @__PURE__ */ script<number>(`
local taken = 0
for i = 1, #ARGV, 3 do
  local id, order = ARGV[i], ARGV[i + 1]
  if redis.call("SET", prefix .. "known:" .. id, "1", "NX") then
    redis.call("HSET", prefix .. "event:" .. id, "order", order, "body", ARGV[i + 2])
    enqueue(id, order)
    taken = taken + 1
  end
end
return taken`)

/** Arguments: the owner, the lease. */
const take = /* @__PURE__ */ script<null | readonly [id: string, order: string, body: string, attempts: number]>(`
local order = redis.call("ZRANGEBYSCORE", prefix .. "due", "-inf", now, "LIMIT", 0, 1)[1]
if not order then return nil end
local id = redis.call("LINDEX", prefix .. "line:" .. order, 0)
redis.call("ZADD", prefix .. "due", now + ARGV[2], order)
redis.call("HSET", prefix .. "event:" .. id, "owner", ARGV[1])
local attempts = redis.call("HINCRBY", prefix .. "event:" .. id, "attempts", 1)
return { id, order, redis.call("HGET", prefix .. "event:" .. id, "body"), attempts }`)

/** Arguments: id, order, owner, milliseconds, whose it is afterwards. */
const dueIn = /* @__PURE__ */ script<number>(`
if not ours(ARGV[1], ARGV[3]) then return 0 end
redis.call("HSET", prefix .. "event:" .. ARGV[1], "owner", ARGV[5])
redis.call("ZADD", prefix .. "due", now + ARGV[4], ARGV[2])
return 1`)

/** Arguments: id, order, owner, how long to remember. */
const done = /* @__PURE__ */ script<number>(`
if not ours(ARGV[1], ARGV[3]) then return 0 end
dequeue(ARGV[2])
redis.call("DEL", prefix .. "event:" .. ARGV[1])
redis.call("PEXPIRE", prefix .. "known:" .. ARGV[1], ARGV[4])
return 1`)

/** Arguments: id, order, owner, error. */
const fail = /* @__PURE__ */ script<number>(`
if not ours(ARGV[1], ARGV[3]) then return 0 end
dequeue(ARGV[2])
redis.call("HSET", prefix .. "event:" .. ARGV[1], "owner", "", "error", ARGV[4])
redis.call("ZADD", prefix .. "failed", now, ARGV[1])
return 1`)

const failed = /* @__PURE__ */ script<ReadonlyArray<readonly [string, string, string, string, string]>>(`
local found = {}
for _, id in ipairs(redis.call("ZRANGE", prefix .. "failed", 0, -1)) do
  local event = redis.call("HMGET", prefix .. "event:" .. id, "order", "body", "attempts", "error")
  table.insert(found, { id, event[1], event[2], event[3], event[4] })
end
return found`)

/** Arguments: id. */
const putBack = /* @__PURE__ */ script<number>(`
if redis.call("ZREM", prefix .. "failed", ARGV[1]) == 0 then return 0 end
enqueue(ARGV[1], redis.call("HGET", prefix .. "event:" .. ARGV[1], "order"))
return 1`)

/** @internal */
export const storeInRedis = (
  redis: Redis.Redis["Service"],
  options?: Options & { readonly prefix?: string | undefined }
): Service => {
  const { leaseMillis, rememberMillis } = storeTimes(options, { prefix: someText })
  const prefix = options?.prefix ?? "{sunco:webhooks}:"
  const run = <A>(effect: Effect.Effect<A, unknown>) =>
    Effect.mapError(effect, (cause) => new DurableStoreUnavailable({ cause: Redacted.make(cause) }))

  return {
    leaseMillis,
    offer: (entries) => run(redis.eval(offer)(prefix, ...entries.flatMap(({ body, id, order }) => [id, order, body]))),
    take: run(Effect.suspend(() => {
      const owner = SecureRandom.uuidV4Unsafe()
      return Effect.map(redis.eval(take)(prefix, owner, leaseMillis), (found): Taken | undefined => {
        if (found === null) return undefined
        const [id, order, body, attempts] = found
        const asOwner = [prefix, id, order, owner] as const
        return {
          id,
          order,
          body,
          attempts: Number(attempts),
          renew: run(Effect.map(redis.eval(dueIn)(...asOwner, leaseMillis, owner), (renewed) => Number(renewed) === 1)),
          done: run(redis.eval(done)(...asOwner, rememberMillis)),
          retry: (millis) => run(redis.eval(dueIn)(...asOwner, Math.ceil(millis), "")),
          fail: (error) => run(redis.eval(fail)(...asOwner, error))
        }
      })
    })),
    failed: run(Effect.map(
      redis.eval(failed)(prefix),
      (found) =>
        found.map(([id, order, body, attempts, error]): Failed => ({
          id,
          order,
          body,
          attempts: Number(attempts),
          error
        }))
    )),
    putBack: (id) => run(Effect.map(redis.eval(putBack)(prefix, id), (put) => Number(put) === 1))
  }
}
