// Every error, as an application meets it, but for LimiterUnavailable: a limiter in memory can always be asked.
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { Circuit, Credentials, type SunshineError, Users } from "@sunco/effect3"
import * as Config from "effect/Config"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { failNext } from "./Emulator.ts"

const status = (status: number, more?: object) => ({ _tag: "Status", status, ...more })

const faults = [
  status(400),
  status(401),
  status(403),
  status(404, { code: "app_not_found" }),
  status(413),
  { _tag: "RateLimited", retryAfter: 90 },
  status(503),
  status(418),
  { _tag: "CutBeforeApplied" },
  { _tag: "SlowHeaders", milliseconds: 60_000 }
]

const reason = ({ message, reason }: SunshineError) => Console.log(`${reason._tag}: ${message}`)

const get = Effect.flatMap(Users, (users) => users.get("ada", { attemptTimeout: "200 millis", retry: "never" }))

const domain = Effect.gen(function*() {
  const users = yield* Users
  yield* users.create({ externalId: "ada" })
  yield* users.create({ externalId: "ada" }).pipe(
    Effect.catchTags({
      UserAlreadyExists: ({ message }) => Console.log(`UserAlreadyExists: ${message}`),
      SunshineError: Effect.die
    })
  )
  yield* users.get("nobody").pipe(
    Effect.catchTag("UserNotFound", ({ message }) => Console.log(`UserNotFound: ${message}`))
  )
  yield* users.get("..").pipe(Effect.catchTag("SunshineError", reason))
  for (const fault of faults) {
    yield* failNext(fault)
    yield* Effect.catchTag(get, "SunshineError", reason)
  }
})

const settings = { appId: Config.string("SUNCO_APP_ID"), baseUrl: Config.string("SUNCO_BASE_URL") }

const withoutToken = Effect.catchTag(get, "SunshineError", reason).pipe(
  Effect.provide(Users.layerConfig(settings)),
  Effect.provide(Credentials.layerBearerEffect(Effect.fail("the vault is sealed")))
)

const broken = Effect.gen(function*() {
  yield* failNext(status(503))
  yield* Effect.ignore(get)
  yield* Effect.catchTag(get, "SunshineError", reason)
}).pipe(
  Effect.provide(Users.layerConfig(settings)),
  Effect.provide([Circuit.layer({ failures: 1 }), Credentials.layerFromConfig])
)

const misconfigured = Layer.build(Users.layer({ appId: "", subdomain: "example" })).pipe(
  Effect.catchTag("SettingsError", ({ message }) => Console.log(`SettingsError: ${message}`)),
  Effect.scoped,
  Effect.provide(Credentials.layerFromConfig)
)

Effect.runPromise(
  Effect.provide(domain, Users.layerFromConfig()).pipe(
    Effect.zipRight(withoutToken),
    Effect.zipRight(broken),
    Effect.zipRight(misconfigured),
    Effect.provide(FetchHttpClient.layer)
  )
)
