import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { SignJWT } from "jose"
import { type Behaviours } from "../src/internal/resource.ts"
import { basic, call, envelope, type send, userNotFound } from "./Call.ts"
import { notes, NotesOperations, transports, type WorldOperations } from "./MadeUp.ts"

const forbidden = envelope("forbidden", "Forbidden")
const unauthorized = envelope("unauthorized", "Authorization is required")

const secret = Redacted.make("a secret of the tests")

const keyOf = (keyId: string) => basic({ keyId, keySecret: secret })

const jwt = (keyId: string, scope: string) =>
  Effect.promise(() =>
    new SignJWT({ scope }).setProtectedHeader({ alg: "HS256", kid: keyId }).sign(
      new TextEncoder().encode(Redacted.value(secret))
    )
  ).pipe(Effect.map((token) => `Bearer ${token}`))

describe.each(transports)("a row, $name", (transport) => {
  const started = transport.layer({
    appId: "one",
    users: [{ externalId: "ada" }, { externalId: "eve" }],
    accessTokens: [Redacted.make("token")],
    apps: [{ appId: "two" }]
  })

  layer(started)((it) => {
    const fresh = Effect.tap(Emulator, (emulator) => emulator.reset)

    const status = (...args: Parameters<typeof call>) => Effect.map(call(...args), ({ status }) => status)

    it.effect("is routed, checked, carried out and answered as it says", () =>
      Effect.gen(function*() {
        yield* fresh
        const { body, status } = yield* call("POST", "users/ada/notes", { body: { text: "hello" } })
        assert.strictEqual(status, 201)
        assert.nestedInclude(body, { "note.text": "hello" })
        assert.deepInclude(yield* call("POST", "users/ada/notes", { body: { text: 1 } }), {
          status: 400,
          body: envelope("bad_request", "text: Expected string")
        })
        assert.deepInclude(yield* call("POST", "users/bob/notes", { body: { text: "" } }), {
          status: 404,
          body: userNotFound
        })
        const { requests } = yield* Emulator
        assert.deepStrictEqual((yield* requests).map(({ applied, operation }) => `${operation} ${applied}`), [
          "Notes.create true",
          "Notes.create false",
          "Notes.create false"
        ])
      }))

    it.effect("has a store with pages", () =>
      Effect.gen(function*() {
        yield* fresh
        for (const text of "abc") yield* call("POST", "users/ada/notes", { body: { text } })
        const first = yield* call("GET", "notes").pipe(Effect.flatMap(({ body }) => decodeNotes(body)))
        assert.deepStrictEqual([first.hasMore, first.notes.map(({ text }) => text)], [true, ["a", "b"]])
        const after = encodeURIComponent(first.notes[1]!.id)
        const next = yield* call("GET", `notes?page[after]=${after}`).pipe(
          Effect.flatMap(({ body }) => decodeNotes(body))
        )
        assert.deepStrictEqual([next.hasMore, next.notes.map(({ text }) => text)], [false, ["c"]])
        assert.strictEqual(yield* status("GET", "notes?page[after]=nobody"), 400)
      }))

    it.effect("loses what hangs on a record together with it", () =>
      Effect.gen(function*() {
        yield* fresh
        for (const user of ["ada", "eve", "ada"]) yield* call("POST", `users/${user}/notes`, { body: { text: user } })
        yield* call("DELETE", "users/ada")
        const { body } = yield* call("GET", "notes")
        assert.deepStrictEqual((yield* decodeNotes(body)).notes.map(({ text }) => text), ["eve"])
      }))

    it.effect("keeps what hangs on a user who is merged into another", () =>
      Effect.gen(function*() {
        const { seed } = yield* fresh
        const { users: [survivor] } = yield* seed({
          users: [{ id: "s", zendeskId: "1" }, { id: "d", externalId: "grace" }],
          zendeskUsers: [{ id: "1", externalId: "grace" }]
        })
        yield* call("POST", "users/grace/notes", { body: { text: "kept" } })
        yield* call("POST", "users/1/sync", { body: {} })
        const { body } = yield* call("GET", "notes")
        assert.deepStrictEqual((yield* decodeNotes(body)).notes.map(({ userId }) => userId), [survivor?.id])
      }))

    it.effect("starts with what the emulator was started with after a reset", () =>
      Effect.gen(function*() {
        yield* fresh
        yield* call("POST", "users/ada/notes", { body: { text: "a" } })
        yield* fresh
        assert.deepInclude(yield* call("GET", "notes"), { status: 200, body: { notes: [], hasMore: false } })
        assert.deepStrictEqual(yield* (yield* Emulator).events, [])
      }))

    it.effect("lets in the keys of its scopes, by the kind of the key", () =>
      Effect.gen(function*() {
        const { addKey } = yield* fresh
        for (const keyId of ["app_k", "int_k", "act_k", "svc_k"]) yield* addKey({ keyId, keySecret: secret })
        yield* addKey({ keyId: "unnamed", keySecret: secret, scope: "account" })
        const clear = (authorization: string) => status("DELETE", "notes", { authorization })
        assert.deepStrictEqual(
          yield* Effect.forEach(["app_k", "int_k", "act_k", "svc_k", "unnamed"].map(keyOf), clear),
          [403, 403, 200, 200, 200]
        )
        assert.deepInclude(yield* call("DELETE", "notes"), { status: 403, body: forbidden })
        assert.strictEqual(yield* clear("Bearer token"), 403)
        assert.strictEqual(yield* clear(yield* jwt("app_k", "app")), 403)
        assert.strictEqual(yield* clear(yield* jwt("act_k", "account")), 200)
        // The claim must be what the key is.
        assert.strictEqual(yield* clear(yield* jwt("app_k", "account")), 403)
        assert.strictEqual(yield* clear(yield* jwt("act_k", "app")), 403)
        for (const authorization of ["app_k", "int_k", "act_k"].map(keyOf)) {
          assert.strictEqual(yield* status("GET", "notes", { authorization }), 200)
        }
      }))

    it.effect("is refused after who it is and which app, and not carried out", () =>
      Effect.gen(function*() {
        const emulator = yield* fresh
        assert.strictEqual(yield* status("DELETE", "/v2/apps/three/notes"), 404)
        assert.strictEqual(yield* status("DELETE", "notes", { authorization: "" }), 401)
        assert.strictEqual(yield* status("DELETE", "notes"), 403)
        assert.deepStrictEqual((yield* emulator.requests).map(({ applied }) => applied), [false, false, false])
      }))

    it.effect("makes up keys of the scope that is asked for", () =>
      Effect.gen(function*() {
        const { addKey } = yield* fresh
        for (
          const [scope, prefix, answer] of [["app", /^app_/u, 403], ["integration", /^int_/u, 403], [
            "account",
            /^act_/u,
            200
          ]] as const
        ) {
          const key = yield* addKey({ scope })
          assert.match(key.keyId, prefix)
          assert.strictEqual(yield* status("DELETE", "notes", { authorization: basic(key) }), answer)
        }
      }))

    it.effect("outside of an app sees every app", () =>
      Effect.gen(function*() {
        const emulator = yield* fresh
        yield* emulator.addKey({ keyId: "act_k", keySecret: secret })
        assert.deepInclude(yield* call("GET", "/made-up/apps", { authorization: keyOf("act_k") }), {
          status: 200,
          body: { apps: ["one", "two"] }
        })
        assert.strictEqual(yield* status("GET", "/made-up/apps"), 403)
        assert.strictEqual(yield* status("GET", "/made-up/apps", { authorization: "" }), 401)
        assert.deepStrictEqual((yield* emulator.requests).map(({ appId }) => appId), [undefined, undefined, undefined])
      }))

    it.effect("without credentials is answered with any and with none", () =>
      Effect.gen(function*() {
        const emulator = yield* fresh
        for (const authorization of ["", "Basic bm9ib2R5Og==", basic(emulator)]) {
          const answer = yield* call("POST", "/made-up/token", { authorization, body: { code: "x" } })
          assert.deepInclude(answer, { status: 200, body: { token: "token-for-x" } })
        }
        assert.strictEqual(yield* status("POST", "/made-up/token", { authorization: "", body: {} }), 400)
        assert.isTrue((yield* emulator.requests).every(({ authentication }) => authentication === undefined))
      }))

    it.effect("with bearer tokens only refuses a key", () =>
      Effect.gen(function*() {
        const { addKey } = yield* fresh
        yield* addKey({ keyId: "int_k", keySecret: secret })
        const info = (authorization: string) => call("GET", "/made-up/tokenInfo", { authorization })
        assert.deepInclude(yield* info(keyOf("int_k")), { status: 401, body: unauthorized })
        assert.deepInclude(yield* info("Bearer nobody"), { status: 401, body: unauthorized })
        assert.deepInclude(yield* info("Bearer token"), { status: 200, body: {} })
        assert.deepInclude(yield* info(yield* jwt("int_k", "integration")), { status: 200, body: {} })
      }))

    it.effect("knows whose integration it is that calls, by a key or by a token", () =>
      Effect.gen(function*() {
        const emulator = yield* fresh
        const info = (authorization: string) =>
          Effect.map(call("GET", "/made-up/tokenInfo", { authorization }), ({ body }) => body as unknown)
        const key = yield* emulator.addKey({ keySecret: secret, integrationId: "i1" })
        assert.match(key.keyId, /^int_/u)
        assert.deepStrictEqual(yield* info(yield* jwt(key.keyId, "integration")), { integrationId: "i1" })
        yield* emulator.addAccessToken(Redacted.make("of i2"), "i2")
        assert.deepStrictEqual(yield* info("Bearer of i2"), { integrationId: "i2" })
        // Adding it again says nothing new.
        yield* emulator.addAccessToken(Redacted.make("of i2"))
        assert.deepStrictEqual(yield* info("Bearer of i2"), { integrationId: "i2" })
        yield* call("POST", "/_emulator/access-tokens", {
          authorization: "",
          body: { accessToken: "t", integrationId: "i3" }
        })
        assert.deepStrictEqual(yield* info("Bearer t"), { integrationId: "i3" })
        yield* call("POST", "/_emulator/keys", {
          authorization: "",
          body: { keyId: "k", keySecret: Redacted.value(secret), integrationId: "i4" }
        })
        assert.deepStrictEqual(yield* info(yield* jwt("k", "integration")), { integrationId: "i4" })
        yield* emulator.reset
        assert.strictEqual((yield* call("GET", "/made-up/tokenInfo", { authorization: "Bearer of i2" })).status, 401)
      }))

    it.effect("tells of what happened, in order, with the app and the time", () =>
      Effect.gen(function*() {
        const emulator = yield* fresh
        yield* emulator.addKey({ keyId: "act_k", keySecret: secret })
        yield* call("POST", "users/ada/notes", { body: { text: "hello" } })
        yield* call("POST", "users/nobody/notes", { body: { text: "unheard" } })
        yield* call("GET", "/made-up/apps", { authorization: keyOf("act_k") })
        const events = yield* emulator.events
        assert.deepStrictEqual(events.map(({ appId, type }) => [type, appId]), [["note:create", "one"], [
          "apps:list",
          undefined
        ]])
        assert.nestedInclude(events[0], { "payload.note.text": "hello" })
        for (const { createdAt, id } of events) {
          assert.match(id, /^[0-9a-f]{24}$/u)
          assert.strictEqual(new Date(createdAt).toISOString(), createdAt)
        }
      }))

    const form = (...parts: ReadonlyArray<readonly [name: string, value: string | File]>) => {
      const form = new FormData()
      for (const [name, value] of parts) form.append(name, value)
      return form
    }

    const attach = Effect.fnUntraced(function*(change: (_: HttpClientRequest.HttpClientRequest) => typeof _) {
      const emulator = yield* Emulator
      const request = HttpClientRequest.post(`${emulator.url}/v2/apps/one/files`, {
        headers: { authorization: basic(emulator) }
      })
      const response = yield* HttpClient.execute(change(request))
      return { status: response.status, body: yield* response.json }
    })

    it.effect("with a form gets its fields and files", () =>
      Effect.gen(function*() {
        yield* fresh
        const file = new File([new Uint8Array([0, 255, 13, 10])], "ä \"1\".png", { type: "image/png" })
        const sent = form(["access", "public"], ["source", file])
        assert.deepStrictEqual(yield* attach(HttpClientRequest.bodyFormData(sent)), {
          status: 201,
          body: { fields: { access: "public" }, files: [{ name: file.name, type: "image/png", bytes: 4 }] }
        })
      }))

    it.effect("with a form takes one as large as it says, and is remembered without it", () =>
      Effect.gen(function*() {
        const emulator = yield* fresh
        const frame = (yield* Effect.promise(() => new Response(form(["source", new File([], "a")])).bytes())).length
        const sized = (bytes: number) => form(["source", new File([new Uint8Array(bytes - frame)], "a")])
        // A boundary has not always the same length.
        assert.strictEqual((yield* attach(HttpClientRequest.bodyFormData(sized(1_048_000)))).status, 201)
        assert.deepStrictEqual(yield* attach(HttpClientRequest.bodyFormData(sized(1_049_000))), {
          status: 413,
          body: envelope("payload_too_large", "Request body is larger than 1mb")
        })
        for (const { body } of yield* emulator.requests) assert.isAtMost(String(body).length, 102_401)
        // What is no form is as large as it ever was.
        assert.strictEqual(yield* status("POST", "users/ada/notes", { text: " ".repeat(102_401) }), 413)
      }))

    it.effect("with a form refuses what is none", () =>
      Effect.gen(function*() {
        yield* fresh
        const asForm = { headers: { "content-type": "multipart/form-data; boundary=x" } }
        const titleOf = (options: Parameters<typeof send>[2]) =>
          Effect.map(call("POST", "files", options), ({ body, status }) => [status, body])
        assert.deepStrictEqual(yield* titleOf({ text: "{}" }), [
          400,
          envelope("bad_request", "content-type: Expected multipart/form-data")
        ])
        assert.deepStrictEqual(yield* titleOf({}), [400, envelope("bad_request", "body: Missing")])
        for (const text of ["x", "--x", "--x\r\n\r\n", "--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--"]) {
          assert.deepStrictEqual(yield* titleOf({ ...asForm, text }), [
            400,
            envelope("bad_request", "body: Expected multipart/form-data")
          ])
        }
      }))
  })
})

