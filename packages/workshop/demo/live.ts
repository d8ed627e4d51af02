import * as Credentials from "@sunco/client/Credentials"
import { Sunshine } from "@sunco/client/Sunshine"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { AllResources, Attachments, Conversations, Messages, Users } from "@sunco/client"
import type { CreateUser } from "@sunco/schemas/UserPayloads"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { randomBytes } from "node:crypto"
import * as Layout from "./layout.ts"
import { Printer } from "./Printer.ts"
import { hasFailed, playRound } from "./round.ts"
import type { Failure, Stage } from "./Step.ts"
import { Traffic } from "./Traffic.ts"

/** Users of the demo that are still at the vendor. */
export class UsersLeft extends Schema.TaggedError<UsersLeft>()("UsersLeft", {
  users: Schema.Array(Schema.Struct({ externalId: Schema.String, why: Schema.String }))
}) {
  override get message(): string {
    return this.users.map(({ externalId, why }) => `${externalId} may still be there, please delete it: ${why}`)
      .join("\n")
  }
}

const key = Config.option(Config.all({
  keyId: Config.NonEmptyString("SUNCO_KEY_ID"),
  secret: Config.Redacted("SUNCO_KEY_SECRET")
}))

/** What can be run at the vendor, with the credentials that are set, and again with JWTs where these are a key. */
export const live = Effect.gen(function*() {
  const { print } = yield* Printer
  const jwtKey = yield* key

  const first = yield* Effect.gen(function*() {
    const { appId } = yield* Sunshine
    yield* print(...Layout.introduction(
      `Live, on the app ${appId} that SUNCO_* names. The demo makes users of its own, whose externalIds begin with ` +
        `${prefix}, touches nobody else, and deletes them again, also when it is interrupted.`
    ))
    return yield* play(Option.isSome(jwtKey) ? "Basic" : "Bearer", false)
  }).pipe(Effect.provide(recorded(AllResources.layerFromConfig())))
  if (hasFailed(first)) return [first]

  yield* print(...Layout.jwtIntroduction)
  if (Option.isNone(jwtKey)) {
    yield* print(...Layout.prose("Left out: SUNCO_TOKEN is a token already, and without a key there is no other."))
    return [first]
  }
  return [first, yield* Effect.provide(play("JWT", true), recorded(layerJwt(jwtKey.value)))]
})

const prefix = "sunco-demo-"

const play = Effect.fnUntraced(function*(name: string, again: boolean) {
  const users = yield* Users
  const run = `${prefix}${randomBytes(4).toString("hex")}`
  const made = new Set<string>()
  const stage: Stage = {
    users: noting(users, made),
    // They go with the users who take part.
    conversations: yield* Conversations,
    messages: yield* Messages,
    attachments: yield* Attachments,
    externalId: (person) => `${run}-${person}`,
    notes: new Map()
  }
  return yield* Effect.onExit(
    playRound({ name, again, run: (step) => step.notLive ?? step.run(stage) }),
    () => tidyUp(users, made)
  )
})

/**
 * Notes the externalId of every user who was made or, for all that is known, may have been. A create that is given up
 * on its way could be applied after everybody was deleted, so Ctrl-C waits for it.
 */
const noting = (users: Users["Service"], made: Set<string>): Users["Service"] => {
  const note = <A, E extends Failure>(create: Effect.Effect<A, E>, { externalId }: CreateUser): Effect.Effect<A, E> =>
    Effect.uninterruptible(Effect.onExit(create, (exit) =>
      Effect.sync(() => {
        if (externalId !== undefined && !isCertainlyUnapplied(exit)) made.add(externalId)
      })))
  return {
    ...users,
    create: (payload, options) => note(users.create(payload, options), payload),
    getOrCreate: (payload, options) => note(users.getOrCreate(payload, options), payload),
    upsert: (payload, options) => note(users.upsert(payload, options), payload)
  }
}

const isCertainlyUnapplied = (exit: Exit.Exit<unknown, Failure>): boolean => {
  const error = Option.getOrUndefined(Exit.findErrorOption(exit))
  return error !== undefined && (error._tag !== "SunshineError" || error.applied === "no")
}

const tidyUp = Effect.fnUntraced(function*(users: Users["Service"], made: ReadonlySet<string>) {
  const { print } = yield* Printer
  let deleted = 0
  const left: Array<UsersLeft["users"][number]> = []
  yield* Effect.forEach(made, (externalId) =>
    Effect.match(users.delete(externalId), {
      onSuccess: () => {
        deleted++
      },
      // A step has deleted that one.
      onFailure: (error) => error._tag === "UserNotFound" ? undefined : left.push({ externalId, why: error.message })
    }), { concurrency: "unbounded", discard: true })
  yield* print(...Layout.tidiedUp(deleted))
  if (left.length > 0) return yield* new UsersLeft({ users: left })
})

const recorded = <A, E>(client: Layer.Layer<A, E, HttpClient.HttpClient>) =>
  client.pipe(Layer.provideMerge(Traffic.layerRecorder), Layer.provide(UndiciTransport.layer))

const optionalText = (name: string) => Config.withDefault(Config.NonEmptyString(name), undefined)

const layerJwt = ({ keyId, secret }: Credentials.Key) =>
  AllResources.layerConfig({
    appId: Config.String("SUNCO_APP_ID"),
    baseUrl: optionalText("SUNCO_BASE_URL"),
    subdomain: optionalText("SUNCO_SUBDOMAIN")
  }).pipe(Layer.provide(Credentials.layerJwt({ keyId, secret, scope: scopeOf(keyId) })))

/** The kind of a key is in its id. */
const scopeOf = (keyId: string): Credentials.JwtOptions["scope"] =>
  keyId.startsWith("int_") ? "integration" : /^(act|svc)_/.test(keyId) ? "account" : "app"
