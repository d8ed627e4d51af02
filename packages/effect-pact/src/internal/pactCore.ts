/**
 * Pact's native library: mock servers and pact files. The only module that loads `@pact-foundation/pact-core`, and only
 * when it is first used.
 */
import type { AsynchronousMessage, ConsumerInteraction, ConsumerPact, LogLevel } from "@pact-foundation/pact-core"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { devNull } from "node:os"
import type { Described, Headers, HttpInteraction, MessageInteraction, Query, Text } from "../Interaction.ts"
import { isMatcher, type Pattern } from "../Matcher.ts"
import * as FormBody from "./formBody.ts"
import { inOrder, nativeMismatch } from "./nativeMismatch.ts"

/** Version 4 of the pact specification, by pact-core's own count. */
const specification = 5

export interface Options {
  readonly consumer: string
  readonly provider: string
  readonly logLevel: "none" | "error" | "warn" | "info" | "debug" | "trace"
}

export const load = Effect.suspend(() => {
  // Native code reads the real environment. In the main thread this sets it; a worker thread has a copy, which native
  // code does not see.
  process.env.PACT_DO_NOT_TRACK ??= "true"
  return Effect.tryPromise({
    try: () => import("@pact-foundation/pact-core"),
    catch: (cause) => new Error("effect-pact/Pact needs the package @pact-foundation/pact-core: install it", { cause })
  })
}).pipe(Effect.orDie)

export type PactCore = Effect.Success<typeof load>

/**
 * There are two loggers, of JavaScript and native. The latter is set up once per process; a second thread that tries is
 * told so on the standard error, but not with a log file.
 */
const setUpLogs = (core: PactCore, logLevel: Options["logLevel"]) => {
  // "silent" is a level of the logger, which pact-core's types leave out.
  core.setLogLevel(logLevel === "none" ? "silent" as LogLevel : logLevel)
  if (logLevel === "none") core.getFfiLib("error", devNull)
}

const newPact = (core: PactCore, options: Options): ConsumerPact => {
  setUpLogs(core, options.logLevel)
  return core.makeConsumerPact(options.consumer, options.provider, specification, core.getLogLevel())
}

/**
 * Pact's integration JSON. A value from a provider state is exact against the mock server, which by default would take
 * anything of its type (pact-js#1088), and in a response, where the verifier does not fill it in, any of its type.
 */
const integrationJson = (pattern: Pattern, side: "request" | "response"): Pattern => {
  if (pattern === null || typeof pattern !== "object") return pattern
  if (isMatcher(pattern)) {
    const variants = "variants" in pattern
      ? pattern.variants?.map((variant) => integrationJson(variant, side))
      : undefined
    return {
      "pact:matcher:type": side === "request" ? "equality" : "type",
      ...pattern,
      value: integrationJson(pattern.value, side),
      ...(variants === undefined ? {} : { variants })
    }
  }
  return Array.isArray(pattern)
    ? pattern.map((item: Pattern) => integrationJson(item, side))
    : Object.fromEntries(Object.entries(pattern).map(([key, value]) => [key, integrationJson(value, side)]))
}

/** The native library takes a text that is a JSON object for a matcher, or for a value with its own idea of it. */
const readsAsObject = (text: string) => text.trimStart().startsWith("{")

