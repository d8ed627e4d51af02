import { type Operation } from "@sunco/schemas/Operation"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import { type AppWithoutKey, type EmulatedApp, type Emulator, type ServerOptions } from "../Emulator.ts"
import { FaultRule } from "../Fault.ts"
import { InvalidInput } from "../InvalidInput.ts"
import { LinkAnswer } from "../LinkAnswer.ts"
import { type Operation as OperationName } from "../Operation.ts"
import { decodeSeed } from "../Seed.ts"
import { checked } from "./checked.ts"
import { checkOptions } from "./checkedOptions.ts"
import { type ControlContext, controlEndpoints, reset } from "./control.ts"
import { type Principal } from "./credentials.ts"
import { type Answer, type Delivery } from "./delivery.ts"
import { makeDocuments } from "./documents.ts"
import { FaultRules } from "./faultRules.ts"
import { headerOf, type IncomingRequest, originOf, type RequestHead } from "./incomingRequest.ts"
import { inflict } from "./inflict.ts"
import { liveLists } from "./liveLists.ts"
import { LiveUpdates } from "./liveUpdates.ts"
import { makeOriginCheck } from "./originCheck.ts"
import { appNotFound, failedOn, forbidden, payloadTooLarge, Refusal, unauthorized } from "./refusal.ts"
import { makeRequestLog, Note, seen } from "./requestLog.ts"
import { type Emulated, sunshine } from "./resources.ts"
import { answerLink } from "./resources/clients.ts"
import { endpointsOf, type Found, makeRoutes } from "./routes.ts"
import { DeliveryFault } from "../WebhookDelivery.ts"
import { WebhookSender } from "./webhookSender.ts"
import { type App, type StartedApp, World } from "./world.ts"

/**
 * The emulator behind either adapter: one whole request in, what goes back for it out.
 *
 * @internal
 */
