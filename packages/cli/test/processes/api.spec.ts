import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { prepared } from "./Prepared.ts"
import { accountOf, inShell, inTerminal, running, sunco, temporaryDirectory } from "./Sunco.ts"

const lines = (text: string) => text.split("\n").slice(0, -1).map((line) => line.split("\t"))

const done = { stderr: "", exitCode: 0 }

/** Takes requests, and answers none. */
const silentServer = Effect.acquireRelease(
  Effect.callback<{ readonly url: string; readonly asked: Promise<string | undefined>; readonly close: () => void }>(
    (resume) => {
      let tell: (authorization: string | undefined) => void = () => {}
      const asked = new Promise<string | undefined>((resolve) => {
        tell = resolve
      })
      const server = createServer(({ headers }) => tell(headers.authorization))
      server.listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo
        const close = () => {
          server.closeAllConnections()
          server.close()
        }
        resume(Effect.succeed({ url: `http://127.0.0.1:${port}`, asked, close }))
      })
    }
  ),
  ({ close }) => Effect.sync(close)
)

layer(Emulator.layer(), { excludeTestServices: true })("users", (it) => {
  it.effect("are made, read, changed and found, with tabs in a pipe", () =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      const made = yield* sunco(
        ["users", "create", "--external-id", "grace", "--given-name", "Grace", "-m", "plan=pro", "--to-be-retained"],
        { env }
      )
      assert.deepInclude(made, done)
      const fields = Object.fromEntries(lines(made.stdout))
      assert.deepInclude(fields, {
        "externalId": "grace",
        "toBeRetained": "true",
        "profile.givenName": "Grace",
        "metadata.plan": "pro"
      })
      const got = yield* sunco(["users", "get", "grace"], { env })
      assert.strictEqual(got.stdout, made.stdout)
      const changed = yield* sunco(
        ["users", "update", "grace", "--given-name", "", "--surname", "Hopper", "-d", "-", "--no-to-be-retained"],
        { env, stdin: "{\"metadata\":{\"visits\":3},\"profile\":{\"surname\":\"no\",\"locale\":\"en\"}}" }
      )
      const { "profile.givenName": givenName, ...others } = Object.fromEntries(lines(changed.stdout))
      assert.isUndefined(givenName)
      assert.deepInclude(others, {
        "profile.surname": "Hopper",
        "profile.locale": "en",
        "metadata.visits": "3",
        "metadata.plan": "pro",
        "toBeRetained": "false"
      })
      const found = yield* sunco(["users", "list", "ada@example.com"], { env })
      assert.deepStrictEqual(lines(found.stdout).map(([, ...cells]) => cells.slice(0, 2)), [["ada", "Ada Lovelace"]])
      assert.deepStrictEqual(yield* sunco(["users", "list", "nobody@example.com"], { env }), { ...done, stdout: "" })
      assert.deepStrictEqual(
        yield* sunco(["users", "list", "nobody@example.com", "--json"], { env }),
        { ...done, stdout: "[]\n" }
      )
    }))

  it.effect("are printed as they came, in one line of JSON", () =>
    Effect.gen(function*() {
      const { env, user } = yield* prepared
      const { stdout } = yield* sunco(["users", "get", "ada", "--json"], { env })
      assert.strictEqual(stdout.trimEnd().split("\n").length, 1)
      assert.deepStrictEqual(JSON.parse(stdout), JSON.parse(JSON.stringify(user)))
      assert.deepStrictEqual(JSON.parse(stdout).ofTomorrow, { a: null })
      // What is not as documented is there, too.
      const { faults } = yield* Emulator
      yield* faults.next(Fault.mistypedBody({ path: ["user", "signedUpAt"], value: 5 }))
      const odd = yield* sunco(["users", "get", "ada", "--json"], { env })
      assert.strictEqual(JSON.parse(odd.stdout).signedUpAt, 5)
      yield* faults.next(Fault.mistypedBody({ path: ["user", "signedUpAt"], value: 5 }))
      assert.include((yield* sunco(["users", "get", "ada"], { env })).stdout, "\nsignedUpAt\t5\n")
    }))

  it.effect("have names that drive no terminal", () =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      const name = "\x1b]0;owned\x07\u202eevil"
      yield* sunco(["users", "create", "--external-id", "eve", "--given-name", name], { env })
      const { stdout } = yield* sunco(["users", "get", "eve"], { env })
      assert.include(stdout, "profile.givenName\t\\x1b]0;owned\\x07\\u202eevil\n")
      const asJson = (yield* sunco(["users", "get", "eve", "--json"], { env })).stdout
      assert.notMatch(asJson.trimEnd(), /\p{Cc}|\u202e/u)
      assert.strictEqual(JSON.parse(asJson).profile.givenName, name)
      const refused = yield* sunco(["users", "delete", "eve"], { env })
      assert.include(refused.stderr, "(\\x1b]0;owned\\x07\\u202eevil, externalId eve)")
    }))

  it.effect("are deleted by id, once somebody has said so", () =>
    Effect.gen(function*() {
      const { env, user } = yield* prepared
      const emulator = yield* Emulator
      assert.deepStrictEqual(yield* sunco(["users", "delete", "ada"], { env }), {
        stdout: "",
        stderr:
          `error: Delete the user ${user.id} (Ada Lovelace, ada@example.com, externalId ada) with all conversations: ` +
          "not without --yes, as nobody can be asked here; nothing was done\n",
        exitCode: 2
      })
      const erased = yield* sunco(["users", "erase", "ada", "-y"], { env })
      assert.deepInclude(erased, done)
      assert.notInclude(erased.stdout, "Lovelace")
      const deleted = yield* sunco(["users", "delete", "ada", "--yes", "--json"], { env })
      assert.deepInclude(JSON.parse(deleted.stdout), { id: user.id, externalId: "ada" })
      assert.deepInclude(deleted, { stderr: `deleted the user ${user.id} (externalId ada)\n`, exitCode: 0 })
      const sent = (yield* emulator.requests).filter(({ method }) => method === "DELETE").map(({ path }) => path)
      assert.deepStrictEqual(sent.slice(-2), [
        `/v2/apps/${emulator.appId}/users/${user.id}/personalinformation`,
        `/v2/apps/${emulator.appId}/users/${user.id}`
      ])
      assert.deepStrictEqual(yield* sunco(["users", "get", "ada"], { env }), {
        stdout: "",
        stderr: "error: Users.get: the user does not exist\n",
        exitCode: 3
      })
    }))

  it.effect("are refused where they cannot be right, and nothing is sent", () =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      const emulator = yield* Emulator
      const before = (yield* emulator.requests).length
      const refused = Effect.fnUntraced(function*(pattern: RegExp, ...args: ReadonlyArray<string>) {
        const { exitCode, stderr, stdout } = yield* sunco(args, { env })
        assert.match(stderr, pattern)
        assert.strictEqual(stderr.split("\n").length, 2)
        assert.deepStrictEqual({ exitCode, stdout }, { exitCode: 2, stdout: "" })
      })
      yield* refused(/profile\.email: expected an e-mail address/, "users", "create", "--email", "ada")
      yield* refused(/: expected name=value; nothing was sent$/m, "users", "create", "-m", "plan")
      yield* refused(/--data is no JSON/, "users", "create", "-d", "{")
      yield* refused(/--data is no object/, "users", "create", "-d", "[]")
      yield* refused(/@?none cannot be read \(NotFound\)/, "users", "create", "-d", "@none")
      yield* refused(/USER is missing/, "users", "get")
      yield* refused(/--limit "x": expected a number; `sunco /, "messages", "list", "a", "-n", "x")
      yield* refused(/--limit without a value: expected a number; /, "messages", "list", "a", "-n")
      yield* refused(
        /--mode "foo": expected "create" or "upsert" or "getOrCreate"; `sunco bulk import --help`/,
        "bulk",
        "import",
        "a.ndjson",
        "--job",
        "a",
        "--mode",
        "foo"
      )
      yield* refused(/SHELL "fsh": expected "bash" or "zsh" or "fish"; /, "completion", "fsh")
      yield* refused(/"b": more arguments than it takes; `sunco users get --help`/, "users", "get", "a", "b")
      assert.strictEqual((yield* emulator.requests).length, before)
    }))
})

layer(Emulator.layer(), { excludeTestServices: true })("conversations and messages", (it) => {
  it.effect("are listed, the newest messages in the order in which they came", () =>
    Effect.gen(function*() {
      const { env, user } = yield* prepared
      const { CONVERSATION } = env
      const listed = yield* sunco(["conversations", "list", "--user", user.id], { env })
      assert.deepStrictEqual(lines(listed.stdout).map((cells) => cells.slice(0, 3)), [[
        CONVERSATION,
        "personal",
        "Tea"
      ]])
      const made = yield* sunco(["conversations", "create", "--external-id", "ada", "--json"], { env })
      const { id } = JSON.parse(made.stdout)
      assert.strictEqual(JSON.parse((yield* sunco(["conversations", "get", id, "--json"], { env })).stdout).id, id)
      const posted = yield* sunco(["messages", "post", CONVERSATION, "-"], { env, stdin: "One moment\n" })
      assert.deepStrictEqual(lines(posted.stdout).map(([, , by, , text]) => [by, text]), [["business", "One moment"]])
      const newest = yield* sunco(["messages", "list", CONVERSATION, "-n", "2"], { env })
      assert.strictEqual(newest.stderr, "there are more: --limit says how many are printed\n")
      assert.deepStrictEqual(lines(newest.stdout).map((cells) => cells.at(-1)), ["Good\\nmorning", "One moment"])
      const [[first = ""] = []] = lines((yield* sunco(["messages", "list", CONVERSATION], { env })).stdout)
      const after = yield* sunco(["messages", "list", CONVERSATION, "--after", first, "--json"], { env })
      assert.deepStrictEqual(
        JSON.parse(after.stdout).map(({ content }: { readonly content: { readonly text: string } }) => content.text),
        ["Good\nmorning", "One moment"]
      )
      assert.deepStrictEqual(yield* sunco(["conversations", "get", "6b095f4c5c0ffee5c0ffffff"], { env }), {
        stdout: "",
        stderr: "error: Conversations.get: the conversation does not exist\n",
        exitCode: 3
      })
    }))

  it.effect("are asked for as far as they are printed: no page behind it, which may fail", () =>
    Effect.gen(function*() {
      const { env, user } = yield* prepared
      const { requests } = yield* Emulator
      yield* sunco(["conversations", "create", "--user", user.id], { env })
      for (const args of [["conversations", "list", "--user", user.id], ["messages", "list", env.CONVERSATION]]) {
        const before = (yield* requests).length
        const listed = yield* sunco([...args, "-n", "1"], { env })
        assert.deepInclude(listed, { stderr: "there are more: --limit says how many are printed\n", exitCode: 0 })
        assert.deepStrictEqual([lines(listed.stdout).length, (yield* requests).length - before], [1, 1])
      }
      const all = yield* sunco(["conversations", "list", "--user", user.id, "-n", "2"], { env })
      assert.deepStrictEqual([lines(all.stdout).length, all.stderr], [2, ""])
    }))

  it.effect("are followed: each message once, also through a network that was away, until Ctrl-C", () =>
    Effect.scoped(Effect.gen(function*() {
      const { env } = yield* prepared
      const emulator = yield* Emulator
      const args = ["messages", "tail", env.CONVERSATION, "-n", "1", "--interval", "0.2"]
      const tail = yield* running([...args, "--json"], { env })
      yield* tail.until("Good\\nmorning")
      yield* sunco(["messages", "post", env.CONVERSATION, "first"], { env })
      yield* tail.until("first")
      yield* emulator.faults.add(Fault.status(503), { times: 4, when: { method: "GET" } })
      yield* sunco(["messages", "post", env.CONVERSATION, "second"], { env })
      yield* tail.until("second")
      yield* tail.kill("SIGINT")
      const { exitCode, stderr, stdout } = yield* tail.ended
      assert.strictEqual(exitCode, 130)
      assert.match(stderr, /^warning: Messages\.list: the vendor failed \(503.*; trying again\n$/)
      const texts = stdout.trimEnd().split("\n").map((line) => JSON.parse(line).content.text)
      assert.deepStrictEqual(texts, ["Good\nmorning", "first", "second"])
    })))

  it.effect("end with their reader", () =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      const ended = yield* inShell(
        "sunco messages tail $CONVERSATION --interval 0.2 | head -1 > /dev/null & sleep 1; " +
          "sunco messages post $CONVERSATION x > /dev/null; wait; echo ended",
        { env }
      )
      assert.deepStrictEqual(ended, { ...done, stdout: "ended\n" })
    }))
})

layer(Emulator.layer(), { excludeTestServices: true })("integrations and webhooks", (it) => {
  it.effect("are listed without secrets, unless they are asked for", () =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      const listed = yield* sunco(["integrations", "list", "--type", "custom"], { env })
      assert.deepStrictEqual(lines(listed.stdout).map(([, ...cells]) => cells), [
        ["custom", "active", "Ours"],
        ["custom", "active", "Free"]
      ])
      const webhooks = ["webhooks", "list", env.INTEGRATION]
      const shown = yield* sunco([...webhooks, "--json", "--show-secret"], { env })
      const [{ secret }] = JSON.parse(shown.stdout)
      assert.strictEqual(secret, "secret_of_the_webhook")
      for (const args of [webhooks, [...webhooks, "--json"], ["integrations", "list", "--json"]]) {
        const { stderr, stdout } = yield* sunco(args, { env })
        assert.notInclude(stdout + stderr, secret)
      }
    }))

  it.effect("have a secret that goes to a file of one's own, which is there before the webhook", () =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      const home = yield* temporaryDirectory
      const file = join(home, "secret")
      const create = (...more: ReadonlyArray<string>) =>
        sunco(
          ["webhooks", "create", env.FREE, "--target", env.TO, "--trigger", "user:remove", ...more],
          { env, cwd: home }
        )
      assert.deepInclude(yield* create("--secret-file", "none/secret"), {
        stderr: "error: --secret-file none/secret: it cannot be made (NotFound); nothing was sent\n",
        exitCode: 2
      })
      const made = yield* create("--secret-file", "secret", "--trigger", "user:merge")
      assert.deepInclude(made, done)
      assert.strictEqual(statSync(file).mode & 0o777, 0o600)
      const secret = readFileSync(file, "utf8").trimEnd()
      assert.match(secret, /^secret_/)
      assert.notInclude(made.stdout, secret)
      assert.deepInclude(yield* create("--secret-file", "secret"), {
        stderr: "error: --secret-file secret: it is there already; nothing was sent\n",
        exitCode: 2
      })
      const other = join(home, "other")
      const refused = yield* sunco(
        ["webhooks", "create", "none", "--target", env.TO, "--trigger", "x", "--secret-file", other],
        { env }
      )
      assert.strictEqual(refused.exitCode, 3, refused.stderr)
      assert.isFalse(existsSync(other))
    }))

  it.effect("are deleted once somebody has said so", () =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      const remove = ["webhooks", "delete", env.INTEGRATION, env.WEBHOOK]
      assert.include(
        (yield* sunco(remove, { env })).stderr,
        "(http://127.0.0.1:9/hooks, user:remove): not without --yes"
      )
      assert.deepStrictEqual(yield* sunco([...remove, "--yes"], { env }), {
        stdout: "",
        stderr: `deleted the webhook ${env.WEBHOOK} (http://127.0.0.1:9/hooks, user:remove)\n`,
        exitCode: 0
      })
      assert.deepStrictEqual(yield* sunco(["webhooks", "list", env.INTEGRATION], { env }), { ...done, stdout: "" })
      assert.deepInclude(yield* sunco([...remove, "--yes"], { env }), { exitCode: 3 })
    }))
})

