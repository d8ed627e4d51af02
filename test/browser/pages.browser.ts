import { assert, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { createServer } from "node:http"
import { type AddressInfo } from "node:net"
import { Chromium, type Tab } from "./Chromium.ts"

const hostile = [
  "<img src=x onerror=\"globalThis.hit = 1\">",
  "</script><script>globalThis.hit = 1</script>",
  "</textarea></pre><svg onload=\"globalThis.hit = 1\">",
  "[click](javascript:globalThis.hit=1)",
  "`<iframe srcdoc=\"<script>parent.hit = 1</script>\">`"
]

const emulator = Layer.fresh(Emulator.layer())

/** The page has asked nobody but the emulator, and nothing ran in it that is not its own. */
const keptToItself = Effect.fnUntraced(function*(tab: Tab) {
  const { url } = yield* Emulator
  assert.isAbove(tab.asked().length, 0)
  // `data:` is in the page.
  assert.deepStrictEqual(tab.asked().filter((asked) => !asked.startsWith(`${url}/`) && !asked.startsWith("data:")), [])
  assert.isNull(yield* tab.evaluate("globalThis.hit ?? null"))
  assert.deepStrictEqual(tab.complaints(), [])
})

/** Into Swagger's dialog, as a person does. */
const authorize = Effect.fnUntraced(function*(tab: Tab) {
  const { keyId, keySecret } = yield* Emulator
  yield* tab.click(".auth-wrapper .authorize")
  yield* tab.type("#auth-basic-username", keyId)
  yield* tab.type("#auth-basic-password", Redacted.value(keySecret))
  yield* tab.click(".modal-ux .auth-container:has(#auth-basic-username) .modal-btn.auth.authorize")
  yield* tab.until("document.querySelector('#auth-basic-username') === null")
  yield* tab.click(".modal-ux .auth-container:has(h6) .btn-done")
})

const opened = Effect.fnUntraced(function*(path: string) {
  const tab = yield* (yield* Chromium).tab
  yield* tab.open(`${(yield* Emulator).url}${path}`)
  return tab
})

const operationsOf = Effect.fnUntraced(function*(tab: Tab) {
  yield* tab.until("document.querySelector('.opblock') !== null")
  return (yield* tab.evaluate(
    "Array.from(document.querySelectorAll('.opblock'), ({ id }) => id)"
  )) as ReadonlyArray<string>
})

/** An id has dots and backslashes in it. */
const block = (id: string) => `[id=${JSON.stringify(id)}]`

/** The operations in the order of the document at this path, in which the examples work; the page groups them by resource. */
const inOrderOf = Effect.fnUntraced(function*(tab: Tab, document: string) {
  const ids = yield* operationsOf(tab)
  const order = (yield* tab.evaluate(
    `fetch("${document}").then((response) => response.json()).then(({ paths }) =>
      Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId)))`
  )) as ReadonlyArray<string>
  const ordered = order.flatMap((operationId) =>
    ids.filter((id) => id.replaceAll("\\", "").endsWith(`-${operationId}`))
  )
  assert.sameMembers(ordered, [...ids])
  return ordered
})

/** Chooses a file where the operation takes one. */
const chooseFile = (tab: Tab, id: string) =>
  tab.evaluate(`(() => {
    const input = document.querySelector(${JSON.stringify(`${block(id)} input[type=file]`)})
    if (input === null) return
    const chosen = new DataTransfer()
    chosen.items.add(new File(["Tea"], "tea.txt", { type: "text/plain" }))
    input.files = chosen.files
    input.dispatchEvent(new Event("change", { bubbles: true }))
  })()`)

/** Opens the operation and makes its fields writable. */
const tryOut = Effect.fnUntraced(function*(tab: Tab, id: string) {
  yield* tab.click(`${block(id)} .opblock-summary-control`)
  yield* tab.click(`${block(id)} .try-out__btn`)
})

/** Sends the request, and gives the status of the answer that the page shows. */
const execute = Effect.fnUntraced(function*(tab: Tab, id: string) {
  const clear = `${block(id)} .btn-clear`
  // Or the answer of the request before is taken for this one's.
  if (yield* tab.evaluate(`document.querySelector(${JSON.stringify(clear)}) !== null`)) yield* tab.click(clear)
  yield* tab.click(`${block(id)} .execute`)
  const status = `document.querySelector(${
    JSON.stringify(`${block(id)} .live-responses-table .response .response-col_status`)
  })`
  yield* tab.until(`${status} !== null`)
  return Number.parseInt(String(yield* tab.evaluate(`${status}.textContent`)), 10)
})

const textOf = (tab: Tab, list: string) =>
  tab.evaluate(`document.querySelector('[data-list="${list}"] .rows')?.textContent ?? ""`)

layer(Chromium.layer, { excludeTestServices: true })("the emulator's pages in a browser", (it) => {
  it.effect("a user who is created from the one appears in the other, which is not loaded again", () =>
    Effect.gen(function*() {
      const live = yield* opened("/")
      yield* live.until("document.querySelector('#state').textContent === 'live'")
      yield* live.evaluate("globalThis.isStillThere = true")
      const swagger = yield* opened("/docs")
      const [create] = yield* inOrderOf(swagger, "/openapi.json")
      assert.include(create, "CreateUser")

      yield* tryOut(swagger, create!)
      assert.strictEqual(yield* execute(swagger, create!), 401)
      yield* live.until("document.querySelector('[data-list=Requests] .rows').textContent.includes('401')")
      yield* authorize(swagger)
      yield* swagger.type(
        `${block(create!)} textarea.body-param__text`,
        JSON.stringify({ externalId: "typed-by-hand" })
      )
      assert.strictEqual(yield* execute(swagger, create!), 201)

      yield* live.until("document.querySelector('[data-list=Users] .rows').textContent.includes('typed-by-hand')")
      assert.isTrue(yield* live.evaluate("globalThis.isStillThere"))
      const { keyId, keySecret, requests, stored } = yield* Emulator
      assert.deepStrictEqual((yield* stored("Users")).map(({ externalId }) => externalId), ["typed-by-hand"])
      // Nothing that a browser asks for by itself, such as an icon.
      assert.deepStrictEqual((yield* requests).map(({ operation, status }) => [operation, status]), [
        ["Users.create", 401],
        ["Users.create", 201]
      ])
      const shown = String(yield* textOf(live, "Requests"))
      assert.include(shown, `Basic ${keyId}:<redacted>`)
      assert.notInclude(shown, Redacted.value(keySecret))
      assert.notInclude(shown, btoa(`${keyId}:${Redacted.value(keySecret)}`))
      yield* keptToItself(live)
      yield* keptToItself(swagger)
    }).pipe(Effect.provide(emulator)))

  it.effect("the examples of the emulator's own document and of users work, when they are sent from the first to the last", () =>
    Effect.gen(function*() {
      const live = yield* opened("/")
      const sent: Array<readonly [string, number]> = []
      for (const path of ["/_emulator/", "/"]) {
        const swagger = yield* opened(`${path}docs`)
        const ids = (yield* inOrderOf(swagger, `${path}openapi.json`))
          // Other resources need other credentials, and `packages/emulator/test/pages.test.ts` sends them all.
          .filter((id) => path !== "/" || id.startsWith("operations-Users-"))
        if (path === "/") yield* authorize(swagger)
        for (const id of ids) {
          yield* tryOut(swagger, id)
          yield* chooseFile(swagger, id)
          sent.push([id, yield* execute(swagger, id)])
          // Or the page renders all that is open with every key.
          yield* swagger.click(`${block(id)} .opblock-summary-control`)
        }
        yield* keptToItself(swagger)
      }
      assert.deepStrictEqual(sent.filter(([, status]) => status < 200 || status > 299), [])
      assert.isAbove(sent.length, 10)
      yield* live.until("document.querySelector('[data-list=Requests] .rows').textContent.includes('201')")
      yield* keptToItself(live)
    }).pipe(Effect.provide(emulator)))

  it.effect("faults appear while they wait, and are gone when they have struck", () =>
    Effect.gen(function*() {
      const live = yield* opened("/")
      const { appId, url } = yield* Emulator
      const post = (path: string, body: unknown) =>
        Effect.promise(() =>
          fetch(url + path, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(body)
          })
        )
      yield* post("/_emulator/faults", { faults: [{ fault: { _tag: "Status", status: 503 }, times: 1 }] })
      yield* live.until("document.querySelector('[data-list=Faults] .rows').textContent.includes('Status')")
      yield* post(`/v2/apps/${appId}/users`, {})
      yield* live.until("document.querySelector('[data-list=Faults] .rows').textContent === ''")
      yield* live.until("document.querySelector('[data-list=Requests] .rows').textContent.includes('503Status')")
    }).pipe(Effect.provide(emulator)))

  it.effect("nothing of a seed, of an app or of a request runs as script", () =>
    Effect.gen(function*() {
      const { appId, seed, url } = yield* Emulator
      yield* seed({
        users: hostile.map((text, i) => ({
          externalId: i === 0 ? "ada" : text,
          profile: { givenName: text, avatarUrl: text },
          metadata: { [text]: text }
        }))
      })
      yield* Effect.promise(() =>
        fetch(`${url}/v2/apps/x/users/x?q=${encodeURIComponent(hostile[0]!)}`, {
          method: "POST",
          headers: { "content-type": "text/html" },
          body: hostile.join("")
        })
      )
      const live = yield* opened("/")
      yield* live.until("document.querySelectorAll('[data-list^=Users] .rows > *').length === 5")
      yield* live.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
      assert.include(String(yield* live.evaluate("document.body.innerText")), "<svg onload=")
      assert.strictEqual(
        yield* live.evaluate("document.querySelectorAll('main :is(img, svg, script, iframe)').length"),
        0
      )
      yield* keptToItself(live)

      const swagger = yield* opened("/docs")
      const get = (yield* operationsOf(swagger)).find((id) => id.includes("GetUser"))!
      yield* authorize(swagger)
      yield* tryOut(swagger, get)
      assert.strictEqual(yield* execute(swagger, get), 200)
      assert.include(String(yield* swagger.evaluate("document.body.innerText")), "<img src=x onerror=")
      assert.strictEqual(yield* swagger.evaluate("document.querySelectorAll('img[src=x], iframe').length"), 0)
      assert.include(String(yield* swagger.evaluate("document.body.innerText")), "GetUser")
      assert.include(appId, "<script>")
      yield* keptToItself(swagger)
    }).pipe(Effect.provide(Layer.fresh(Emulator.layer({ appId: `</script><script>globalThis.hit = 1</script>` })))))

  it.effect("no page of another origin drives them, or reads along", () =>
    Effect.gen(function*() {
      const { seed, stored, url } = yield* Emulator
      yield* seed({ users: [{}] })
      const other = yield* Effect.acquireRelease(
        Effect.callback<ReturnType<typeof createServer>>((resume) => {
          const server = createServer((_, response) =>
            response.writeHead(200, { "content-type": "text/html" }).end("<link rel=icon href=data:,>")
          ).listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
        }),
        (server) => Effect.sync(() => server.close().closeAllConnections())
      )
      const tab = yield* (yield* Chromium).tab
      yield* tab.open(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
      yield* tab.evaluate(`fetch("${url}/_emulator/reset", { method: "POST", mode: "no-cors" })`)
      assert.lengthOf(yield* stored("Users"), 1)
      const read = (path: string) =>
        tab.evaluate(`fetch("${url}${path}").then((answer) => answer.text(), () => "unreadable")`)
      assert.strictEqual(yield* read("/_emulator/stored"), "unreadable")
      assert.strictEqual(yield* read("/docs"), "unreadable")
      const state = yield* tab.evaluate(`new Promise((resolve) => {
        const source = new EventSource("${url}/_emulator/live")
        source.onopen = source.onmessage = () => resolve("open")
        source.onerror = () => resolve("refused")
      })`)
      assert.strictEqual(state, "refused")
      yield* tab.evaluate(`new Promise((resolve) => {
        const frame = document.createElement("iframe")
        frame.onload = resolve
        frame.src = "${url}/"
        document.body.append(frame)
      })`)
      assert.isTrue(yield* tab.evaluate("document.querySelector('iframe').contentDocument === null"))
      // Nobody reads along.
      const answer = yield* Effect.promise(() => fetch(`${url}/_emulator/health`))
      assert.strictEqual(answer.status, 200)
    }).pipe(Effect.scoped, Effect.provide(emulator)))
})
