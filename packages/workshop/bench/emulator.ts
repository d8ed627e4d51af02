/**
 * `node packages/workshop/bench/emulator.ts`: how many requests a second the emulator answers, beside how many the fast client can send.
 * Fails when they are fewer: with the emulator, whoever measures a program would measure the emulator.
 *
 * The client sends to the server of the benchmark, which has every answer ready. The emulator is asked by a caller that costs
 * less than any client.
 */
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import * as EmulatorProcess from "../soak/EmulatorProcess.ts"
import { connections } from "./calls.ts"
import { cases } from "./cases.ts"
import { startContestant, startServer } from "./processes.ts"
import { openConnections } from "./rawCalls.ts"
import { callsPerSecond, interleaved, ratio, spreadOf, timed } from "./rounds.ts"
import { user } from "./users.ts"

Arguments.read("bench:emulator")

const rounds = 20

const { callsPerRound, credentials, inFlight, operation } = cases["get-64"]

const seededEmulator = Effect.gen(function*() {
  const { access, control } = yield* EmulatorProcess.start
  const { externalId, metadata, profile } = user
  yield* control.seed({ query: {}, payload: { users: [{ externalId, metadata, profile }] } })
  const key = Buffer.from(`${access.keyId}:${access.keySecret}`).toString("base64")
  const request = [
    `GET /v2/apps/${access.appId}/users/${externalId} HTTP/1.1`,
    `host: ${new URL(access.url).host}`,
    `authorization: Basic ${key}`,
    "accept: application/json",
    "",
    ""
  ].join("\r\n")
  return { url: access.url, request }
})

const measure = async (url: string, request: string) => {
  using server = await startServer()
  using client = startContestant("sunco")
  using caller = await openConnections(url, request, connections)
  const measurements = {
    client: () =>
      client.measure({ target: { url: server.url, credentials }, operation, calls: callsPerRound, inFlight }),
    emulator: () => timed(callsPerRound, () => caller.run(callsPerRound))
  }
  const names = ["client", "emulator"] as const
  const round = (name: keyof typeof measurements) => measurements[name]()
  await interleaved(5, () => names, round)
  return await interleaved(rounds, () => names, round)
}

const measured = await Effect.runPromise(
  Effect.scoped(
    Effect.flatMap(seededEmulator, ({ request, url }) => Effect.promise(() => measure(url, request)))
  ).pipe(Effect.provide(FetchHttpClient.layer))
)

const perSecond = (name: string) => spreadOf(measured, name, callsPerSecond).median.toFixed(0)

const { median, p10, p90 } = ratio(measured, "emulator", "client", callsPerSecond)

console.log(
  `${perSecond("client")} requests a second sent by the client, ${perSecond("emulator")} answered by the emulator`
)
console.log(`${median.toFixed(2)} [${p10.toFixed(2)}-${p90.toFixed(2)}] times as many, of at least 1`)

if (median < 1) process.exitCode = 1
