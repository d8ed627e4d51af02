import { SunshineApi } from "@sunco/schemas/SunshineApi"
import * as OpenApi from "effect/http-api/OpenApi"
import { ControlApi } from "../ControlApi.ts"
import { type Answer, json, text } from "./delivery.ts"
import { documentationPage } from "./documentationPage.ts"
import { headerOf, type IncomingRequest } from "./incomingRequest.ts"
import { type App } from "./world.ts"

/**
 * What the emulator says of itself, by path: the OpenAPI documents of both declarations and a page of them.
 *
 * @internal
 */
export const documents: ReadonlyMap<string, (request: IncomingRequest, app: App) => Answer> = new Map([
  ["/openapi.json", (request) => json(200, openApi(SunshineApi, request))],
  ["/_emulator/openapi.json", (request) => json(200, openApi(ControlApi, request))],
  ["/", (request, app) => page(request, app)],
  ["/docs", (request, app) => page(request, app)]
])

// As the reader reached it, which behind a forwarded port is another one than the emulator listens on.
const urlOf = (request: IncomingRequest) => `http://${headerOf(request, "host") ?? "localhost"}`

const openApi = (api: typeof SunshineApi | typeof ControlApi, request: IncomingRequest): OpenApi.OpenAPISpec => ({
  ...OpenApi.fromApi<string, any>(api),
  servers: [{ url: urlOf(request) }]
})

const page = (request: IncomingRequest, app: App) =>
  text(
    200,
    "text/html; charset=utf-8",
    documentationPage({
      url: urlOf(request),
      app,
      documents: [openApi(SunshineApi, request), openApi(ControlApi, request)]
    })
  )
