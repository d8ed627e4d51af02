/** The emulator behind something that breaks what goes in and what comes out. */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Verifier from "effect-pact/Verifier"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpServer from "effect/http/HttpServer"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import { createServer } from "node:http"
import { accessToken } from "@sunco/contracts/EmulatedProvider"
import type { Mutant, Request, Response } from "./Mutant.ts"

/** Names the mutant that a request is for, by its index. */
export const mutantHeader = "X-Mutant"

export class MutatedEmulator extends Context.Service<MutatedEmulator, {
  readonly url: string
}>()("sunco-test/contracts/MutatedEmulator") {
  /** The emulator itself is there, too, for the states. */
  static readonly layer = (mutants: ReadonlyArray<Mutant>) =>
    Layer.effect(
      MutatedEmulator,
      Effect.gen(function*() {
        const { url } = yield* Emulator
        const client = yield* HttpClient.HttpClient

        const answer = Effect.fnUntraced(function*(request: Request) {
          const response = yield* HttpClientRequest.make(request.method)(url + request.path).pipe(
            HttpClientRequest.setUrlParams(request.query),
            HttpClientRequest.setHeader("authorization", request.authorization),
            request.form === undefined
              ? request.body === undefined ? (_) => _ : HttpClientRequest.bodyJsonUnsafe(request.body)
              : HttpClientRequest.bodyUint8Array(request.form.bytes, request.form.contentType),
            client.execute
          )
          return { status: response.status, body: parsed(yield* response.text) }
        })

        yield* HttpServer.serveEffect(Effect.gen(function*() {
          const incoming = yield* HttpServerRequest.HttpServerRequest
          const mutant = mutants[Number(incoming.headers[mutantHeader.toLowerCase()])]
          const { pathname, searchParams } = new URL(incoming.url, url)
          const { "content-type": contentType = "" } = incoming.headers
          const isForm = contentType.startsWith("multipart/")
          const request: Request = {
            method: incoming.method as Request["method"],
            path: pathname,
            query: Object.fromEntries(searchParams),
            authorization: incoming.headers["authorization"] ?? "",
            body: isForm ? undefined : parsed(yield* incoming.text),
            form: isForm ? { contentType, bytes: new Uint8Array(yield* incoming.arrayBuffer) } : undefined
          }
          const mutated = mutant?.request?.(request) ?? request
          const response: Response = "status" in mutated ? mutated : yield* answer(mutated)
          const { body, status } = mutant?.response?.(response) ?? response
          return body === undefined
            ? HttpServerResponse.empty({ status })
            : HttpServerResponse.jsonUnsafe(body, { status })
        }))

        return { url: yield* Verifier.serverUrl }
      })
    ).pipe(
      Layer.provide(NodeHttpServer.layer(createServer, { host: "127.0.0.1", port: 0 })),
      Layer.provideMerge(Emulator.layerMemory({ accessTokens: [accessToken] }))
    )
}

const parsed = (text: string) => text === "" ? undefined : JSON.parse(text)
