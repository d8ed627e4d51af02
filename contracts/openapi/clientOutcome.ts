import * as AllResources from "@sunco/client/AllResources"
import * as Credentials from "@sunco/client/Credentials"
import { SunshineError } from "@sunco/client/SunshineError"
import * as Contract from "@sunco/contracts/Contract"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import * as Matcher from "effect-pact/Matcher"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

/** A contract of each operation in which the call gives something: its answer is what a success of that operation looks like. */
const successes = new Map(
  SunshineContracts.filter((contract) => "gives" in contract).map((contract) =>
    [Contract.operationOf(contract)?.declared.operationId, contract] as const
  )
)

/** What the client makes of an answer, found by calling it: `success`, or the name of the error or of its reason. */
export const clientOutcome = (operationId: string, status: number, code = "unknown"): Effect.Effect<string> => {
  const contract = successes.get(operationId)
  if (contract === undefined) return Effect.succeed("nothing")
  const success = Matcher.example(contract.interaction.response.body ?? {})
  const body = JSON.stringify(status < 300 ? success : { errors: [{ code }] })
  const hasBody = status !== 204 && status !== 205 && status !== 304
  const transport = HttpClient.make((request) =>
    Effect.sync(() => HttpClientResponse.fromWeb(request, new Response(hasBody ? body : null, { status })))
  )
  const client = AllResources.layer({ appId: Contract.appId, baseUrl: "http://localhost", retry: "never" }).pipe(
    Layer.provide([Credentials.layerBearer(Redacted.make("token")), Layer.succeed(HttpClient.HttpClient, transport)]),
    Layer.orDie
  )
  return contract.call.pipe(
    Effect.match({
      onSuccess: () => "success",
      onFailure: (error) => error instanceof SunshineError ? error.reason._tag : error._tag
    }),
    Effect.provide(client)
  )
}
