import { assert, describe, it } from "@effect/vitest"
import {
  ClientClosed,
  SettingsError,
  SunshineError,
  UserAlreadyExists,
  UserNotFound,
  Users
} from "@sunco/client/promise"
import * as Reasons from "@sunco/client/SunshineError"
import * as Cause from "effect/Cause"
import * as Console from "effect/Console"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import { Console as NodeConsole } from "node:console"
import { Writable } from "node:stream"
import { fileURLToPath } from "node:url"
import { inspect } from "node:util"
import { ada } from "./Operations.ts"
import { appId } from "./TestClient.ts"

const hidden = Redacted.make("Zs1")

const reasons: { readonly [Tag in Reasons.SunshineErrorReason["_tag"]]: Reasons.SunshineErrorReason } = {
  InvalidInput: new Reasons.InvalidInput({ issues: [{ path: ["id"], expected: "text" }] }),
  BadRequest: new Reasons.BadRequest({ errors: [{ code: "bad_request", title: hidden }] }),
  Unauthorized: new Reasons.Unauthorized(),
  Forbidden: new Reasons.Forbidden(),
  AppNotFound: new Reasons.AppNotFound(),
  PayloadTooLarge: new Reasons.PayloadTooLarge(),
  RateLimited: new Reasons.RateLimited({ retryAfter: Duration.seconds(9) }),
  ServerError: new Reasons.ServerError({ status: 503 }),
  Transport: new Reasons.Transport({
    host: "example.zendesk.com",
    code: "ECONNRESET",
    cause: hidden,
    isRetryable: true
  }),
  Timeout: new Reasons.Timeout({ limit: "deadline", after: Duration.seconds(9) }),
  CredentialsUnavailable: new Reasons.CredentialsUnavailable({ cause: hidden }),
  LimiterUnavailable: new Reasons.LimiterUnavailable({ cause: hidden }),
  CircuitOpen: new Reasons.CircuitOpen({ retryAfter: Duration.seconds(9) }),
  UnexpectedResponse: new Reasons.UnexpectedResponse({ status: 200, problem: "body", errors: [], snippet: hidden })
}

const response = Redacted.make({ status: 404, headers: { "x-id": "Zs1" } })

const facts = { operation: "Users.get", attempts: 1, response }

const errors: ReadonlyArray<readonly [name: string, error: Error]> = [
  ...Object.entries(reasons).map(([tag, reason]) =>
    [`SunshineError of ${tag}`, new SunshineError({ ...facts, reason, applied: "no" })] as const
  ),
  ["UserNotFound", new UserNotFound(facts)],
  ["UserAlreadyExists", new UserAlreadyExists(facts)],
  ["SettingsError", new SettingsError({ problems: [{ setting: "deadline", problem: "must be set" }] })],
  ["ClientClosed", new ClientClosed()]
]

/** What a console that is nobody's terminal was told. */
const consoleText = () => {
  let text = ""
  const stream = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk)
      done()
    }
  })
  return { console: new NodeConsole(stream), text: () => text }
}

const logged = (log: Effect.Effect<void>) => {
  const { console, text } = consoleText()
  return log.pipe(
    Effect.provide(Logger.layer([Logger.consolePretty({ colors: false, mode: "tty" })])),
    Effect.provideService(Console.Console, console as unknown as Console.Console),
    Effect.map(text)
  )
}

describe("shows message and stack, and nothing that is redacted:", () => {
  it.effect.each(errors)("%s", ([, error]) =>
    Effect.gen(function*() {
      const { console, text } = consoleText()
      console.error(error)
      console.log("Lost: %o", error)
      const shown = [
        inspect(error),
        inspect(error, { depth: null, showHidden: true, getters: true, colors: true }),
        inspect({ deep: { inside: [error] } }, { depth: 9 }),
        text(),
        yield* logged(Effect.logError(error)),
        yield* logged(Effect.logError("Lost", error)),
        yield* logged(Effect.logError(Cause.fail(error)))
      ]
      for (const text of shown) {
        assert.include(text, `${error.name}: ${error.message}`)
        assert.include(text, fileURLToPath(import.meta.url))
      }
      const { message, ...fields } = JSON.parse(JSON.stringify(error))
      assert.strictEqual(message, error.message)
      assert.strictEqual(fields._tag, error.name)
      for (const text of [...shown, String(error), JSON.stringify(error)]) {
        assert.notInclude(text, "Zs1")
        assert.include(text, error.message.slice(0, 20))
      }
    }))

  it("and the fields behind it, as deep as is asked", () => {
    const error = new SunshineError({ ...facts, reason: reasons.BadRequest, applied: "no" })
    assert.match(inspect(error, { depth: null }), /\{\n {2}operation: 'Users.get',[^]*code: 'bad_request'/)
    assert.include(inspect(error, { depth: 0 }), "reason: [")
    assert.notInclude(inspect(new ClientClosed()), "{")
  })
})

describe("the stack of a rejection has the caller's line", () => {
  const users = Users.make({
    appId,
    subdomain: "example",
    credentials: { token: "a.b.c" },
    transport: async (input) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      return String(input).endsWith("nobody")
        ? Response.json({ errors: [{ code: "user_not_found" }] }, { status: 404 })
        : String(input).endsWith("ada")
        ? Response.json({ user: ada })
        : new Response("", { status: 503 })
    }
  })

  const retry = { retry: "never" } as const

  const ways: { readonly [way: string]: () => Promise<unknown> } = {
    awaited: async function callerOfGet() {
      await users.get("down", retry)
    },
    "an outcome of the domain": async function callerOfGet() {
      await users.get("nobody")
    },
    "nothing was sent": async function callerOfGet() {
      await users.get("")
    },
    "awaited later": async function callerOfGet() {
      const call = users.get("down", retry)
      await Promise.resolve()
      await call
    },
    "behind then and catch": async function callerOfGet() {
      await users.get("down", retry).then(({ id }) => id).catch((error: unknown) => {
        throw error
      })
    },
    "one of several": async function callerOfGet() {
      await Promise.all([users.get("ada"), users.get("down", retry)])
    },
    "with its response": async function callerOfGet() {
      await users.withResponse((users) => users.get("down", retry))
    },
    "a request": async function callerOfGet() {
      await users.request({ operation: "Users.get", method: "GET", path: ["down"] }, retry)
    }
  }

  it.each(Object.keys(ways))("%s", async (way) => {
    const error = await ways[way]!().then(() => assert.fail("resolved"), (error: Error) => error)
    assert.match(String(error.stack), new RegExp(`^${error.name}: `))
    assert.include(error.stack, error.message)
    assert.match(String(error.stack), /callerOfGet .*printing\.test\.ts/)
  })

  it("also of what is thrown where a client is made", () => {
    const callerOfMake = () => Users.fromEnv({ layers: [Layer.effectDiscard(Effect.never)] })
    try {
      callerOfMake()
      assert.fail("made")
    } catch (error) {
      assert.instanceOf(error, SettingsError)
      assert.match(String(error.stack).split("\n")[1]!, /callerOfMake .*printing\.test\.ts/)
    }
  })
})