layer(Emulator.layer({ keyId: "act_mine" }), { excludeTestServices: true })("request", (it) => {
  it.effect("sends what it is told, and prints the answer", () =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      const got = yield* sunco(["request", "GET", "/v2/apps/{appId}/users?filter[identities.email]=ada@example.com"], {
        env
      })
      assert.deepStrictEqual(
        JSON.parse(got.stdout).users.map(({ externalId }: { readonly externalId: string }) => externalId),
        ["ada"]
      )
      const query = ["request", "GET", "v2/apps/{appId}/users", "-q", "filter[identities.email]=ada@example.com"]
      assert.strictEqual((yield* sunco(query, { env })).stdout, got.stdout)
      const removed = yield* sunco(["request", "DELETE", "/v2/apps/{appId}/users/ada"], { env })
      assert.deepStrictEqual(removed, { ...done, stdout: "{}\n" })
      assert.deepStrictEqual(yield* sunco(["request", "GET", "/v2/apps/{appId}/users/ada"], { env }), {
        stdout: "",
        stderr: "error: Users.get: 404 user_not_found: User not found\n",
        exitCode: 3
      })
    }))

  it.effect("hides the secret that the API has just made, and nothing that is none", () =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      yield* sunco(["users", "update", "ada", "-m", "token=of-hers"], { env })
      const got = yield* sunco(["request", "GET", "/v2/apps/{appId}/users/ada"], { env })
      assert.strictEqual(JSON.parse(got.stdout).user.metadata.token, "of-hers")
      const create = ["request", "POST", "/v2/apps/{appId}/keys", "-d", "{\"displayName\":\"ours\"}"]
      const hidden = yield* sunco(create, { env })
      assert.strictEqual(JSON.parse(hidden.stdout).key.secret, "<redacted>")
      const shown = yield* sunco([...create, "--show-secret"], { env })
      assert.notInclude(shown.stdout, "<redacted>")
      assert.isString(JSON.parse(shown.stdout).key.secret)
      const home = yield* temporaryDirectory
      const toFile = [...create, "--secret-file", "key.json"]
      const kept = yield* sunco(toFile, { env, cwd: home })
      assert.strictEqual(JSON.parse(kept.stdout).key.secret, "<redacted>")
      const file = join(home, "key.json")
      assert.strictEqual(statSync(file).mode & 0o777, 0o600)
      assert.deepStrictEqual(
        { ...JSON.parse(readFileSync(file, "utf8")).key, secret: "<redacted>" },
        JSON.parse(kept.stdout).key
      )
      assert.notStrictEqual(JSON.parse(readFileSync(file, "utf8")).key.secret, "<redacted>")
      // Nothing is made whose secret would go where something is.
      const { requests } = yield* Emulator
      const before = (yield* requests).length
      assert.deepInclude(yield* sunco(toFile, { env, cwd: home }), {
        stderr: "error: --secret-file key.json: it is there already; nothing was sent\n",
        exitCode: 2
      })
      assert.strictEqual((yield* requests).length, before)
      const refused = ["request", "POST", "/v2/apps/{appId}/keys", "-d", "{}", "--secret-file", "other"]
      assert.notStrictEqual((yield* sunco(refused, { env, cwd: home })).exitCode, 0)
      assert.isFalse(existsSync(join(home, "other")))
    }))

  it.effect("uploads a file", () =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      const home = yield* temporaryDirectory
      writeFileSync(join(home, "tea.txt"), "tea")
      const upload = ["request", "POST", "/v2/apps/{appId}/attachments"]
      const made = yield* sunco([...upload, "-q", "access=public", "--file", "tea.txt"], { env, cwd: home })
      assert.deepInclude(made, done)
      assert.isString(JSON.parse(made.stdout).attachment.mediaUrl)
      assert.deepInclude(yield* sunco(upload, { env }), {
        stderr: "error: this uploads a file: --file names it; nothing was sent\n",
        exitCode: 2
      })
    }))

  it.effect("sends again what the client's method would, after an answer that says nothing", () =>
    Effect.gen(function*() {
      const { env, user } = yield* prepared
      const { faults, requests } = yield* Emulator
      const users = "/v2/apps/{appId}/users"
      const conversation = `/v2/apps/{appId}/conversations/${env.CONVERSATION}`
      const typing = JSON.stringify({ type: "typing:start", author: { type: "business" } })
      const read = JSON.stringify({ type: "conversation:read", author: { type: "user", userId: user.id } })
      const cases = [
        [["GET", `${users}/ada`], Fault.status(503), 2, 0],
        [["POST", `${conversation}/activity`, "-d", typing], Fault.status(503), 2, 0],
        [["POST", `${conversation}/activity`, "-d", read], Fault.status(503), 1, 5],
        [
          ["PATCH", `${users}/ada`, "-d", "{\"metadata\":{\"plan\":\"pro\"}}"],
          Fault.status(503, { applied: true }),
          2,
          0
        ],
        // That nobody is there any more is what was asked for.
        [["DELETE", `${users}/${user.id}`], Fault.status(503, { applied: true }), 2, 0],
        [["DELETE", `${users}/${user.id}`], undefined, 1, 3],
        // Whether it is theirs, who is there, is for them to see.
        [["POST", users, "-d", "{\"externalId\":\"bob\"}"], Fault.status(503, { applied: true }), 2, 5],
        [["POST", users, "-d", "{\"externalId\":\"eve\"}"], Fault.status(503), 2, 0],
        [["POST", users], Fault.status(503), 1, 5],
        [["POST", `${conversation}/messages`, "-d", "{}"], Fault.status(503), 1, 5],
        [["POST", `${conversation}/join`, "-d", "{}"], Fault.status(503), 1, 5],
        [["PUT", "/v2/apps/{appId}/nothing", "-d", "{}"], Fault.status(503), 1, 5],
        [["GET", "/v2/apps/{appId}/nothing"], Fault.status(503), 2, 3]
      ] as const
      for (const [args, fault, sent, code] of cases) {
        const before = (yield* requests).length
        if (fault !== undefined) yield* faults.next(fault)
        const { exitCode, stderr, stdout } = yield* sunco(["request", ...args], { env })
        assert.deepStrictEqual([args, (yield* requests).length - before, exitCode], [args, sent, code], stderr)
        if (code === 5) assert.match(stderr, /; look whether it was done before you repeat it\n$/)
        if (args[0] === "DELETE" && code === 0) assert.strictEqual(stdout, "{}\n")
      }
    }))

  it.effect("refuses what is no request of the account", () =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      for (const path of ["https://example.com/v2", "/v2/apps/{appId}/users/{userId}", "/v2/%zz", "/v2/../x"]) {
        const { exitCode, stderr } = yield* sunco(["request", "GET", path], { env })
        assert.strictEqual(exitCode, 2, stderr)
      }
    }))
})

