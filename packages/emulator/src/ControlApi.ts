/**
 * The emulator's own endpoints, through which a test in any language does what a test in this process does with the
 * service `Emulator`. They ask for no credentials.
 *
 * @since 0.1.0
 */
import { Client } from "@sunco/schemas/Client"
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { EmittedEvent } from "./EmittedEvent.ts"
import { FaultRule } from "./Fault.ts"
import { LinkAnswer } from "./LinkAnswer.ts"
import { Seed, Seeded } from "./Seed.ts"
import { SeenRequest } from "./SeenRequest.ts"
import { Stored } from "./Stored.ts"
import { DeliveryFault, WebhookDelivery } from "./WebhookDelivery.ts"

const Done = Schema.Struct({}).annotate({ identifier: "Done", description: "It is done." })

const Faults = Schema.Struct({ faults: Schema.Array(FaultRule) }).annotate({ identifier: "Faults" })

const AddFaults = Schema.Struct({ faults: Schema.Array(FaultRule).check(Schema.isMaxLength(1000)) }).annotate({
  identifier: "AddFaults"
})

const DeliveryFaults = Schema.Struct({
  faults: Schema.Array(DeliveryFault).check(Schema.isMaxLength(1000))
}).annotate({ identifier: "DeliveryFaults" })

const Requests = Schema.Struct({ requests: Schema.Array(SeenRequest) }).annotate({ identifier: "Requests" })

const ApiKey = Schema.Struct({ appId: Schema.String, keyId: Schema.String, keySecret: Schema.String }).annotate({
  identifier: "ApiKey"
})

// Without it, the first app is meant.
const appQuery = { appId: Schema.optionalKey(Schema.String) }

/**
 * The group `Emulator` of {@link ControlApi}.
 *
 * @category groups
 * @since 0.1.0
 */
