import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Semaphore from "effect/Semaphore"
import { type Caller, type Secret, type Secrets, SecretsUnavailable, type SourceOptions } from "../Secrets.ts"
import { SettingsError } from "../SettingsError.ts"
import { digest, isSameDigest } from "./digest.ts"

interface Known extends Caller {
  readonly digest: Uint8Array
}

const isQuoted = (text: string): boolean => /^(["'`]).*\1$/s.test(text)

const problemOf = (text: unknown): string | undefined =>
  typeof text !== "string" || text === ""
    ? "must be a secret, and is empty"
    : /[\s\p{Cc}\p{Cf}]/u.test(text)
    ? "must have no blanks or line breaks"
    // As `.env` files and copying leave them: no delivery would have such a key.
    : isQuoted(text)
    ? "must be without quotes around it"
    : undefined

const isId = (id: unknown): boolean => typeof id === "string" && /^\S+$/u.test(id)

/** @internal */
export const known = (secrets: ReadonlyArray<Secret>): Effect.Effect<ReadonlyArray<Known>, SettingsError> => {
  const named = secrets.map((secret) => Redacted.isRedacted(secret) ? { secret } : secret)
  const problems = named.flatMap(({ appId, secret, webhookId }, index) => {
    const problem = problemOf(Redacted.isRedacted(secret) ? Redacted.value(secret) : undefined)
    return [
      ...(problem === undefined ? [] : [{ setting: `secrets.${index}`, problem }]),
      // One that is of nobody would have everybody refused.
      ...Object.entries({ appId, webhookId }).flatMap(([name, id]) =>
        id === undefined || isId(id) ? [] : [{ setting: `secrets.${index}.${name}`, problem: "must be an id" }]
      )
    ]
  })
  if (secrets.length === 0) problems.push({ setting: "secrets", problem: "must have one secret at least" })
  return problems.length > 0
    ? Effect.fail(new SettingsError({ problems }))
    : Effect.forEach(
      named,
      ({ appId, secret, webhookId }) =>
        Effect.map(digest(Redacted.value(secret)), (digest): Known => ({ digest, appId, webhookId }))
    )
}

/** @internal */
export const fromEnvironment: Effect.Effect<ReadonlyArray<Known>, Config.ConfigError | SettingsError> =
  /* @__PURE__ */ Effect.withFiber((fiber) => {
    // Effect's own default copies the environment when the process first asks. A provider of the application's is asked as it is.
    const provider = Context.getOrUndefined(fiber.context, ConfigProvider.ConfigProvider) ?? ConfigProvider.fromEnv()
    return Effect.flatMap(
      Effect.mapError(provider.load(["SUNCO_WEBHOOK_SECRET"]), (error) => new Config.ConfigError(error)),
      (node) => fromText(node?.value ?? "")
    )
  })

const fromText = (texts: string): Effect.Effect<ReadonlyArray<Known>, SettingsError> => {
  const text = texts.trim()
  // Quotes around all of them are around none.
  const secrets = isQuoted(text) ? [text] : text.split(",")
  return Effect.mapError(
    known(secrets.map((secret) => Redacted.make(secret.trim()))),
    ({ problems }) =>
      new SettingsError({
        problems: problems.map(({ problem }) => ({
          setting: "SUNCO_WEBHOOK_SECRET",
          problem: text === "" ? "must be set" : problem
        }))
      })
  )
}

/** All are compared, whichever it is. */
const callersAmong = (secrets: ReadonlyArray<Known>, key: Uint8Array): ReadonlyArray<Caller> => {
  const isSame = secrets.map(({ digest }) => isSameDigest(digest, key))
  return secrets.filter((_, index) => isSame[index]).map(({ appId, webhookId }) => ({ appId, webhookId }))
}

/** @internal */
export const fixed = (secrets: ReadonlyArray<Known>): Secrets["Service"] => ({
  callers: (apiKey) => Effect.map(digest(apiKey), (key) => callersAmong(secrets, key))
})

/** An unknown key asks the source again, and so may anybody who guesses. */
const leastMillisBetween = 1000

/** @internal */
export const changing = <E, R>(
  source: Effect.Effect<ReadonlyArray<Secret>, E, R>,
  { timeToLive = "5 minutes", timeout = "5 seconds" }: SourceOptions = {}
): Effect.Effect<Secrets["Service"], never, R> =>
  Effect.gen(function*() {
    const context = yield* Effect.context<R>()
    const alone = Semaphore.makeUnsafe(1)
    const liveMillis = Duration.toMillis(Duration.fromInputUnsafe(timeToLive))
    /** What it gave last. */
    let secrets: ReadonlyArray<Known> = []
    /** How often it was asked, and when last. */
    let asked = 0
    let askedAt = Number.NEGATIVE_INFINITY
    /** What it said to the last question that it has answered, whether or not it could. */
    let answer: Exit.Exit<ReadonlyArray<Known>, SecretsUnavailable> = Exit.succeed(secrets)
    let answered = 0

    const ask = source.pipe(
      Effect.timeout(timeout),
      Effect.flatMap(known),
      Effect.provideContext(context),
      Effect.catchCause((cause) => Effect.fail(new SecretsUnavailable({ cause: Redacted.make(cause) }))),
      Effect.exit
    )

    /** The answer to a question that is asked from now on; one for all who wait. */
    const askAgain = Effect.suspend(() => {
      const before = asked
      return alone.withPermit(Effect.gen(function*() {
        if (answered <= before) {
          const now = yield* Clock.currentTimeMillis
          yield* Effect.sleep(Math.max(0, askedAt + leastMillisBetween - now))
          askedAt = yield* Clock.currentTimeMillis
          asked++
          answer = yield* ask
          answered = asked
          if (Exit.isSuccess(answer)) secrets = answer.value
        }
        return yield* answer
      }))
    })

    return {
      callers: (apiKey) =>
        Effect.gen(function*() {
          const key = yield* digest(apiKey)
          const now = yield* Clock.currentTimeMillis
          const found = callersAmong(secrets, key)
          if (found.length > 0 && now - askedAt < liveMillis) return found
          const again = Effect.map(askAgain, (secrets) => callersAmong(secrets, key))
          // While the source fails, a key that it gave before still counts.
          return yield* (found.length > 0 ? Effect.orElseSucceed(again, () => found) : again)
        })
    }
  })
