import { type Operations } from "@sunco/schemas/Operation"
import { SunshineApi } from "@sunco/schemas/SunshineApi"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import { ControlApi } from "../ControlApi.ts"
import { type EmulatedApp, type Emulator, type ServerOptions } from "../Emulator.ts"
import { FaultRule } from "../Fault.ts"
import { type Operation } from "../Operation.ts"
import { Seed } from "../Seed.ts"
import { type Carries, type Found, makeRoutes } from "./apiRoutes.ts"
import { control, type ControlContext, reset } from "./control.ts"
import { type Principal } from "./credentials.ts"
import { type Answer, type Delivery } from "./delivery.ts"
import { documents } from "./documents.ts"
import { type App, EmulatedApps } from "./emulatedApps.ts"
import { FaultRules } from "./faultRules.ts"
import { headerOf, type IncomingRequest } from "./incomingRequest.ts"
import { inflict } from "./inflict.ts"
import { makeOriginCheck } from "./originCheck.ts"
import { appNotFound, failedOn, forbidden, payloadTooLarge, Refusal } from "./refusal.ts"
import { Note, RequestLog } from "./requestLog.ts"
import { users, type UsersContext } from "./users.ts"

/**
 * The emulator behind either adapter: one whole request in, what goes back for it out.
 *
 * @internal
 */
export interface Emulation {
  /** An `Exit` already where nothing has to be waited for, so that an adapter needs no fiber for it. */
  readonly handle: (request: IncomingRequest, now: number) => Effect.Effect<Delivery>
  /** How long a body can be for this path and query; an adapter keeps no more of one than a byte over it. */
  readonly bodyLimit: (url: string) => number
  readonly service: Omit<Emulator["Service"], "url">
}

/** "JSON: 100kb" (OpenAPI 17.12.1, Request Size Limits), counted as Express does. */
const maximumBodyBytes = 100 * 1024

/** Seeds are larger than any request of the API. */
const maximumControlBodyBytes = 16 * 1024 * 1024

const isControl = (url: string) => url.startsWith("/_emulator/")

/** Whatever goes wrong is that one request's: it gets a 500, and the emulator stays. */
const contained = (deliver: () => Effect.Effect<Delivery>): Effect.Effect<Delivery> => {
  const failed = (defect: unknown) => Effect.succeed(failedOn(defect).answer)
  // What is carried out at once throws before there is an effect that could catch it.
  try {
    const delivered = deliver()
    return Exit.isExit(delivered) && Exit.isSuccess(delivered) ? delivered : Effect.catchDefect(delivered, failed)
  } catch (defect) {
    return failed(defect)
  }
}

/** A resource or an operation without a behaviour does not compile. */
const behaviours: {
  readonly [Resource in keyof typeof SunshineOperations]: Carries<(typeof SunshineOperations)[Resource], UsersContext>
} = { Users: users }

const isBodyOptional = (operation: Operation): boolean => {
  const [resource, name] = operation.split(".") as [keyof typeof SunshineOperations, string]
  const operations: Operations = SunshineOperations[resource]
  return operations[name]?.bodyOptional ?? false
}