export const ControlGroup = HttpApiGroup.make("Emulator").add(
  HttpApiEndpoint.get("health", "/_emulator/health", {
    success: Schema.Struct({ status: Schema.Literal("ok") })
  }).annotate(OpenApi.Summary, "Whether the emulator answers."),
  HttpApiEndpoint.post("reset", "/_emulator/reset", { success: Done })
    .annotate(OpenApi.Summary, "Goes back to how the emulator started."),
  HttpApiEndpoint.post("seed", "/_emulator/seed", { query: appQuery, payload: Seed, success: Seeded })
    .annotate(
      OpenApi.Summary,
      "Puts users, conversations, clients, devices, files, integrations and their keys in place."
    ),
  HttpApiEndpoint.get("stored", "/_emulator/stored", { query: appQuery, success: Stored })
    .annotate(OpenApi.Summary, "What the app keeps, by resource and in the order of arrival."),
  HttpApiEndpoint.post("answerLink", "/_emulator/links", {
    query: appQuery,
    payload: Schema.Struct({ clientId: Schema.String, ...LinkAnswer.fields }).annotate({ identifier: "AnswerLink" }),
    success: Schema.Struct({ client: Client })
  }).annotate(
    OpenApi.Summary,
    "Lets the channel answer to a client that is pending, and gives the client as it is then."
  ),
  HttpApiEndpoint.get("requests", "/_emulator/requests", { success: Requests })
    .annotate(OpenApi.Summary, "The requests that were seen, in the order of arrival."),
  HttpApiEndpoint.post("trigger", "/_emulator/events", {
    query: appQuery,
    payload: Schema.Struct({
      type: Schema.NonEmptyString,
      payload: Schema.optionalKey(Schema.JsonObject)
    }).annotate({ identifier: "TriggerEvent" }),
    success: Schema.Struct({ event: EmittedEvent })
  }).annotate(OpenApi.Summary, "Makes an event happen, of any type and with any payload."),
  HttpApiEndpoint.get("deliveries", "/_emulator/deliveries", {
    success: Schema.Struct({ deliveries: Schema.Array(WebhookDelivery) })
  }).annotate(OpenApi.Summary, "What is on its way to webhooks, and what became of it."),
  HttpApiEndpoint.post("flushDeliveries", "/_emulator/deliveries/flush", { success: Done })
    .annotate(OpenApi.Summary, "Sends now what waits."),
  HttpApiEndpoint.post("addDeliveryFaults", "/_emulator/deliveries/faults", {
    payload: DeliveryFaults,
    success: DeliveryFaults
  }).annotate(OpenApi.Summary, "What happens to the next deliveries on their way, one to each."),
  HttpApiEndpoint.get("faults", "/_emulator/faults", { success: Faults })
    .annotate(OpenApi.Summary, "The faults that still wait for requests."),
  HttpApiEndpoint.post("addFaults", "/_emulator/faults", { payload: AddFaults, success: AddFaults })
    .annotate(
      OpenApi.Summary,
      "Adds faults for the requests to come, and gives these; the first that is for a request is inflicted on it."
    ),
  HttpApiEndpoint.delete("clearFaults", "/_emulator/faults", { success: Done })
    .annotate(OpenApi.Summary, "Forgets all faults."),
  HttpApiEndpoint.post("addKey", "/_emulator/keys", {
    query: appQuery,
    payload: Schema.Struct({
      keyId: Schema.optionalKey(Schema.String),
      keySecret: Schema.optionalKey(Schema.String),
      scope: Schema.optionalKey(Schema.Literals(["app", "integration", "account"])),
      integrationId: Schema.optionalKey(Schema.String),
      serviceAccountId: Schema.optionalKey(Schema.String)
    }).annotate({ identifier: "AddKey" }),
    success: ApiKey
  }).annotate(OpenApi.Summary, "Adds an API key, or gives a key another secret."),
  HttpApiEndpoint.post("addAccessToken", "/_emulator/access-tokens", {
    query: appQuery,
    payload: Schema.Struct({
      accessToken: Schema.String,
      integrationId: Schema.optionalKey(Schema.String)
    }).annotate({ identifier: "AddAccessToken" }),
    success: Done
  }).annotate(OpenApi.Summary, "Accepts a bearer token such as OAuth issues."),
  HttpApiEndpoint.post("revoke", "/_emulator/revoke", {
    payload: Schema.Struct({
      keyId: Schema.optionalKey(Schema.String),
      accessToken: Schema.optionalKey(Schema.String)
    }).annotate({ identifier: "Revoke" }),
    success: Done
  }).annotate(OpenApi.Summary, "Revokes an API key, with the tokens that it signed, or an access token.")
)

/**
 * The declaration from which the emulator serves `/_emulator/…`, and from which an `HttpApiClient` can be derived.
 *
 * **Example** (Seeding an emulator that runs in another process)
 *
 * ```ts
 * import { ControlApi } from "@sunco/emulator/ControlApi"
 * import { Emulator } from "@sunco/emulator/Emulator"
 * import * as Effect from "effect/Effect"
 * import * as FetchHttpClient from "effect/http/FetchHttpClient"
 * import * as HttpApiClient from "effect/http-api/HttpApiClient"
 *
 * const program = Effect.gen(function*() {
 *   const { url } = yield* Emulator
 *   const control = yield* HttpApiClient.make(ControlApi, { baseUrl: url })
 *   const { users } = yield* control.Emulator.seed({ query: {}, payload: { users: [{ externalId: "ada" }] } })
 *   console.log(users.length)
 *   // 1
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide([Emulator.layer(), FetchHttpClient.layer])))
 * ```
 *
 * @category apis
 * @since 0.1.0
 */
export const ControlApi = HttpApi.make("ControlApi").add(ControlGroup).annotateMerge(
  OpenApi.annotations({
    title: "The emulator's own endpoints",
    version: "0.1.0",
    description: "What a test does with the emulator itself: seed, faults, requests, what is stored, keys, reset."
  })
)
