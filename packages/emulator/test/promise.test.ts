import { assert, describe, it } from "@effect/vitest"
import { Emulator, type EmulatorOptions, Fault, InvalidInput, ListenError } from "@sunco/emulator/promise"

type App = Pick<Emulator, "appId" | "keyId" | "keySecret">

const ways = [
  {
    name: "on a port",
    start: async (options?: EmulatorOptions) => {
      const emulator = await Emulator.start(options)
      return { ...emulator, fetch: globalThis.fetch }
    }
  },
  { name: "in memory", start: Emulator.startInMemory }
]

const basic = ({ keyId, keySecret }: Pick<App, "keyId" | "keySecret">) => `Basic ${btoa(`${keyId}:${keySecret}`)}`

const rejected = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then((value) => assert.fail(`gives ${JSON.stringify(value)}`), (error: unknown) => error)

/** As `fetch` says why there is no answer. */
const causeOf = (error: unknown) => {
  assert.instanceOf(error, TypeError)
  return JSON.stringify(error.cause)
}

describe.each(ways)("an emulator $name", ({ start }) => {
  const started = async (options?: EmulatorOptions) => {
    const emulator = await start(options)
    const call = (path: string, init: RequestInit = {}, app: App = emulator) =>
      emulator.fetch(`${emulator.url}/v2/apps/${app.appId}/${path}`, {
        ...init,
        headers: { authorization: basic(app), "content-type": "application/json", ...init.headers }
      })
    const status = async (...args: Parameters<typeof call>) => {
      const response = await call(...args)
      await response.arrayBuffer()
      return response.status
    }
    return { call, emulator, status }
  }

  it("seeds, keeps, shows what it saw, and goes back to how it started", async () => {
    const { call, emulator, status } = await started({ users: [{ externalId: "ada" }], requestsKept: 2 })
    await using _ = emulator
    const { users: [eve] } = await emulator.seed({ users: [{ externalId: "eve" }], zendeskUsers: [{ id: "1" }] })
    assert.strictEqual(await status("users/ada"), 200)
    const response = await call("users", { method: "POST", body: JSON.stringify({ externalId: "bob" }) })
    assert.strictEqual(response.status, 201)
    assert.nestedInclude(await response.json(), { "user.externalId": "bob" })
    assert.deepStrictEqual((await emulator.stored("Users")).map(({ externalId }) => externalId), ["ada", "eve", "bob"])
    assert.strictEqual((await emulator.stored("Users"))[1]?.id, eve?.id)
    assert.deepStrictEqual(
      (await emulator.requests()).map(({ applied, body, operation, status }) => [operation, body, status, applied]),
      [["Users.get", undefined, 200, true], ["Users.create", { externalId: "bob" }, 201, true]]
    )
    assert.deepStrictEqual(await emulator.events(), [])
    await emulator.reset()
    assert.deepStrictEqual((await emulator.stored("Users")).map(({ externalId }) => externalId), ["ada"])
    assert.deepStrictEqual(await emulator.requests(), [])
  })

  it("inflicts faults, shows those that are left, and forgets them", async () => {
    const { emulator, status } = await started()
    await using _ = emulator
    await emulator.faults.next(Fault.status(503), Fault.cutAfterApplied)
    await emulator.faults.add(Fault.rateLimited(), { when: { operation: "Users.create" } })
    assert.strictEqual(await status("users/ada"), 503)
    assert.include(causeOf(await rejected(status("users/ada"))), "ECONNRESET")
    assert.deepStrictEqual(await emulator.faults.left(), [
      { fault: Fault.rateLimited(), when: { operation: "Users.create" } }
    ])
    await emulator.faults.clear()
    assert.deepStrictEqual(await emulator.faults.left(), [])
    assert.strictEqual(await status("users", { method: "POST", body: "{}" }), 201)
  })

  it("rotates keys and access tokens of every app, and hands each app's environment to a program", async () => {
    const { emulator, status } = await started({
      appId: "one",
      keySecret: "s1",
      accessTokens: ["t1"],
      apps: [{ appId: "two", keyId: "app_2", keySecret: "s2", accessTokens: ["t2"] }]
    })
    await using _ = emulator
    const [one, two] = emulator.apps
    const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
    assert.deepStrictEqual(
      [one, two].map((app) => app?.env),
      [
        { SUNCO_APP_ID: "one", SUNCO_BASE_URL: emulator.url, SUNCO_KEY_ID: "app_one", SUNCO_KEY_SECRET: "s1" },
        { SUNCO_APP_ID: "two", SUNCO_BASE_URL: emulator.url, SUNCO_KEY_ID: "app_2", SUNCO_KEY_SECRET: "s2" }
      ]
    )
    assert.deepStrictEqual(emulator.env, one.env)
    assert.strictEqual(await status("users/a", {}, two), 404)
    assert.strictEqual(await status("users/a", bearer("t1")), 404)
    assert.strictEqual(await status("users/a", bearer("t2"), two), 404)
    assert.strictEqual(await status("users/a", bearer("t2")), 403)

    assert.deepStrictEqual(await one.addKey({ keyId: "app_new", keySecret: "s3" }), {
      keyId: "app_new",
      keySecret: "s3"
    })
    assert.match((await one.addKey({ scope: "account" })).keyId, /^act_/)
    assert.match((await one.addKey({ integrationId: "i" })).keyId, /^int_/)
    assert.isString((await one.addKey()).keySecret)
    await emulator.addAccessToken("t3", "i")
    assert.strictEqual(await status("users/a", {}, { appId: "one", keyId: "app_new", keySecret: "s3" }), 404)
    assert.strictEqual(await status("users/a", bearer("t3")), 404)
    await emulator.revoke("t3")
    await emulator.revoke(emulator.keyId)
    assert.deepStrictEqual([await status("users/a", bearer("t3")), await status("users/a")], [401, 401])
  })

  it("rejects what it does not understand with what may stand there, and takes none of it", async () => {
    const { emulator } = await started()
    await using _ = emulator
    const misspelt: object = { time: 2 }
    for (
      const [attempt, message] of [
        [
          () => emulator.faults.add(Fault.emptyBody, misspelt),
          "faults: 0.time: Expected no key but fault, times, when"
        ],
        [() => emulator.faults.next(Fault.status(99)), "faults: 0.fault.status: Expected a value between 200 and 599"],
        [
          () => emulator.faults.next({ _tag: "Nonsense" } as never),
          /^faults: 0\.fault: Expected a fault, .* Status, RateLimited,/
        ],
        [
          () => emulator.seed({ user: [] } as never),
          /^seed: user: Expected no key but users, zendeskUsers, .*, attachments/
        ],
        [() => emulator.seed({ users: [{ id: 1 }] } as never), "seed: users.0.id: Expected string"],
        [() => start({ users: [{ id: 1 }] } as never), "seed: users.0.id: Expected string"],
        [() => start(null as never), "options: Expected object"],
        [() => start({ prot: 3 } as never), /^options: prot: Expected no key but .*, appId, .*, host, port$/],
        [() => start({ port: "80" } as never), /^options: port: /],
        [() => start({ apps: "two" } as never), /^options: apps: Expected array/],
        [() => start({ apps: [null] } as never), "options: apps.0: Expected object"],
        [() => start({ apps: [{}] } as never), "options: apps.0.appId: Missing key"],
        [() => start({ keySecret: 7 } as never), /^options: keySecret: Expected string/],
        [() => start({ accessTokens: "t" } as never), /^options: accessTokens: Expected array/],
        [() => start({ assume: { joinTwice: "never" } } as never), /^options: assume\.joinTwice: Expected .*again/],
        [() => start({ onRequest: "log" } as never), "options: onRequest: Expected a function"],
        [() => start({ onDelivery: "log" } as never), "options: onDelivery: Expected a function"],
        [
          () => emulator.deliveries.next({ _tag: "twise" } as never),
          "faults: 0: Expected late with its millis, twice, heldBack or forged for a _tag"
        ],
        [() => start({ requestsKept: -1 }), /^options: requestsKept: /],
        [() => emulator.stored("Nope" as never), /^resource: Expected .*"Users"/],
        [() => emulator.addKey({ scope: "zzz" } as never), /^key: scope: Expected .*"app"/],
        [() => start({ apps: [{ appId: "two", zendeskUsers: [{}] }] } as never), "seed: zendeskUsers.0.id: Missing key"]
      ] as const
    ) {
      const error = await rejected(attempt())
      assert.instanceOf(error, InvalidInput)
      if (typeof message === "string") assert.strictEqual(error.message, message)
      else assert.match(error.message, message)
    }
    assert.deepStrictEqual(await emulator.faults.left(), [])
    assert.deepStrictEqual(await emulator.stored("Users"), [])
  })

  it("says of a request why it was refused", async () => {
    const { emulator, status } = await started()
    await using _ = emulator
    await status("users/nobody")
    await status("nowhere")
    await status("")
    assert.deepStrictEqual((await emulator.requests()).map(({ titles }) => titles?.length), [1, 1, 1])
    await emulator.seed({ users: [{ externalId: "ada" }] })
    await status("users/ada")
    assert.notProperty((await emulator.requests())[3], "titles")
  })

  it("tells of each request when it is settled", async () => {
    const told: Array<unknown> = []
    const { emulator, status } = await started({
      onRequest: ({ fault, path, status }) => told.push([path.split("/").at(-1), status, fault?._tag])
    })
    await using _ = emulator
    await emulator.faults.next(Fault.status(503), Fault.cutBeforeApplied)
    await status("users/a")
    await rejected(status("users/b"))
    await status("users/c")
    await emulator.fetch(`${emulator.url}/_emulator/health`)
    assert.deepStrictEqual(told, [["a", 503, "Status"], ["b", undefined, "CutBeforeApplied"], ["c", 404, undefined]])
  })

  it("ends what is pending when it is closed, and cannot be reached from then on", async () => {
    const { emulator, status } = await started()
    await emulator.faults.next(Fault.slowHeaders(Infinity))
    const pending = rejected(status("users/a"))
    while ((await emulator.requests()).length === 0) await new Promise((resume) => setTimeout(resume, 1))
    await emulator.close()
    await emulator.close()
    assert.instanceOf(await pending, TypeError)
    assert.include(causeOf(await rejected(status("users/a"))), "ECONNREFUSED")
  })

  it("ends what is aborted with the reason of the signal, also within a body", async () => {
    const { call, emulator, status } = await started({ users: [{ externalId: "ada" }] })
    await using _ = emulator
    const gone = new Error("gone")
    assert.strictEqual(await rejected(status("users/a", { signal: AbortSignal.abort(gone) })), gone)
    await emulator.faults.next(Fault.slowHeaders(Infinity), Fault.slowBody(Infinity))
    const controller = new AbortController()
    const pending = rejected(status("users/ada", { signal: controller.signal }))
    while ((await emulator.requests()).length === 0) await new Promise((resume) => setTimeout(resume, 1))
    controller.abort(gone)
    assert.strictEqual(await pending, gone)

    const reading = new AbortController()
    const response = await call("users/ada", { signal: reading.signal })
    const body = rejected(response.text())
    reading.abort(gone)
    assert.strictEqual(await body, gone)

    const writing = new AbortController()
    const endless = new ReadableStream()
    // `duplex` is not in every version of the types, and asked for with a stream by all of the platforms.
    const half: object = { duplex: "half" }
    const written = rejected(call("users", { method: "POST", body: endless, signal: writing.signal, ...half }))
    writing.abort(gone)
    assert.strictEqual(await written, gone)
  })
})

