// Exports the spans of a call through the OpenTelemetry SDK, and prints the names of those that arrive.
import * as NodeSdk from "@effect/opentelemetry/NodeSdk"
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http"
import { BatchSpanProcessor } from "@opentelemetry/sdk-trace-base"
import { Users } from "@sunco/client/promise"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { once } from "node:events"
import { createServer } from "node:http"
import { json } from "node:stream/consumers"

const names = []

// In the place of a collector, of which OTEL_EXPORTER_OTLP_ENDPOINT gives the address.
const collector = createServer(async (request, response) => {
  const { resourceSpans } = await json(request)
  for (const { scopeSpans } of resourceSpans) {
    for (const { spans } of scopeSpans) names.push(...spans.map(({ name }) => name))
  }
  response.end("{}")
}).listen(0, "127.0.0.1")
await once(collector, "listening")
process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${collector.address().port}`

const users = Users.fromEnv({
  transport: UndiciTransport.layer,
  layers: [
    NodeSdk.layer(() => ({
      resource: { serviceName: "sign-up" },
      spanProcessor: new BatchSpanProcessor(new OTLPTraceExporter())
    }))
  ]
})

await users.create({ externalId: "ada" })
// Sends what was not sent yet.
await users.close()

console.log(names.sort().join("\n"))
collector.closeAllConnections()
collector.close()
