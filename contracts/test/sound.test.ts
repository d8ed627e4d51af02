import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Contract from "@sunco/contracts/Contract"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import { ErrorEnvelope } from "@sunco/schemas/ErrorEnvelope"
import * as Interaction from "effect-pact/Interaction"
import * as Matcher from "effect-pact/Matcher"
import { MockServer, Pact } from "effect-pact/Pact"
import * as Verifier from "effect-pact/Verifier"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpServer from "effect/http/HttpServer"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { createServer } from "node:http"

/** What the client reads the answer of a contract with, as it is on the wire, where a secret is text. */
const schemaOf = (contract: Contract.Contract): Schema.Codec<unknown> =>
  Schema.toEncoded(
    "gives" in contract ? Contract.operationOf(contract)?.declared.success.schema ?? assert.fail() : ErrorEnvelope
  )

/** An answer that the client cannot read, and what the contract asks for in its place. */
interface Case {
  readonly pattern: Matcher.Pattern
  readonly answer: Schema.Json
}

const kinds: ReadonlyArray<Schema.Json> = [null, true, 1, "x", [], [1], {}, { a: 1 }]

/** Every place of a response dropped, or of another kind, as far as the client cannot read it then. */
const casesOf = (pattern: Matcher.Pattern, isRead: (json: Schema.Json) => boolean): ReadonlyArray<Case> => {
  const example = Matcher.example(pattern)
  const unread = (answer: Schema.Json) => isRead(answer) ? [] : [{ pattern, answer }]
  const replaced = kinds.flatMap(unread)
  if (Array.isArray(example)) {
    const [first] = example
    return [
      ...replaced,
      ...(first === undefined ? [] : casesOf(first, (item) => isRead([item])).flatMap(({ answer }) => unread([answer])))
    ]
  }
  if (!isFields(pattern)) return replaced
  return [
    ...replaced,
    ...Object.entries(pattern).flatMap(([name, value]) => {
      const { [name]: _, ...others } = Schema.decodeUnknownSync(Fields)(example)
      const dropped = isRead(others) ? [] : [{ pattern: { [name]: value }, answer: {} }]
      return [...dropped, ...casesOf(value, (json) => isRead({ ...others, [name]: json }))]
    })
  ]
}

const Fields = Schema.Record(Schema.String, Schema.Json)

const isFields = (pattern: Matcher.Pattern): pattern is Matcher.PatternObject =>
  Predicate.isObject(pattern) && !Array.isArray(pattern) && !Matcher.isMatcher(pattern)

/** The cases whose answer satisfies Pact's engine. A body has many of them as its fields: they take a second and not a minute. */
const letThrough = Effect.fnUntraced(function*(cases: ReadonlyArray<Case>) {
  const files = yield* FileSystem.FileSystem
  const directory = yield* files.makeTempDirectoryScoped()
  const bodies = Arr.chunksOf(cases, 100)
  const fieldsOf = <A>(body: ReadonlyArray<Case>, f: (one: Case) => A) =>
    Object.fromEntries(body.map((one, index) => [`case${index}`, f(one)]))

  yield* Effect.forEach(
    bodies,
    (body, index) =>
      Effect.flatMap(MockServer, ({ url }) => HttpClient.get(`${url}/${index}`)).pipe(
        Pact.verify(Interaction.http({
          description: `${index}`,
          request: { method: "GET", path: `/${index}` },
          response: { status: 200, body: fieldsOf(body, ({ pattern }) => pattern) }
        })),
        Effect.provide(Pact.layer({ consumer: "engine", provider: "answers", directory }))
      )
  )

  yield* HttpServer.serveEffect(
    Effect.flatMap(
      HttpServerRequest.HttpServerRequest,
      ({ url }) => HttpServerResponse.json(fieldsOf(bodies[Number(url.slice(1))] ?? [], ({ answer }) => answer))
    )
  )
  const failed = yield* Verifier.verify({ provider: "answers", url: yield* Verifier.serverUrl, pacts: [directory] })
    .pipe(
      Effect.as([]),
      Effect.catchTag("VerificationFailed", ({ failures }) => Effect.succeed(failures))
    )
  const refused = new Set(failed.map(({ interaction, path }) => `${interaction} ${/^\$\.case(\d+)/.exec(path)?.[1]}`))
  return bodies.flatMap((body, number) => body.filter((_, index) => !refused.has(`${number} ${index}`)))
}, Effect.provide(NodeHttpServer.layer(createServer, { host: "127.0.0.1", port: 0 })))

layer(Layer.merge(NodeServices.layer, FetchHttpClient.layer))("the contracts", (it) => {
  it.effect("refuse every response that the client cannot read", () =>
    Effect.gen(function*() {
      const all = SunshineContracts.flatMap((contract) => {
        const { body } = contract.interaction.response
        return body === undefined ? [] : casesOf(body, Schema.is(schemaOf(contract)))
      })
      const cases = Array.from(new Map(all.map((one) => [JSON.stringify(one), one])).values())
      assert.isAbove(cases.length, 500)
      assert.deepStrictEqual(yield* letThrough(cases), [])
    }), 300_000)

  it.effect("would let through what a matcher does not ask for", () =>
    Effect.gen(function*() {
      const unsound = { pattern: Matcher.like([]), answer: [1] }
      assert.deepStrictEqual(yield* letThrough([unsound, { pattern: Matcher.string("x"), answer: 1 }]), [unsound])
    }))
})
