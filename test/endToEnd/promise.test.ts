import { assert, describe, it } from "@effect/vitest"
import { SunshineError, UserAlreadyExists, UserNotFound, Users } from "@sunco/client/promise"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { type EmulatedApp, Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import { build } from "esbuild"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(() => assert.fail("nothing was rejected"), (error: unknown) => error)

const client = (app: EmulatedApp, url: string, transport: Parameters<typeof Users.make>[0]["transport"]) =>
  Users.make({
    appId: app.appId,
    baseUrl: url,
    credentials: { keyId: app.keyId, secret: app.keySecret },
    transport,
    retry: { baseDelay: 0 }
  })

const transports = [["fetch", undefined], ["UndiciTransport", UndiciTransport.layer]] as const

describe.each(transports)("the Promise face over %s", (_, transport) => {
  /** Runs a program against an emulator of its own. */
  const live = (name: string, run: (users: Users, emulator: Emulator["Service"]) => Promise<void>) =>
    it.live(name, () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* Effect.promise(async () => {
          await using users = client(emulator, emulator.url, transport)
          await run(users, emulator)
        })
      }).pipe(Effect.provide(Emulator.layer({ zendeskUsers: [{ id: "35436", givenName: "Grace" }] }))))

  live("has every method", async (users, emulator) => {
    const email = "ada@example.com"
    const ada = await users.create({ externalId: "ada", profile: { givenName: "Ada" } })
    assert.deepStrictEqual(await users.get("ada"), ada)
    assert.deepStrictEqual((await users.update(ada.id, { metadata: { plan: "pro" } })).metadata, { plan: "pro" })
    assert.deepStrictEqual((await users.deletePersonalInformation("ada")).metadata, {})
    assert.isUndefined(await users.delete(ada.id))
    const bob = await users.upsert({ externalId: "bob", metadata: { plan: "free" } })
    assert.isTrue(bob.created)
    assert.deepStrictEqual(await users.getOrCreate({ externalId: "bob", metadata: { plan: "pro" } }), {
      ...bob,
      created: false
    })
    assert.deepStrictEqual((await users.upsert({ externalId: "bob", metadata: { plan: "pro" } })).user.metadata, {
      plan: "pro"
    })
    const { users: [seeded] } = await Effect.runPromise(
      emulator.seed({ users: [{ zendeskId: "35436", identities: [{ type: "email", value: email }] }] })
    )
    assert.deepStrictEqual((await users.listByEmail(email)).map(({ id }) => id), [seeded?.id])
    assert.strictEqual((await users.sync("35436")).profile?.givenName, "Grace")
    const { body, status } = await users.request({
      operation: "Users.get",
      method: "GET",
      path: ["v2", "apps", users.appId, "users", "bob"]
    })
    assert.deepNestedInclude({ body, status }, { status: 200, "body.user.externalId": "bob" })
  })

  live("tells what happened by classes", async (users) => {
    await users.create({ externalId: "ada" })
    assert.instanceOf(await rejection(users.create({ externalId: "ada" })), UserAlreadyExists)
    assert.instanceOf(await rejection(users.get("nobody")), UserNotFound)
    const error = await rejection(users.get("ada", { deadline: 0 }))
    assert.instanceOf(error, SunshineError)
    assert.strictEqual(error.reason._tag, "InvalidInput")
  })

  live("retries as the Effect face does, and makes one user", async (users, emulator) => {
    await Effect.runPromise(emulator.faults.next(Fault.status(503), Fault.cutAfterApplied))
    await users.create({ externalId: "ada", profile: { givenName: "Ada" } })
    assert.lengthOf(await Effect.runPromise(emulator.stored("Users")), 1)
    assert.lengthOf(await Effect.runPromise(emulator.requests), 4)
  })

  live("ends a call that is aborted, of which the vendor may have done what it asks", async (users, emulator) => {
    await Effect.runPromise(emulator.faults.next(Fault.slowHeaders("1 minute")))
    const controller = new AbortController()
    const call = rejection(users.create({ externalId: "ada" }, { signal: controller.signal }))
    while ((await Effect.runPromise(emulator.requests)).length === 0) await setImmediate()
    controller.abort("enough")
    assert.strictEqual(await call, "enough")
    assert.isFalse((await users.getOrCreate({ externalId: "ada" })).created)
  })

  live("serves many calls at a time", async (users, emulator) => {
    const externalIds = Array.from({ length: 50 }, (_, index) => `user ${index}`)
    const made = await Promise.all(externalIds.map((externalId) => users.getOrCreate({ externalId })))
    assert.deepStrictEqual(made.map(({ user }) => user.externalId), externalIds)
    assert.lengthOf(await Effect.runPromise(emulator.stored("Users")), 50)
  })
})

it("a bundle of the Promise face has no module of Node in it, and nothing that the program did not ask for", async () => {
  const { metafile } = await build({
    stdin: { contents: `export { Users } from "@sunco/client/promise"`, resolveDir: join(import.meta.dirname, "..") },
    bundle: true,
    format: "esm",
    // Fails where a module of Node is imported.
    platform: "browser",
    metafile: true,
    write: false
  })
  const [output] = Object.values(metafile.outputs)
  const inputs = Object.entries(output!.inputs).flatMap(([path, { bytesInOutput }]) => bytesInOutput > 0 ? [path] : [])
  assert.isTrue(inputs.some((path) => path.endsWith("client/src/promise.ts")))
  assert.deepStrictEqual(inputs.filter((path) => /undici|RateLimiter|CircuitBreaker|Redis/.test(path)), [])
})
