/**
 * In the place of `effect/http-api/HttpApiSwagger`, where the command is built: the pages of Swagger that it gives the emulator are 2 MB of
 * JavaScript, most of what would be installed, and of many authors.
 */
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"

const html = `<!DOCTYPE html>
<html>
<head>
<title>Without Swagger</title>
</head>
<body>
<p>The pages of Swagger are not in the command <code>sunco</code>: <code>sunco-emulator</code> of <code>@sunco/emulator</code> has them.</p>
<p><a href="/openapi.json">The document</a> is here, and so is <a href="/">what has happened</a>.</p>
<script></script>
</body>
</html>
`

/** A page that says so. */
export const layer = () =>
  HttpRouter.add("GET", "/docs", Effect.succeed(HttpServerResponse.text(html, { contentType: "text/html" })))
