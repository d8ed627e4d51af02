import { assert, describe, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import type * as HttpMethod from "effect/http/HttpMethod"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { createHash } from "node:crypto"
import { basic, call, send } from "./Call.ts"

const pages = ["/", "/docs", "/_emulator/docs"]

/** What a browser runs as script: all that is no data, up to the first end of an element. */
const scriptsOf = (html: string) =>
  Array.from(html.matchAll(/<script>([^]*?)<\/script>/gu), ([, script = ""]) => script)

const Document = Schema.Struct({
  servers: Schema.Array(Schema.Struct({ url: Schema.String })),
  paths: Schema.Record(
    Schema.String,
    Schema.Record(
      Schema.String,
      Schema.Struct({
        operationId: Schema.String,
        security: Schema.optionalKey(Schema.Array(Schema.Record(Schema.String, Schema.Array(Schema.String)))),
        description: Schema.optionalKey(Schema.String),
        tags: Schema.Array(Schema.String),
        parameters: Schema.Array(
          Schema.Struct({
            name: Schema.String,
            in: Schema.Literals(["path", "query"]),
            required: Schema.Boolean,
            example: Schema.optionalKey(Schema.String)
          })
        ),
        requestBody: Schema.optionalKey(
          Schema.Struct({
            content: Schema.Struct({
              "application/json": Schema.optionalKey(Schema.Struct({ example: Schema.optionalKey(Schema.Json) })),
              "multipart/form-data": Schema.optionalKey(Schema.Struct({}))
            })
          })
        )
      })
    )
  )
})

const documentAt = Effect.fnUntraced(function*(path: string) {
  return yield* Schema.decodeUnknownEffect(Document)((yield* call("GET", path)).body)
})

/** As a browser sends a form of the file that a reader has chosen. */
const fileChosen = {
  headers: { "content-type": "multipart/form-data; boundary=end" },
  text: "--end\r\ncontent-disposition: form-data; name=\"source\"; filename=\"tea.txt\"\r\n\r\nTea\r\n--end--\r\n"
}

/** What a reader authorises with where the app's own key will not do: the example of the emulator's own endpoint has added it. */
const ofAccount = { authorization: basic({ keyId: "act_new", keySecret: Redacted.make("of-your-choice") }) }

/** What a reader authorises with where a key will not do: the example of the emulator's own endpoint has added it. */
const bearer = { authorization: "Bearer as-from-oauth" }

/** Sends what Swagger fills in, and gives the statuses in the order of the document. */
const sendExamples = Effect.fnUntraced(function*(path: string) {
  const statuses: Array<readonly [string, number]> = []
  for (const [template, methods] of Object.entries((yield* documentAt(path)).paths)) {
    for (const [method, { operationId, parameters, requestBody, security = [] }] of Object.entries(methods)) {
      const query = new URLSearchParams()
      let url = template
      for (const { example, in: place, name, required } of parameters) {
        if (required) assert.isDefined(example, `${operationId} ${name}`)
        if (example === undefined) continue
        if (place === "path") url = url.replace(`{${name}}`, encodeURIComponent(example))
        else query.set(name, example)
      }
      const isForm = requestBody?.content["multipart/form-data"] !== undefined
      const body = requestBody?.content["application/json"]?.example
      if (requestBody !== undefined && !isForm) assert.isDefined(body, operationId)
      const { status } = yield* send(
        method.toUpperCase() as HttpMethod.HttpMethod,
        query.size === 0 ? url : `${url}?${query}`,
        {
          ...(isForm ? fileChosen : body === undefined ? {} : { body }),
          ...(security.some((scheme) => Object.values(scheme).flat().join() === "account") && ofAccount),
          ...(security.length > 0 && security.every((scheme) => "bearerAuth" in scheme) && bearer)
        }
      )
      statuses.push([operationId, status])
    }
  }
  return statuses
})

const failed = (statuses: ReadonlyArray<readonly [string, number]>) =>
  statuses.filter(([, status]) => status < 200 || status > 299)

describe("the examples of the documents", () => {
  it.effect("work when all of them are sent from the first to the last", () =>
    Effect.gen(function*() {
      const own = yield* sendExamples("/_emulator/openapi.json")
      const api = yield* sendExamples("/openapi.json")
      assert.deepStrictEqual(failed([...own, ...api]), [])
      assert.includeMembers([...own, ...api].map(([operation]) => operation), [
        "Emulator.seed",
        "CreateUser",
        "SyncUser"
      ])
      // And when somebody does it again.
      assert.deepStrictEqual(failed(yield* sendExamples("/_emulator/openapi.json")), [])
      assert.deepStrictEqual(failed(yield* sendExamples("/openapi.json")), [])
    }).pipe(Effect.provide(Emulator.layerMemory({ appId: "an app/of its own" }))))

  it.effect("of the API work alone, but for those that say that they need what the emulator's own put in place", () =>
    Effect.gen(function*() {
      const operations = Object.values((yield* documentAt("/openapi.json")).paths).flatMap(Object.values)
      const needy = operations.filter(({ description = "" }) =>
        /`POST \/_emulator\/\S+` (puts|adds)/u.test(description)
      )
      assert.sameDeepMembers(
        failed(yield* sendExamples("/openapi.json")),
        // A key, a token or a code that is not there is no thing that is missing.
        needy.map(({ description = "", operationId, tags }) => [
          operationId,
          description.includes("keys` adds") || tags.includes("OAuth") ? 401 : 404
        ])
      )
    }).pipe(Effect.provide(Emulator.layerMemory())))
})

describe("the pages", () => {
  it.effect("run their own script only, ask nothing of the network, and stand in no frame", () =>
    Effect.gen(function*() {
      for (const path of pages) {
        const response = yield* send("GET", path, { authorization: "" })
        assert.strictEqual(response.status, 200)
        assert.strictEqual(response.headers["content-type"], "text/html; charset=utf-8")
        const html = yield* response.text
        const [script = "", ...others] = scriptsOf(html)
        assert.lengthOf(others, 0, path)
        const hash = createHash("sha256").update(script).digest("base64")
        const policy = response.headers["content-security-policy"] ?? ""
        assert.include(policy, `default-src 'none'; script-src 'sha256-${hash}'; `)
        assert.include(policy, "; connect-src 'self'; ")
        assert.include(policy, "; frame-ancestors 'none'")
        assert.notMatch(policy, /unsafe-eval|script-src[^;]*unsafe-inline|https?:|\*/u)
        const markup = html.replaceAll(/<(script|style)\b[^]*?<\/\1>/gu, "")
        assert.notMatch(markup, /<(script|link|img|iframe)[^>]+(src|href)="(?!data:,)/u)
      }
    }).pipe(Effect.provide(Emulator.layerMemory({ appId: "</script><script>alert(1)</script>" }))))

  it.effect("send to the emulator that they come from, by whatever name the reader has for it", () =>
    Effect.gen(function*() {
      for (const path of ["/docs", "/_emulator/docs"]) {
        const html = yield* (yield* send("GET", path)).text
        assert.include(html, `"servers":[{"url":"/"}]`)
      }
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect("are not among the requests that were seen", () =>
    Effect.gen(function*() {
      for (const path of [...pages, "/_emulator/live"]) yield* send("GET", path)
      assert.lengthOf(yield* (yield* Emulator).requests, 0)
    }).pipe(Effect.provide(Emulator.layerMemory())))
})
