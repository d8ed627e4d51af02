/**
 * What stands between Pact's verifier and the account: it lets through what is about things of the run, with credentials, and notes what
 * comes back; and what a request has made it deletes again.
 */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Sunshine } from "@sunco/client/Sunshine"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { formatAddress } from "effect/http/HttpServer"
import { HttpServerRequest } from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { randomBytes } from "node:crypto"
import { createServer } from "node:http"
import { Account, type WireAnswer, type WireRequest } from "./Account.ts"
import * as Answers from "./answers.ts"
import * as Deletions from "./Deletions.ts"
import { Exchanges } from "./Exchanges.ts"
import * as Guard from "./Guard.ts"
import * as Json from "./json.ts"
import { Ledger } from "./Ledger.ts"
import { marker, type OwnInteraction } from "./OwnPact.ts"

const isMethod = Schema.is(Schema.Literals(["GET", "POST", "PUT", "PATCH", "DELETE"]))

/** Listens on this machine until the scope closes. */
export const make = Effect.fnUntraced(function*(interactions: ReadonlyArray<OwnInteraction>) {
  const account = yield* Account
  const exchanges = yield* Exchanges
  const ledger = yield* Ledger
  const made = yield* madeByRequests
  const { host } = new URL(account.baseUrl)
  const byIndex = new Map(interactions.map((interaction) => [String(interaction.index), interaction]))

  const exchange = Effect.fnUntraced(function*(interaction: OwnInteraction, request: WireRequest) {
    const noted = exchanges.of(interaction.index)
    const refused = Guard.refusal({ ...request, body: Json.ofBytes(request.body) }, {
      appId: account.appId,
      host,
      // An integration that the run has made speaks of itself.
      isOwn: (name) => ledger.isOwn(name) || (name === "me" && noted.authorization !== undefined)
    })
    if (refused !== undefined) {
      noted.refused = refused
      return undefined
    }
    const credentials = noted.authorization ?? request.credentials
    const answer = yield* account.send({ ...request, credentials }).pipe(
      Effect.tapError(({ message }) => Effect.sync(() => made.noteLost(request, message)))
    )
    noted.answered = { status: answer.status, codes: Answers.codesIn(Json.ofBytes(answer.body)) }
    yield* made.note(request, answer)
    return answer
  })

  // Nobody on this machine is to send anything through it but the verifier, which is told where it is in secret.
  const segment = `/${randomBytes(16).toString("hex")}`
  // One at a time, and none is left half-way: what it makes has to be known.
  const turn = yield* Semaphore.make(1)
  const handle = Effect.gen(function*() {
    const request = yield* HttpServerRequest
    const interaction = byIndex.get(request.headers[marker.toLowerCase()] ?? "")
    if (!request.url.startsWith(`${segment}/`) || interaction === undefined || !isMethod(request.method)) {
      return HttpServerResponse.empty({ status: 404 })
    }
    const answer = yield* exchange(interaction, {
      method: request.method,
      target: request.url.slice(segment.length),
      contentType: request.headers["content-type"],
      body: new Uint8Array(yield* request.arrayBuffer),
      credentials: interaction.credentials
    }).pipe(turn.withPermits(1), Effect.uninterruptible)
    return answer === undefined
      ? HttpServerResponse.empty({ status: 403 })
      : HttpServerResponse.uint8Array(answer.body, {
        status: answer.status,
        contentType: answer.contentType ?? "application/octet-stream"
      })
  }).pipe(Effect.catch(() => Effect.succeed(HttpServerResponse.empty({ status: 502 }))))

  yield* Effect.addFinalizer(() => turn.withPermits(1)(made.remove))
  const server = yield* NodeHttpServer.make(createServer, { host: "127.0.0.1", port: 0 })
  yield* server.serve(handle)
  return { url: `${formatAddress(server.address)}${segment}`, removeMade: turn.withPermits(1)(made.remove) }
})

const isDefault = (thing: object): boolean => Predicate.hasProperty(thing, "isDefault") && thing.isDefault === true

/** What the requests of the replay make, until it is deleted. */
const madeByRequests = Effect.gen(function*() {
  const ledger = yield* Ledger
  const sunshine = yield* Sunshine
  let scope = yield* Scope.make()

  const remove = Effect.gen(function*() {
    const closing = scope
    scope = yield* Scope.make()
    yield* Scope.close(closing, Exit.void)
  })

  const note = Effect.fnUntraced(function*({ method, target }: WireRequest, { body, status }: WireAnswer) {
    const [path = ""] = target.split("?")
    const deletion = Deletions.ofRequest(method, path)
    const answer = Json.ofBytes(body)
    if (status !== 201 || !Json.isObject(answer)) return
    for (const [kind, thing] of Object.entries(answer)) {
      const named = deletion?.named ?? "id"
      if (!Predicate.hasProperty(thing, named) || !Predicate.isString(thing[named])) continue
      const name = thing[named]
      ledger.own(name)
      // The default conversation of a user goes with the user.
      if (deletion === undefined || isDefault(thing)) continue
      const { operation } = deletion
      const segments = path.split("/").slice(1).map(decodeURIComponent)
      yield* ledger.make({
        kind,
        create: Effect.succeed(name),
        idOf: (name) => name,
        remove: () =>
          sunshine.request(
            named === "id"
              ? { operation, method: "DELETE", path: [...segments, name] }
              : { operation, method: "POST", path: [...segments, "remove"], body: { [named]: name } }
          ).pipe(Effect.catchIf((error) => Answers.toldBy(error)?.status === 404, () => Effect.void))
      }).pipe(Scope.provide(scope))
    }
  })

  /** Nobody knows whether it made anything. */
  const noteLost = ({ method, target }: WireRequest, why: string) => {
    const [path = ""] = target.split("?")
    const kind = path.slice(path.lastIndexOf("/") + 1)
    if (Deletions.ofRequest(method, path) !== undefined) ledger.lost(kind, why)
  }
  return { note, noteLost, remove }
})