layer(Emulator.layer(), { excludeTestServices: true })("what goes wrong", (it) => {
  it.effect("has exit code 5 where a write may have been applied, and says so", () =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      const { faults } = yield* Emulator
      yield* faults.next(Fault.cutAfterApplied)
      const posted = yield* sunco(["messages", "post", env.CONVERSATION, "once", "--json"], { env })
      assert.deepInclude(posted, { stdout: "", exitCode: 5 })
      const { error } = JSON.parse(posted.stderr)
      assert.deepInclude(error, { kind: "maybe-applied", hint: "look whether it was done before you repeat it" })
    }))

  it.effect("is a mistake of the settings where the key is wrong or of another scope", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const env = { ...accountOf(emulator), SUNCO_KEY_SECRET: "wr0ng" }
      const { exitCode, stderr } = yield* sunco(["users", "get", "ada"], { env })
      assert.strictEqual(exitCode, 4)
      assert.match(stderr, /401 unauthorized.*; the key or its secret is wrong, or was revoked\n$/)
      assert.notInclude(stderr, "wr0ng")
    }))

  it.effect("is told where the network is dead", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const env = { ...accountOf(emulator), SUNCO_BASE_URL: "http://127.0.0.1:1" }
      const { exitCode, stderr, stdout } = yield* sunco(["users", "get", "ada"], { env })
      assert.deepStrictEqual({ exitCode, stdout }, { exitCode: 1, stdout: "" })
      assert.match(
        stderr,
        /^error: Users\.get: no answer from 127\.0\.0\.1:1 \(ECONNREFUSED\).*; nothing listens there: see the base URL\n$/
      )
    }))

  it.effect("is told of settings by the names of their source, and of no other", () =>
    Effect.scoped(Effect.gen(function*() {
      const emulator = yield* Emulator
      const server = yield* silentServer
      const home = yield* temporaryDirectory
      const { SUNCO_APP_ID, SUNCO_BASE_URL, SUNCO_KEY_ID, SUNCO_KEY_SECRET } = accountOf(emulator)
      const login = [
        "login",
        "-p",
        "work",
        "--app-id",
        SUNCO_APP_ID,
        "--base-url",
        SUNCO_BASE_URL,
        "--key-id",
        SUNCO_KEY_ID
      ]
      yield* sunco([...login, "--with-secret"], { env: { XDG_CONFIG_HOME: home }, stdin: SUNCO_KEY_SECRET })
      const env = { XDG_CONFIG_HOME: home, SUNCO_BASE_URL: server.url }
      const mixed = yield* sunco(["users", "get", "ada"], { env })
      assert.strictEqual(mixed.exitCode, 4)
      assert.match(
        mixed.stderr,
        /SUNCO_APP_ID .*SUNCO_KEY_ID .*; the environment has SUNCO_BASE_URL, so that all settings are from there\n$/
      )
      // The key of the profile went nowhere.
      const asked = yield* Effect.promise(() => Promise.race([server.asked, Promise.resolve("nobody")]))
      assert.strictEqual(asked, "nobody")
      const named = yield* sunco(["users", "list", "nobody@example.com", "-p", "work"], { env })
      assert.deepStrictEqual(named, { ...done, stdout: "" })
      assert.deepInclude(yield* sunco(["users", "get", "ada", "-p", "other"], { env }), {
        stderr: "error: there is no profile other; `sunco login --profile other` makes it\n",
        exitCode: 4
      })
    })))

  it.effect("is told of a command that should give the secret", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const home = yield* temporaryDirectory
      const { SUNCO_APP_ID, SUNCO_BASE_URL, SUNCO_KEY_ID, SUNCO_KEY_SECRET } = accountOf(emulator)
      writeFileSync(join(home, "kept"), SUNCO_KEY_SECRET)
      const env = { XDG_CONFIG_HOME: home }
      const account = ["login", "--app-id", SUNCO_APP_ID, "--base-url", SUNCO_BASE_URL, "--key-id", SUNCO_KEY_ID]
      const login = (name: string, command: string) =>
        sunco(
          account.concat("-p", name, "--credentials-command", command),
          { env }
        )
      assert.deepInclude(yield* login("vault", `cat '${home}/kept'`), { exitCode: 0 })
      assert.notInclude(readFileSync(join(home, "sunco/profiles.json"), "utf8"), SUNCO_KEY_SECRET)
      assert.deepInclude(yield* sunco(["users", "list", "nobody@example.com"], { env }), { ...done, stdout: "" })
      for (
        const [command, problem] of [
          ["echo out; exit 3", "ended with 3"],
          ["kill -9 $$", "was ended by a signal"],
          ["true", "printed nothing"]
        ] as const
      ) {
        const { exitCode, stderr } = yield* login("broken", command)
        assert.strictEqual(exitCode, 4)
        assert.include(stderr, `the credentialsCommand of the profile broken ${problem}`)
      }
      // Who interrupts it means this process as well.
      for (const command of ["kill -INT $$", "exit 130"]) {
        assert.deepInclude(yield* login("broken", command), { exitCode: 130, stderr: "" })
      }
    }))
})

