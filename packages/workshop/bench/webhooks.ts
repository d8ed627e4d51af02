/**
 * `node packages/workshop/bench/webhooks.ts`: the processor time that a receiver takes for a delivery, beside a bare `node:http` server that
 * compares the digest of the key and parses the body. Fails where a handler of Node's own requests takes more than three times as much,
 * behind Express and Fastify, too.
 */
import { type ChildProcess, fork } from "node:child_process"
import { Agent, request } from "node:http"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { delivery, secret } from "./deliveries.ts"
import { percentile, spread } from "./statistics.ts"

Arguments.read("bench:webhooks")

const rounds = 20
const perRound = 1500
const inFlight = 32
const limit = 3

const message = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once("message", resolve))

const start = async (name: string) => {
  const child = fork(new URL("deliveryServerProcess.ts", import.meta.url), [name])
  const port = await message(child) as number
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight })
  const used = async () => {
    child.send("how much")
    return await message(child) as { readonly cpu: number; readonly handled: number }
  }
  const deliver = (body: string) =>
    new Promise<void>((resolve, reject) => {
      request({
        agent,
        host: "127.0.0.1",
        port,
        method: "POST",
        headers: { "x-api-key": secret, "content-type": "application/json", "content-length": Buffer.byteLength(body) }
      }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${name} answered ${response.statusCode}`))
        response.resume().on("end", resolve)
      }).on("error", reject).end(body)
    })
  return {
    /** Microseconds of each delivery. */
    round: async (): Promise<number> => {
      const bodies = Array.from({ length: perRound }, delivery)
      const before = await used()
      await Promise.all(Array.from({ length: inFlight }, async () => {
        for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) await deliver(body)
      }))
      const after = await used()
      if (after.handled - before.handled !== perRound) throw new Error(`${name} has not handled every delivery`)
      return (after.cpu - before.cpu) / perRound
    },
    stop: () => {
      agent.destroy()
      child.kill()
    }
  }
}

const names = [
  "bare",
  "node",
  "promise",
  "bare express",
  "express",
  "bare fastify",
  "fastify",
  "web"
] as const

type Name = typeof names[number]

/** The handlers that Node's own requests come to. */
const limited: ReadonlySet<Name> = new Set(["node", "promise", "express", "fastify"])

const servers: ReadonlyArray<readonly [Name, Awaited<ReturnType<typeof start>>]> = await Promise.all(
  names.map(async (name) => [name, await start(name)] as const)
)

const measured = new Map<Name, Array<number>>(names.map((name) => [name, []]))

for (let n = -4; n < rounds; n++) {
  for (const [name, { round }] of servers) {
    const micros = await round()
    // The first ones are of a cold program.
    if (n >= 0) measured.get(name)!.push(micros)
  }
}

for (const [, { stop }] of servers) stop()

for (const [name, micros] of measured) {
  const ratios = spread(micros.map((micros, round) => micros / measured.get("bare")![round]!))
  console.log(
    `${name.padEnd(12)} ${percentile(micros, 0.5).toFixed(0).padStart(4)} us a delivery`,
    `${ratios.median.toFixed(2)} [${ratios.p10.toFixed(2)}-${ratios.p90.toFixed(2)}] of bare` +
      (limited.has(name) ? `, at most ${limit}` : "")
  )
  if (limited.has(name) && ratios.median > limit) process.exitCode = 1
}
