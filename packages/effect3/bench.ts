/**
 * `node --expose-gc bench.ts [rounds]`: what a call costs, in microseconds of processor time, over a transport in this process
 * that answers at once, and as a multiple of what it costs by hand in the same round. The ways of calling take turns, and of the
 * rounds of each the median counts. Fails where a call without tracing costs more than 1.50 times as much as by hand.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as ClientCredentials from "@sunco/client/Credentials"
import * as Client from "@sunco/client/Users"
import * as Credentials from "@sunco/effect3/Credentials"
import { Users } from "@sunco/effect3/Users"
import * as Effect4 from "effect-4/Effect"
import * as HttpClient4 from "effect-4/http/HttpClient"
import * as HttpClientResponse4 from "effect-4/http/HttpClientResponse"
import * as Redacted4 from "effect-4/Redacted"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import process, { cpuUsage } from "node:process"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { runEffect3 } from "./src/internal/runEffect3.ts"
import { runEffect4 } from "./src/internal/runEffect4.ts"

const [given = "30"] = Arguments.read("bench.ts", ["ROUNDS"])
const rounds = /^[1-9]\d*$/.test(given)
  ? Number(given)
  : Arguments.refuse("bench.ts", `expected a number of rounds above 0, not ${JSON.stringify(given)}`)

const body = JSON.stringify({
  user: {
    id: "7494535bff5cef41a15be74d",
    externalId: "your-own-id",
    signedUpAt: "2026-11-23T09:30:00.000Z",
    profile: { givenName: "Ada", surname: "Lovelace", email: "ada@example.com", locale: "en-GB" },
    metadata: { plan: "pro", seats: 12 },
    identities: [{ type: "email", value: "ada@example.com", verification: "sso" }]
  }
})

const settings = { appId: "5d8cff3cd55b040010928b5b", subdomain: "example" }

const url = "https://example.zendesk.com/sc/v2/apps/5d8cff3cd55b040010928b5b/users/ada"

const withLength = { headers: { "content-length": String(body.length) } }

const answering = (init?: ResponseInit) =>
  HttpClient.make((request) => Effect.sync(() => HttpClientResponse.fromWeb(request, new Response(body, init))))

const usersOn = (httpClient: HttpClient.HttpClient) =>
  Effect.runPromise(
    Users.make(settings).pipe(
      Effect.provide(Credentials.layerBearer(Redacted.make("token"))),
      Effect.provideService(HttpClient.HttpClient, httpClient)
    )
  )

const httpClient = answering(withLength)

const users = await usersOn(httpClient)

const usersOfUnknownLength = await usersOn(answering())

const users4 = await Effect4.runPromise(
  Client.Users.make(settings).pipe(
    Effect4.provide(ClientCredentials.layerBearer(Redacted4.make("token"))),
    Effect4.provideService(
      HttpClient4.HttpClient,
      HttpClient4.make((request) =>
        Effect4.sync(() => HttpClientResponse4.fromWeb(request, new Response(body, withLength)))
      )
    )
  )
)

const calls = 2_000

/** Calls one after the other, in one fiber. */
const inEffect3 = (call: Effect.Effect<unknown, unknown>) => () => Effect.runPromise(Effect.repeatN(call, calls - 1))

const inEffect4 = (call: Effect4.Effect<unknown, unknown>) => () =>
  Effect4.runPromise(Effect4.repeat(call, { times: calls - 1 }))

const byHand = "HttpClient of Effect 3 and JSON.parse, nothing else"

const withoutTracing = "this package, tracing off"

const limit = 1.5

const ways = {
  [byHand]: inEffect3(
    Effect.flatMap(httpClient.execute(HttpClientRequest.get(url)), (response) => response.json)
  ),
  "this package": inEffect3(users.get("ada")),
  [withoutTracing]: inEffect3(Effect.withTracerEnabled(users.get("ada"), false)),
  "this package, an answer that does not tell its length": inEffect3(usersOfUnknownLength.get("ada")),
  "@sunco/client on an HttpClient of Effect 4": inEffect4(users4.get("ada")),
  "the way across alone: an effect that does nothing": inEffect3(runEffect4(Effect4.void)),
  "the way across alone: there and back": inEffect3(runEffect4(runEffect3(Effect.yieldNow())))
}

const microseconds = async (run: () => Promise<unknown>): Promise<number> => {
  globalThis.gc?.()
  const before = cpuUsage()
  await run()
  const { system, user } = cpuUsage(before)
  return (system + user) / calls
}

const median = (values: ReadonlyArray<number>): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN

const measured = Object.entries(ways).map(([name, run]) => ({ name, run, costs: [] as Array<number> }))
for (let round = -5; round < rounds; round++) {
  for (const { costs, run } of measured) {
    const cost = await microseconds(run)
    // What the compiler of the engine does is not what a call costs.
    if (round >= 0) costs.push(cost)
  }
}
const [{ costs: costsByHand } = { costs: [] }] = measured
for (const { costs, name } of measured) {
  const multiple = median(costs.map((cost, round) => cost / (costsByHand[round] ?? NaN)))
  console.log(`${median(costs).toFixed(1).padStart(6)} us  ${multiple.toFixed(2).padStart(5)}  ${name}`)
  if (name === withoutTracing && multiple > limit) process.exitCode = 1
}