describe("Ctrl-C", () => {
  it.live.each<[string, ReadonlyArray<string>, string]>([
    ["a read", ["users", "get", "ada"], ""],
    [
      "a write",
      ["users", "create", "--external-id", "ada"],
      "interrupted: look whether it was done before you repeat it\n"
    ]
  ])("ends %s at once, with 130", ([, args, stderr]) =>
    Effect.scoped(Effect.gen(function*() {
      const server = yield* silentServer
      const env = { SUNCO_APP_ID: "a", SUNCO_BASE_URL: server.url, SUNCO_KEY_ID: "app_a", SUNCO_KEY_SECRET: "s" }
      const command = yield* running(args, { env })
      yield* Effect.promise(() => server.asked)
      yield* command.kill("SIGINT")
      assert.deepStrictEqual(yield* command.ended, { stdout: "", stderr, exitCode: 130 })
    })))
})

layer(Emulator.layer(), { excludeTestServices: true })("a person at a terminal of 80 columns", (it) => {
  const seen = (args: ReadonlyArray<string>, env: Readonly<Record<string, string>>) =>
    Effect.scoped(Effect.gen(function*() {
      const terminal = yield* inTerminal(args, { env })
      const { exitCode, stdout } = yield* terminal.ended
      return { exitCode, text: stdout.replaceAll("\r\n", "\n") }
    }))

  it.effect("sees columns below each other, and a head where there is color or not", () =>
    Effect.gen(function*() {
      const { env, user } = yield* prepared
      yield* sunco(
        ["users", "update", "ada", "--surname", "Lovelace, whose name is too long for a line of a terminal"],
        { env }
      )
      const plain = yield* seen(["users", "list", "ada@example.com"], { ...env, NO_COLOR: "1" })
      assert.deepStrictEqual(plain, {
        exitCode: 0,
        text: `id                        externalId  name              signedUpAt
${user.id}  ada         Ada Lovelace, w…  ${user.signedUpAt}
`
      })
      const colored = yield* seen(["users", "list", "ada@example.com"], env)
      assert.strictEqual(colored.text, plain.text.replace(/^(.*)$/m, "\x1b[2m$1\x1b[22m"))
      const fields = yield* seen(["users", "get", "ada"], env)
      assert.include(fields.text, `id                  ${user.id}\nexternalId          ada\n`)
      const json = yield* seen(["users", "get", "ada", "--json"], env)
      assert.include(json.text, `{\n  "id": "${user.id}",\n`)
      const messages = yield* seen(["messages", "list", env.CONVERSATION], { ...env, NO_COLOR: "1" })
      assert.match(
        messages.text,
        /^id +received +author +text\n\w{24}  \S+Z  Ada       Hello\n\w{24}  \S+Z  business  Good\\nmorning\n$/
      )
      const text = "What is said may be longer than a line of a terminal"
      const posted = yield* seen(["messages", "post", env.CONVERSATION, text], { ...env, NO_COLOR: "1" })
      assert.match(posted.text, /\n\w{24}  \S+Z  business  What is said.*…\n$/)
      for (const line of posted.text.split("\n")) assert.isAtMost(line.length, 80)
    }))

  it.effect("is asked before something is deleted, and may say no", () =>
    Effect.scoped(Effect.gen(function*() {
      const { env, user } = yield* prepared
      const emulator = yield* Emulator
      const deleted = Effect.map(emulator.requests, (all) =>
        all.filter(({ operation }) => operation === "Users.delete").length)
      const before = yield* deleted
      const ask = Effect.fnUntraced(function*(keys: string) {
        const terminal = yield* inTerminal(["users", "delete", "ada"], { env: { ...env, NO_COLOR: "1" } })
        yield* terminal.until(`Delete the user ${user.id} (Ada Lovelace, ada@example.com, externalId ada)`)
        yield* terminal.type(keys)
        return yield* terminal.ended
      })
      const no = yield* ask("n")
      assert.strictEqual(no.exitCode, 1)
      assert.include(no.stdout, "error: not confirmed; nothing was done")
      assert.strictEqual((yield* ask("\r")).exitCode, 1)
      assert.strictEqual((yield* ask("\x03")).exitCode, 130)
      assert.strictEqual(yield* deleted, before)
      const yes = yield* ask("y")
      assert.strictEqual(yes.exitCode, 0, yes.stdout)
      assert.strictEqual(yield* deleted, before + 1)
    })))

  it.effect("sees errors in color, unless NO_COLOR says none", () =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      assert.deepStrictEqual(yield* seen(["users", "get", "x"], { ...env, NO_COLOR: "1" }), {
        exitCode: 3,
        text: "error: Users.get: the user does not exist\n"
      })
      assert.include((yield* seen(["users", "get", "x"], env)).text, "\x1b[31merror:\x1b[39m ")
      // Node has an opinion of its own on both, and would say so.
      const both = yield* sunco(["users", "get", "x"], { env: { ...env, NO_COLOR: "1", FORCE_COLOR: "1" } })
      assert.strictEqual(both.stderr, "error: Users.get: the user does not exist\n")
    }))
})