/** Of metadata, which is JSON, it makes a number of "1" as well. */
const readsAsJson = (text: string) => /^\s*([[{"\d-]|true|false|null)/.test(text)

const text = (value: Text, side: "request" | "response", isMisread = readsAsObject): string =>
  typeof value !== "string"
    ? JSON.stringify(integrationJson(value, side))
    : isMisread(value)
    ? JSON.stringify({ "pact:matcher:type": "equality", value })
    : value

const contentTypeOf = (headers: Headers): string => {
  const value = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1] ??
    "application/json"
  return typeof value === "string" ? value : value.value
}

/** Pact adds `Content-Type` to a body unless there is one of exactly this name. */
const canonical = (name: string) => name.toLowerCase() === "content-type" ? "Content-Type" : name

/** As Pact writes it itself for a form with one file. */
const anyBoundary = {
  "pact:matcher:type": "regex",
  regex: "multipart/form-data;(\\s*charset=[^;]*;)?\\s*boundary=.*"
}

const describe = (handle: ConsumerInteraction | AsynchronousMessage, interaction: Described) => {
  for (const { name, parameters } of interaction.states ?? []) {
    if (Object.keys(parameters).length === 0) handle.given(name)
    else handle.givenWithParams(name, JSON.stringify(parameters))
  }
  for (const comment of interaction.comments ?? []) handle.addTextComment(comment)
  if (interaction.pending === true) handle.setPending(true)
}

const addQuery = (handle: ConsumerInteraction, query: Query) => {
  for (const [name, values] of Object.entries(query)) {
    const all: ReadonlyArray<Text> = Array.isArray(values) ? values : [values]
    all.forEach((value, index) => handle.withQuery(name, index, text(value, "request")))
  }
}

const addHttp = (pact: ConsumerPact, interaction: HttpInteraction) => {
  const { request, response } = interaction
  const handle = pact.newInteraction(interaction.description)
  describe(handle, interaction)
  handle.withRequest(request.method, text(request.path, "request"))
  addQuery(handle, request.query ?? {})
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    handle.withRequestHeader(canonical(name), 0, text(value, "request"))
  }
  if (request.body !== undefined) {
    handle.withRequestBody(
      JSON.stringify(integrationJson(request.body, "request")),
      contentTypeOf(request.headers ?? {})
    )
  }
  if (request.form !== undefined) {
    const { boundary, bytes } = FormBody.fromForm(request.form)
    const contentType = `multipart/form-data; boundary=${boundary}`
    handle.withRequestHeader("Content-Type", 0, JSON.stringify({ ...anyBoundary, value: contentType }))
    handle.withRequestBinaryBody(bytes, contentType)
  }
  handle.withStatus(response.status)
  for (const [name, value] of Object.entries(response.headers ?? {})) {
    handle.withResponseHeader(canonical(name), 0, text(value, "response"))
  }
  if (response.body !== undefined) {
    handle.withResponseBody(
      JSON.stringify(integrationJson(response.body, "response")),
      contentTypeOf(response.headers ?? {})
    )
  }
}

const NativeRequest = Schema.Struct({
  method: Schema.String,
  path: Schema.String,
  query: Schema.optionalKey(Schema.Record(Schema.String, Schema.Array(Schema.String))),
  headers: Schema.optionalKey(
    Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Array(Schema.String)]))
  ),
  body: Schema.optionalKey(Schema.Json)
})

const NativeResult = Schema.Union([
  Schema.Struct({ type: Schema.Literal("request-match") }),
  Schema.Struct({
    type: Schema.Literal("request-mismatch"),
    method: Schema.String,
    path: Schema.String,
    mismatches: Schema.Array(nativeMismatch)
  }),
  Schema.Struct({ type: Schema.Literal("request-not-found"), request: NativeRequest }),
  Schema.Struct({ type: Schema.Literal("missing-request"), method: Schema.String, path: Schema.String })
])

const decodeResults = Schema.decodeUnknownSync(Schema.Array(NativeResult))

export type MockServerResult = typeof NativeResult.Type

export interface MockServer {
  readonly port: number
  /** Whether every interaction was asked for, and nothing else; forgets nothing until the server is closed. */
  readonly isSatisfied: () => boolean
  readonly results: () => ReadonlyArray<MockServerResult>
  readonly writePactFile: (directory: string) => void
  readonly close: () => void
}

export const startMockServer = (
  core: PactCore,
  options: Options,
  interactions: ReadonlyArray<HttpInteraction>
): MockServer => {
  const pact = newPact(core, options)
  for (const interaction of interactions) addHttp(pact, interaction)
  const port = pact.createMockServer("127.0.0.1")
  return {
    port,
    isSatisfied: () => pact.mockServerMatchedSuccessfully(port),
    results: () =>
      decodeResults(pact.mockServerMismatches(port)).map((result) =>
        result.type === "request-mismatch" ? { ...result, mismatches: inOrder(result.mismatches) } : result
      ),
    writePactFile: (directory) => pact.writePactFile(directory),
    close: () => {
      pact.cleanupMockServer(port)
    }
  }
}

const ReifiedMessage = Schema.fromJsonString(Schema.Struct({
  contents: Schema.Struct({ content: Schema.Json }),
  metadata: Schema.optionalKey(Schema.Record(Schema.String, Schema.Json))
}))

export interface ReifiedMessage {
  readonly contents: Schema.Json
  readonly metadata: Schema.JsonObject
  readonly writePactFile: (directory: string) => void
}

export const reifyMessage = (core: PactCore, options: Options, interaction: MessageInteraction): ReifiedMessage => {
  const pact = newPact(core, options)
  const handle = pact.newAsynchronousMessage(interaction.description)
  describe(handle, interaction)
  for (const [name, value] of Object.entries(interaction.metadata ?? {})) {
    handle.withMetadata(name, text(value, "response", readsAsJson))
  }
  handle.withContents(JSON.stringify(integrationJson(interaction.contents, "response")), "application/json")
  const { contents, metadata } = Schema.decodeUnknownSync(ReifiedMessage)(handle.reifyMessage())
  return {
    contents: contents.content,
    metadata: metadata ?? {},
    writePactFile: (directory) => pact.writePactFile(directory)
  }
}