describe("what happened", () => {
  it.effect("is remembered up to 16 MiB, the last of it", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      for (let i = 0; i < 200; i++) {
        yield* call("POST", "users/ada/notes", { body: { text: `${i} `.padEnd(100_000) } })
      }
      const events = yield* emulator.events
      assert.isAtMost(events.length, 167)
      assert.isAtLeast(events.length, 160)
      assert.include(JSON.stringify(events.at(-1)), "\"199 ")
    }).pipe(Effect.provide(transports[0]!.layer({ users: [{ externalId: "ada" }] }))))
})

describe("a resource", () => {
  it("does not compile without the behaviour of a row, with one that no row has, or with another answer", () => {
    type Notes = Behaviours<typeof NotesOperations, {}>
    const { clear, ...others } = notes.behaviours
    // @ts-expect-error Property 'clear' is missing
    const without: Notes = others
    // @ts-expect-error 'forget' does not exist
    const more: Notes = { clear, ...others, forget: clear }
    // @ts-expect-error Type 'number' is not assignable to type 'string'
    const other: Behaviours<typeof WorldOperations, {}>["getToken"] = () => ({ token: 1 })
    // @ts-expect-error Property 'app' does not exist
    const inApp: Behaviours<typeof WorldOperations, {}>["listApps"] = ({ app }) => ({ apps: app })
    assert.isDefined([without, more, other, inApp])
  })
})

const decodeNotes = Schema.decodeUnknownEffect(NotesOperations.list.success.schema)
