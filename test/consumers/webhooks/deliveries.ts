/** `node deliveries.ts SERVER`: what a receiver of the README does with the deliveries of the emulator, and with worse. */
import { delivery, secret, send, sendHalf } from "./send.ts"
import { servers } from "./servers.ts"

process.env["SUNCO_WEBHOOK_SECRET"] = secret

const { port, stop } = await servers[process.argv[2] ?? ""]!()

const emulator = async (method: string, path: string, body?: object) => {
  const response = await fetch(`${process.env["SUNCO_BASE_URL"]}/_emulator/${path}`, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

interface Delivery {
  readonly state: "waiting" | "delivered" | "given up"
  readonly attempts: ReadonlyArray<{ readonly status?: number; readonly failure?: string }>
}

/** What became of the delivery of an event, as the emulator tells it. */
const delivered = async (id: string) => {
  await emulator("POST", "events", { type: "user:remove", payload: { user: { id } } })
  for (;;) {
    const { deliveries }: { readonly deliveries: ReadonlyArray<Delivery> } = await emulator("GET", "deliveries")
    const last = deliveries.at(-1)
    const { length } = last?.attempts ?? []
    if (last !== undefined && (last.state !== "waiting" || length > 1)) {
      return console.log(last.state, last.attempts.map(({ failure, status }) => failure ?? status).join(", "))
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

// The first ones, at once: what a receiver builds for itself is there for all of them. There is no handler for these.
const first = ["a", "b", "c"].map((id) => send(port, { body: delivery(id, "", "user:update") }))
console.log((await Promise.all(first)).join(", "))

await emulator("POST", "seed", {
  integrations: [{
    type: "custom",
    displayName: "receiver",
    webhooks: [{ target: `http://127.0.0.1:${port}/webhooks`, secret, triggers: ["user:remove"] }]
  }]
})

await delivered("ada")

await emulator("POST", "deliveries/faults", { faults: [{ _tag: "forged" }, { _tag: "twice" }] })
await delivered("mallory")
await delivered("grace")

console.log(await send(port, { key: "forged", body: delivery("mallory") }))
console.log(await send(port, { method: "HEAD" }))
console.log(await send(port, { body: delivery("long", "x".repeat(1_200_000)) }))

for (const chunked of [false, true]) {
  console.log(await send(port, { body: delivery("too-large", "x".repeat(5 * 1024 * 1024)), chunked }))
}

await sendHalf(port, delivery("cut"))
await delivered("alan")

await stop()
