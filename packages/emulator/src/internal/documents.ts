import * as Effect from "effect/Effect"
import { type Answer, json } from "./delivery.ts"
import { apiDocument, controlDocument } from "./emulatedDocuments.ts"
import { type IncomingRequest, originOf } from "./incomingRequest.ts"
import { livePage } from "./livePage.ts"
import { type LiveUpdates } from "./liveUpdates.ts"
import { type Refusal } from "./refusal.ts"
import { type App } from "./world.ts"

type Document = (request: IncomingRequest) => Effect.Effect<Answer | Refusal>

/**
 * What the emulator shows of itself, by path: the OpenAPI documents of both declarations, pages that send what these declare,
 * and a page that shows what happens.
 *
 * @internal
 */
export const makeDocuments = (app: App, live: LiveUpdates): ReadonlyMap<string, Document> =>
  new Map<string, Document>([
    ["/", onFirstRequest(async () => livePage())],
    ["/_emulator/live", () => Effect.sync(() => live.read())],
    ["/openapi.json", (request) => Effect.succeed(json(200, apiDocument(app.id, originOf(request))))],
    ["/_emulator/openapi.json", (request) => Effect.succeed(json(200, controlDocument(originOf(request))))],
    // Of a server by this URL Swagger takes the origin of the page.
    ["/docs", onFirstRequest(async () => (await import("./swaggerPage.ts")).swaggerPage(apiDocument(app.id, "/")))],
    [
      "/_emulator/docs",
      onFirstRequest(async () => (await import("./swaggerPage.ts")).swaggerPage(controlDocument("/")))
    ]
  ])

const onFirstRequest = (make: () => Promise<Answer>): () => Effect.Effect<Answer> => {
  let made: Promise<Answer> | undefined
  return () => Effect.promise(() => made ??= make())
}
