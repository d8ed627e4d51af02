/** What `sunco listen` does. */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as Deduplication from "@sunco/webhooks/Deduplication"
import * as Secrets from "@sunco/webhooks/Secrets"
import * as WebhookReceiver from "@sunco/webhooks/WebhookReceiver"
import * as ByteSize from "effect/ByteSize"
import type * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as HttpServer from "effect/http/HttpServer"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Latch from "effect/Latch"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { createServer } from "node:http"
import * as Delivered from "../Delivered.ts"
import { Failure } from "../Failure.ts"
import { endsSoon } from "../internal/endsSoon.ts"
import { deliver, shownUrl } from "../internal/webhookRequest.ts"
import * as Output from "../Output.ts"
import type { listenInput } from "../tree/development.ts"
import * as WebhookSecret from "../WebhookSecret.ts"

type Input = Command.Command.Config.Infer<typeof listenInput>

/** What is at the end of names, where there is something. */
const at = (value: unknown, ...names: ReadonlyArray<string>): unknown =>
  names.reduce<unknown>(
    (inner, name) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, name) ? Reflect.get(inner, name) : undefined,
    value
  )

const textAt = (...names: ReadonlyArray<string>) => (event: object): string => {
  const value = at(event, ...names)
  return typeof value === "string" ? value : ""
}

const columns: ReadonlyArray<Output.ColumnOf<object>> = [
  { name: "id", of: textAt("id"), isForScripts: true },
  { name: "time", of: textAt("createdAt") },
  { name: "type", of: textAt("type") },
  {
    name: "user",
    of: (event) => textAt("payload", "user", "id")(event) || textAt("payload", "message", "author", "userId")(event)
  },
  { name: "conversation", of: textAt("payload", "conversation", "id"), isForScripts: true },
  { name: "text", of: textAt("payload", "message", "content", "text") }
]

/** Every event is printed, whatever it is, and counts as handled. */
const receiver = WebhookReceiver.make({
  unknown: (event) => Output.row(event, columns),
  undecodable: ({ event }) =>
    Effect.andThen(
      Output.warn("what follows is not what the vendor documents"),
      Output.row(typeof event === "object" && event !== null ? event : { event }, columns)
    )
})

/** Takes any key, where it is told none: it is a program of whoever develops, on a machine of theirs. */
const anyKey = "any"

const unanswered = { status: undefined, body: "", millis: 0, problem: "this command has ended" }

const handled = (forwardTo: string | undefined, isOpen: boolean, over: Latch.Latch) =>
  Effect.gen(function*() {
    const { arrayBuffer, headers, method } = yield* HttpServerRequest.HttpServerRequest
    if (method !== "POST") return HttpServerResponse.empty({ status: method === "HEAD" ? 200 : 405 })
    const apiKey = headers["x-api-key"]
    let text = ""
    const body = arrayBuffer.pipe(
      Effect.provideService(HttpIncomingMessage.MaxBodySize, ByteSize.bytes(receiver.maxBodyBytes)),
      Effect.map((bytes) => {
        text = new TextDecoder().decode(bytes)
        return text
      }),
      Effect.mapError(({ reason }): WebhookReceiver.BodyProblem =>
        "reason" in reason && reason.reason === "BodyTooLarge" ? "too large" : "cut"
      )
    )
    const { reason, status } = yield* receiver.receive({ apiKey: isOpen ? anyKey : apiKey, body })
    if (status !== 200) {
      yield* Output.warn(`a delivery was answered ${status} (${reason})`)
      return HttpServerResponse.text(reason, { status })
    }
    if (forwardTo === undefined) return HttpServerResponse.text(reason, { status })
    const answer = yield* Effect.raceFirst(deliver(forwardTo, text, apiKey), Effect.as(over.await, unanswered))
    yield* Output.note(`${shownUrl(forwardTo)}: ${Delivered.said(answer)}: ${Delivered.next(answer)}`)
    return answer.status === undefined
      ? HttpServerResponse.text("no answer", { status: 502 })
      : HttpServerResponse.text(answer.body, { status: answer.status })
  })

const isHttp = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

export const listen = ({ forwardTo, port, secretFile }: Input) =>
  Effect.gen(function*() {
    const secrets = yield* WebhookSecret.find(secretFile)
    const isOpen = secrets.length === 0
    const url = Option.getOrUndefined(forwardTo)
    if (url !== undefined && !isHttp(url)) {
      return yield* new Failure({ kind: "usage", message: "--forward-to is no URL of http or https" })
    }
    const server = createServer()
    const over = yield* Latch.make()
    return yield* Effect.gen(function*() {
      const { address } = yield* HttpServer.HttpServer
      yield* HttpServer.serveEffect(handled(url, isOpen, over))
      yield* endsSoon(server, over.open)
      yield* Output.note(
        `listening on ${HttpServer.formatAddress(address)}/webhooks, ` +
          (isOpen
            ? "whatever the key: SUNCO_WEBHOOK_SECRET or --secret-file has the secret"
            : "for who knows the secret")
      )
      return yield* Effect.never
    }).pipe(
      // Before the server itself ends, which waits for all of them.
      Effect.scoped,
      Effect.provide(NodeHttpServer.layer(() => server, { host: "127.0.0.1", port })),
      Effect.provide(
        Layer.mergeAll(
          Secrets.layer(...(isOpen ? [Redacted.make(anyKey)] : secrets)),
          Deduplication.layerNone,
          // What goes wrong is said in words of this command.
          Logger.layer([])
        )
      ),
      Effect.catchTag(
        "ServeError",
        () => Effect.fail(new Failure({ kind: "failed", message: `port ${port} of 127.0.0.1 cannot be had` }))
      ),
      Effect.catchTag("SettingsError", ({ message }) => Effect.fail(new Failure({ kind: "credentials", message })))
    )
  })
