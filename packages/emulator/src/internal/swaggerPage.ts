/**
 * Imported with the first request for a page of it: what it shows the page with is 2 MB of JavaScript.
 */
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiSwagger from "effect/http-api/HttpApiSwagger"
import * as OpenApi from "effect/http-api/OpenApi"
import { createHash } from "node:crypto"
import { type Answer } from "./delivery.ts"
import { page } from "./page.ts"

/**
 * Swagger's page of a document, from which a reader sends requests. It has everything in it, and runs only its own script.
 *
 * @internal
 */
export const swaggerPage = async (document: OpenApi.OpenAPISpec): Promise<Answer> => {
  const api = HttpApi.make("Documented").annotate(OpenApi.Transform, () => document)
  const { dispose, handler } = HttpRouter.toWebHandler(HttpApiSwagger.layer(api), { disableLogger: true })
  try {
    const response = await handler(new Request("http://localhost/docs"))
    // Without an icon of its own a browser asks for one, and the request log would show it.
    const html = (await response.text()).replace("<head>", "<head>\n  <link rel=\"icon\" href=\"data:,\" />")
    return page(html, { script: hashOf(html), style: "'unsafe-inline'" })
  } finally {
    await dispose()
  }
}

/** The document stands before it as data, in which every `<` is escaped. */
const hashOf = (html: string): string => {
  const begin = html.indexOf("<script>") + "<script>".length
  const script = html.slice(begin, html.indexOf("</script>", begin))
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`
}
