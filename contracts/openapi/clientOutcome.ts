import * as Credentials from "@sunco/client/Credentials"
import { SunshineError } from "@sunco/client/SunshineError"
import { Users } from "@sunco/client/Users"
import { appId, type Contract } from "@sunco/contracts/Contract"
import * as UsersContracts from "@sunco/contracts/UsersContracts"
import { UsersOperations } from "@sunco/schemas/UsersOperations"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

const contracts = new Map(Object.entries(UsersContracts))

const calls = new Map<string, Contract["call"] | undefined>(
  Object.entries(UsersOperations).map(([name, { operationId }]) => [operationId, contracts.get(name)?.[0]?.call])
)

// What the body of any success can be read from.
const anySuccess = { user: { id: "ada" }, users: [] }

/** What the client makes of an answer, found by calling it: `success`, or the name of the error or of its reason. */
export const clientOutcome = (operationId: string, status: number, code = "unknown"): Effect.Effect<string> => {
  const body = JSON.stringify(status < 300 ? anySuccess : { errors: [{ code }] })
  const hasBody = status !== 204 && status !== 205 && status !== 304
  const transport = HttpClient.make((request) =>
    Effect.sync(() => HttpClientResponse.fromWeb(request, new Response(hasBody ? body : null, { status })))
  )
  const client = Users.layer({ appId, baseUrl: "http://localhost", retry: "never" }).pipe(
    Layer.provide([Credentials.layerBearer(Redacted.make("token")), Layer.succeed(HttpClient.HttpClient, transport)]),
    Layer.orDie
  )
  const call = calls.get(operationId)
  if (call === undefined) return Effect.succeed("nothing")
  return call.pipe(
    Effect.match({
      onSuccess: () => "success",
      onFailure: (error) => error instanceof SunshineError ? error.reason._tag : error._tag
    }),
    Effect.provide(client)
  )
}