it("an emulator listens where it is asked to, or rejects with why it cannot", async () => {
  await using emulator = await Emulator.start({ host: "127.0.0.1", port: 0 })
  const port = Number(new URL(emulator.url).port)
  const error = await rejected(Emulator.start({ port }))
  assert.instanceOf(error, ListenError)
  assert.strictEqual(error.message, `port ${port} of 127.0.0.1 is in use`)
})

it("the fetch of an emulator in memory takes whatever that of the platform does, and follows no redirect", async () => {
  await using emulator = await Emulator.startInMemory()
  const { fetch } = emulator
  const url = `https://somewhere.example/sc/v2/apps/${emulator.appId}/users`
  const headers = { authorization: basic(emulator), "content-type": "application/json" }
  const stream = new Blob(["{\"externalId\":\"ada\"}"]).stream()
  const init: RequestInit & { readonly duplex: "half" } = { method: "POST", headers, body: stream, duplex: "half" }
  assert.strictEqual((await fetch(new Request(url, init))).status, 201)
  assert.strictEqual((await fetch(new URL(`${url}/ada`), { headers })).status, 200)
  assert.instanceOf(await rejected(fetch("/v2/apps")), TypeError)
  await emulator.faults.next(Fault.redirect("https://elsewhere.example/"))
  const redirect = await fetch(`${url}/ada`, { headers })
  assert.deepStrictEqual([redirect.status, redirect.headers.get("location")], [302, "https://elsewhere.example/"])
})