export interface Emulation {
  /** An `Exit` already where nothing has to be waited for, so that an adapter needs no fiber for it. */
  readonly handle: (request: IncomingRequest, now: number) => Effect.Effect<Delivery>
  /**
   * How long a body of this request can be; an adapter keeps no more of one than a byte over it, and nothing at all without a
   * limit: then the head decides.
   */
  readonly bodyLimit: (head: RequestHead) => number | undefined
  readonly service: Omit<Emulator["Service"], "url">
  /** Sends events to webhooks, as long as it runs. */
  readonly deliver: Effect.Effect<never>
  /** Says where the emulator is, once that is known. */
  readonly reachedAt: (url: string) => void
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

/** Of a service account the apps say whether it may use them. */
const reaches = ({ appId, serviceAccountId }: Principal, { id, state: { about } }: App): boolean =>
  appId === undefined
    ? serviceAccountId === undefined || about.serviceAccounts.has(serviceAccountId)
    : appId === id

const limitOf = ({ limits }: Operation) => limits?.requestBytes ?? maximumBodyBytes

const bodyLength = ({ body }: IncomingRequest) => body?.length ?? 0

const refused = (refusal: Refusal, note: Note): Answer => {
  note.titles = refusal.errors.slice(0, 10).map(({ title = "" }) => title)
  return refusal.answer
}

/** As much of a body as JSON can have is remembered, and a byte more where it was longer. */
const remembered = (request: IncomingRequest): IncomingRequest =>
  bodyLength(request) <= maximumBodyBytes + 1
    ? request
    : { ...request, body: request.body?.slice(0, maximumBodyBytes + 1) }

/** @internal */
export const makeEmulation = (options: ServerOptions = {}, emulated: Emulated = sunshine): Effect.Effect<Emulation> =>
  Effect.map(Effect.andThen(checkStart(emulated, options), Clock.currentTimeMillis), (startedAt) => {
    const sender = new WebhookSender(options.webhooks, () => live.changed(), options.onDelivery)
    const world = new World(emulated, options, startedAt, sender)
    const faultRules = new FaultRules()
    const log = makeRequestLog(options.requestsKept ?? 10_000)
    const checkOrigin = makeOriginCheck([options.host ?? "localhost", ...options.allowedHosts ?? []])

    const live: LiveUpdates = new LiveUpdates(() => liveLists({ world, faultRules, log, sender }))
    const changed = Effect.sync(() => live.changed())
    const documents = makeDocuments(world.first, live)
    const documentOf = ({ method, url }: RequestHead) => method === "GET" ? documents.get(url) : undefined

    const findEndpoint = makeRoutes(endpointsOf(emulated))
    const findControl = makeRoutes(controlEndpoints())

    // The vendor's servers: `https://{subdomain}.zendesk.com/sc` and `https://api.smooch.io`.
    const belowServer = (url: string) => url.startsWith("/sc/") ? url.slice(3) : url
    const findOperation = (method: string, url: string) => findEndpoint(method, belowServer(url))

    const controlContext = (now: number): ControlContext => ({ world, faultRules, log, now, sender })

    /** The app that the request reaches, if it is inside of one. */
    const admit = (
      { declared, params }: Found<Operation>,
      principal: Principal | undefined
    ): App | Refusal | undefined => {
      if (declared.auth === "bearer" && principal?.authentication === "basic") return unauthorized
      const app = "appId" in declared.params ? world.apps.find(params["appId"] ?? "") ?? appNotFound : undefined
      if (principal === undefined || app instanceof Refusal) return app
      const isReached = app === undefined || reaches(principal, app)
      const isListed = declared.scopes.includes(principal.scope) ||
        (principal.scope === "account" && world.assume.accountScope === "everything" && declared.auth !== "bearer")
      return isReached && isListed ? app : forbidden
    }

    const carryOut = (
      found: Found<Operation>,
      request: IncomingRequest,
      note: Note,
      principal: Principal | Refusal | undefined
    ): Effect.Effect<Answer | Refusal> => {
      if (principal instanceof Refusal) return Effect.succeed(principal)
      note.authentication = principal?.authentication
      note.keyId = principal?.keyId
      const app = admit(found, principal)
      if (app instanceof Refusal) return Effect.succeed(app)
      const limit = limitOf(found.declared)
      if (bodyLength(request) > limit) return Effect.succeed(payloadTooLarge(limit))
      return found.carryOut(
        request,
        world.context(app, note.receivedAt, { caller: principal, origin: originOf(request) })
      )
    }

    /** Of a file that is for whoever knows where it is, or for whoever may call its app. */
    const fileAnswer = (request: IncomingRequest, note: Note): Effect.Effect<Answer> | undefined => {
      const found = request.method === "GET" || request.method === "HEAD" ? world.fileAt(request.url) : undefined
      if (found === undefined) return undefined
      const { app, file } = found
      if (app.start.privateAttachments !== true) {
        note.applied = true
        return Effect.succeed(file)
      }
      const principal = world.credentials.authenticate(headerOf(request, "authorization"), note.receivedAt)
      return Effect.mapEager(principal, (principal) => {
        if (principal instanceof Refusal) return principal.answer
        note.authentication = principal.authentication
        note.keyId = principal.keyId
        if (!reaches(principal, app)) return forbidden.answer
        note.applied = true
        return file
      })
    }

    /** Of a page that is no file of an app. */
    const pageAnswer = ({ method, url }: IncomingRequest, note: Note): Answer | undefined => {
      const page = method === "GET" ? world.pageAt(belowServer(url), note.receivedAt) : undefined
      if (page === undefined || page instanceof Refusal) return page?.answer
      note.applied = true
      return page
    }

    const answer = (
      found: Found<Operation> | Refusal,
      request: IncomingRequest,
      note: Note
    ): Effect.Effect<Answer> => {
      if (found instanceof Refusal) {
        return fileAnswer(request, note) ?? Effect.succeed(pageAnswer(request, note) ?? refused(found, note))
      }
      const principal = found.declared.auth === "none"
        ? Effect.undefined
        : world.credentials.authenticate(headerOf(request, "authorization"), note.receivedAt)
      const carriedOut = Effect.flatMapEager(principal, (principal) => carryOut(found, request, note, principal))
      return Effect.mapEager(carriedOut, (result) => {
        if (result instanceof Refusal) return refused(result, note)
        note.applied = true
        return result
      })
    }

    const controlAnswer = (request: IncomingRequest, now: number): Effect.Effect<Answer | Refusal> => {
      const document = documentOf(request)
      if (document !== undefined) return document(request)
      if (bodyLength(request) > maximumControlBodyBytes) return Effect.succeed(payloadTooLarge(maximumControlBodyBytes))
      const found = findControl(request.method, request.url)
      return found instanceof Refusal ? Effect.succeed(found) : found.carryOut(request, controlContext(now))
    }

    const serve: Emulation["handle"] = (request, now) => {
      if (isControl(request.url) || documentOf(request) !== undefined) {
        const foreign = checkOrigin(request)
        const result = foreign === undefined ? controlAnswer(request, now) : Effect.succeed(foreign)
        return Effect.mapEager(result, (result) => result instanceof Refusal ? result.answer : result)
      }

      const found = findOperation(request.method, request.url)
      const note = new Note(remembered(request), now)
      if (!(found instanceof Refusal)) {
        // Those of the rows of a test have other names.
        note.operation = found.name as OperationName
        note.appId = found.params["appId"]
      }
      log.add(note)

      const fault = faultRules.take(request, note.operation)
      if (!(fault instanceof Refusal)) note.fault = fault
      const delivered = contained(() =>
        fault === undefined
          ? answer(found, request, note)
          : fault instanceof Refusal
          ? Effect.succeed(fault.answer)
          : inflict(fault, now, () => answer(found, request, note))
      )
      return Effect.mapEager(delivered, (delivery) => {
        if (delivery._tag === "Answer") note.status = delivery.status
        options.onRequest?.(seen(note))
        return delivery
      })
    }

    const appWithoutKey = (app: App): AppWithoutKey => ({
      appId: app.id,
      seed: (seed) =>
        Effect.gen(function*() {
          const now = yield* Clock.currentTimeMillis
          return world.seed(app, yield* Effect.orDie(decodeSeed(seed)), now)
        }).pipe(Effect.ensuring(changed)),
      stored: (resource) => Effect.map(Effect.orDie(checkResource(resource)), () => world.stored(app, resource)),
      answerLink: (clientId, answer) =>
        Effect.gen(function*() {
          const now = yield* Clock.currentTimeMillis
          const context = { ...world.context(app, now), app: app.state }
          const client = answerLink(clientId, yield* Effect.orDie(decodeLinkAnswer(answer)), context)
          if (!(client instanceof Refusal)) return client
          const problems = client.errors.map(({ title }) => title ?? "")
          return yield* Effect.die(new InvalidInput({ input: "link", problems }))
        }).pipe(Effect.ensuring(changed)),
      addKey: (key = {}) =>
        Effect.map(
          Effect.andThen(Effect.orDie(checkKey(key)), Clock.currentTimeMillis),
          (now) => world.addKey(app, key, now)
        ),
      trigger: (type, payload = {}) =>
        Effect.map(Clock.currentTimeMillis, (now) => world.trigger(app, { type, payload }, now)).pipe(
          Effect.ensuring(changed)
        ),
      addAccessToken: (accessToken, integrationId) =>
        Effect.sync(() => world.credentials.addAccessToken(app.id, accessToken, integrationId))
    })

    const emulatedApp = (app: StartedApp): EmulatedApp => ({
      ...appWithoutKey(app),
      keyId: app.keyId,
      keySecret: app.keySecret
    })

    const addFaults = (rules: ReadonlyArray<FaultRule>) =>
      Effect.flatMap(Effect.orDie(decodeFaultRules(rules)), (rules) => {
        const refusal = faultRules.add(rules)
        return refusal === undefined
          ? changed
          : Effect.die(new InvalidInput({ input: "faults", problems: refusal.errors.map(({ title }) => title ?? "") }))
      })

    const [first, ...others] = world.started
    const firstApp = emulatedApp(first)

    return {
      handle: (request, now) => {
        const delivered = contained(() => serve(request, now))
        // What takes its time is told of when it has begun, and again when it is over.
        live.changed()
        return Exit.isExit(delivered) ? delivered : Effect.ensuring(delivered, changed)
      },
      bodyLimit: (head) => {
        const { method, url } = head
        if (documentOf(head) !== undefined) return undefined
        if (isControl(url)) {
          const isRefused = checkOrigin(head) !== undefined || findControl(method, url) instanceof Refusal
          return isRefused ? undefined : maximumControlBodyBytes
        }
        const found = findOperation(method, url)
        return found instanceof Refusal ? maximumBodyBytes : limitOf(found.declared)
      },
      deliver: sender.run,
      reachedAt: (url) => {
        world.origin = url
      },
      service: {
        ...firstApp,
        apps: [firstApp, ...others.map(emulatedApp)],
        app: (appId) =>
          Effect.suspend(() => {
            const app = world.apps.find(appId)
            return app === undefined
              ? Effect.die(new InvalidInput({ input: "app", problems: [`no app has the id ${JSON.stringify(appId)}`] }))
              : Effect.succeed(appWithoutKey(app))
          }),
        faults: {
          add: (fault, options) => addFaults([{ fault, ...options }]),
          next: (...faults) => addFaults(faults.map((fault) => ({ fault, times: 1 }))),
          left: Effect.sync(() => faultRules.left),
          clear: Effect.andThen(Effect.sync(() => faultRules.clear()), changed)
        },
        requests: Effect.sync(() => log.all().map(seen)),
        events: Effect.sync(() => world.emitted()),
        deliveries: {
          all: Effect.sync(() => sender.all()),
          flush: sender.flush,
          next: (...faults) =>
            Effect.map(Effect.orDie(decodeDeliveryFaults(faults)), (faults) => sender.addFaults(faults))
        },
        revoke: (keyIdOrAccessToken) => Effect.sync(() => world.credentials.revoke(keyIdOrAccessToken)),
        reset: Effect.andThen(Effect.map(Clock.currentTimeMillis, (now) => reset(controlContext(now))), changed)
      }
    }
  })

// What is wrong here is wrong in the test that asks for it.
const checkResource = checked("resource", Schema.Literals(Object.keys(sunshine.stored)))

const checkKey = checked(
  "key",
  Schema.Struct({
    keyId: Schema.optional(Schema.NonEmptyString),
    keySecret: Schema.optional(Schema.Redacted(Schema.NonEmptyString)),
    scope: Schema.optional(Schema.Literals(["integration", "app", "account"])),
    integrationId: Schema.optional(Schema.NonEmptyString),
    serviceAccountId: Schema.optional(Schema.NonEmptyString)
  })
)

const decodeLinkAnswer = checked("link", LinkAnswer)

const decodeFaultRules = checked("faults", Schema.Array(FaultRule))

const decodeDeliveryFaults = checked("faults", Schema.Array(DeliveryFault))

const checkStart = (emulated: Emulated, options: ServerOptions): Effect.Effect<void> =>
  Effect.orDie(Effect.andThen(checkOptions(options), Effect.suspend(() => checkSeeds(emulated, options))))

const checkSeeds = ({ seed }: Emulated, { apps = [], ...first }: ServerOptions): Effect.Effect<void, InvalidInput> =>
  Effect.forEach([first, ...apps], (start) => {
    const fields = Object.entries(start).filter(([name, value]) => name in seed && value !== undefined)
    return decodeSeed(Object.fromEntries(fields))
  }, { discard: true })