/** @internal */
export const makeEmulation = (options: ServerOptions = {}): Effect.Effect<Emulation> =>
  Effect.map(Clock.currentTimeMillis, (startedAt) => {
    const apps = new EmulatedApps(options, startedAt)
    const faultRules = new FaultRules()
    const log = new RequestLog(options.requestsKept ?? 10_000)
    const checkOrigin = makeOriginCheck([options.host ?? "localhost", ...options.allowedHosts ?? []])

    const findOperation = makeRoutes<Operation, UsersContext>(SunshineApi, behaviours, isBodyOptional)
    const findControl = makeRoutes<string, ControlContext>(ControlApi, { Emulator: control })

    const context = (now: number): ControlContext => ({ apps, faultRules, log, now })

    const carryOut = (found: Found<Operation, UsersContext>, note: Note, principal: Principal | Refusal) => {
      if (principal instanceof Refusal) return principal
      note.authentication = principal.authentication
      note.keyId = principal.keyId
      const app = apps.find(found.params["appId"])
      if (app === undefined) return appNotFound
      if (principal.appId !== undefined && principal.appId !== app.appId) return forbidden
      if ((note.request.body?.length ?? 0) > maximumBodyBytes) return payloadTooLarge("100kb")
      return found.carryOut(note.request, { store: app.store, now: note.receivedAt, makeId: apps.makeId })
    }

    const answer = (found: Found<Operation, UsersContext> | Refusal, note: Note): Effect.Effect<Answer> => {
      if (found instanceof Refusal) return Effect.succeed(found.answer)
      const authorization = headerOf(note.request, "authorization")
      return Effect.mapEager(apps.credentials.authenticate(authorization, note.receivedAt), (principal) => {
        const result = carryOut(found, note, principal)
        if (result instanceof Refusal) return result.answer
        note.applied = true
        return result
      })
    }

    const controlAnswer = (request: IncomingRequest, now: number): Answer | Refusal => {
      const document = request.method === "GET" ? documents.get(request.url) : undefined
      if (document !== undefined) return document(request, apps.all[0])
      if ((request.body?.length ?? 0) > maximumControlBodyBytes) return payloadTooLarge("16mb")
      const found = findControl(request.method, request.url)
      return found instanceof Refusal ? found : found.carryOut(request, context(now))
    }

    const serve: Emulation["handle"] = (request, now) => {
      if (isControl(request.url) || (documents.has(request.url) && request.method === "GET")) {
        const result = checkOrigin(request) ?? controlAnswer(request, now)
        return Effect.succeed(result instanceof Refusal ? result.answer : result)
      }

      // The vendor's servers: `https://{subdomain}.zendesk.com/sc` and `https://api.smooch.io`.
      const found = findOperation(request.method, request.url.startsWith("/sc/") ? request.url.slice(3) : request.url)
      const note = new Note(request, now)
      if (!(found instanceof Refusal)) {
        note.operation = found.operation
        note.appId = found.params["appId"]
      }
      log.add(note)

      const fault = faultRules.take(request, note.operation)
      if (!(fault instanceof Refusal)) note.fault = fault
      const delivered = contained(() =>
        fault === undefined
          ? answer(found, note)
          : fault instanceof Refusal
          ? Effect.succeed(fault.answer)
          : inflict(fault, now, () => answer(found, note))
      )
      return Effect.mapEager(delivered, (delivery) => {
        if (delivery._tag === "Answer") note.status = delivery.status
        return delivery
      })
    }

    const emulatedApp = (app: App): EmulatedApp => ({
      appId: app.appId,
      keyId: app.keyId,
      keySecret: app.keySecret,
      seed: (seed) =>
        Effect.gen(function*() {
          const now = yield* Clock.currentTimeMillis
          return apps.seed(app, yield* Effect.orDie(decodeSeed(seed)), now)
        }),
      users: Effect.sync(() => app.store.all()),
      addKey: (key = {}) => Effect.map(Clock.currentTimeMillis, (now) => apps.addKey(app, key, now)),
      addAccessToken: (accessToken) => Effect.sync(() => apps.credentials.addAccessToken(app.appId, accessToken))
    })

    const addFaults = (rules: ReadonlyArray<FaultRule>) =>
      Effect.map(Effect.orDie(decodeFaultRules(rules)), (rules) => faultRules.add(rules))

    const [first, ...others] = apps.all
    const firstApp = emulatedApp(first)

    return {
      handle: (request, now) => contained(() => serve(request, now)),
      bodyLimit: (url) => isControl(url) ? maximumControlBodyBytes : maximumBodyBytes,
      service: {
        ...firstApp,
        apps: [firstApp, ...others.map(emulatedApp)],
        faults: {
          add: (fault, options) => addFaults([{ fault, ...options }]),
          next: (...faults) => addFaults(faults.map((fault) => ({ fault, times: 1 }))),
          left: Effect.sync(() => faultRules.left),
          clear: Effect.sync(() => faultRules.clear())
        },
        requests: Effect.sync(() => log.all()),
        revoke: (keyIdOrAccessToken) => Effect.sync(() => apps.credentials.revoke(keyIdOrAccessToken)),
        reset: Effect.map(Clock.currentTimeMillis, (now) => reset(context(now)))
      }
    }
  })

// What is wrong here is wrong in the test that asks for it.
const decodeSeed = Schema.decodeEffect(Seed)
const decodeFaultRules = Schema.decodeEffect(Schema.Array(FaultRule))
