/**
 * What holds for every operation, from its contracts: nothing here names one. A new operation is here when it has a contract. The
 * same calls through Effect 3 are in packages/effect3/test/everyOperation.test.ts.
 */
import { assert, describe, it } from "@effect/vitest"
import * as RetrySafety from "@sunco/client/RetrySafety"
import type { SunshineError } from "@sunco/client/SunshineError"
import { appId, type Client, type Contract, operationOf } from "@sunco/contracts/Contract"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import type { Page } from "@sunco/schemas/Page"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import * as Matcher from "effect-pact/Matcher"
import * as Cause from "effect/Cause"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Console from "effect/Console"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import * as References from "effect/References"
import * as Result from "effect/Result"
import * as String from "effect/String"
import * as Tracer from "effect/Tracer"
import { inspect } from "node:util"
import * as Faces from "./Faces.ts"
import * as ScriptedFetch from "./ScriptedFetch.ts"

/** What the table of retries has for the request of a contract. */
const safetyOf = (
  { name, resource }: { readonly name: string; readonly resource: string },
  sent: { readonly [field: string]: unknown }
) => {
  const tables: Readonly<Record<string, unknown>> = RetrySafety
  const table = tables[`${Faces.lowerCased(resource)}RetrySafety`] as
    | Readonly<Record<string, RetrySafety.RetrySafety | RetrySafety.ConditionalRetrySafety>>
    | undefined
  const row = table?.[name]
  if (row === undefined || typeof row === "string" || "repeat" in row) return row
  const isMet = Object.entries(row.when).every(([field, value]) =>
    value === true ? Object.hasOwn(sent, field) : sent[field] === value
  )
  return isMet ? row.met : row.otherwise
}

const exampleOf = (pattern: Matcher.Pattern | undefined): unknown => Matcher.example(pattern ?? {})

const rows = SunshineContracts.map((contract) => {
  const { description, request, response } = contract.interaction
  const operation = operationOf(contract) ?? assert.fail(`no operation is declared for ${description}`)
  return {
    contract,
    description,
    operation,
    method: `${operation.resource}.${operation.name}`,
    safety: safetyOf(operation, { ...Object(request.query), ...Object(exampleOf(request.body)) }),
    answer: { status: response.status, body: exampleOf(response.body) },
    /** Whether a read was applied is no question. */
    isRead: request.method === "GET"
  }
})

const successes = rows.filter(({ contract }) => "gives" in contract)

type Row = typeof rows[number]

/** What the table of retries has for who calls: an access token is that of an integration. */
const safetyFor = ({ contract, safety }: Row) =>
  typeof safety === "object" && "by" in safety && contract.credentials !== "bearer" ? "stop" : safety

/** One for each operation, and for each row of the table of retries that it may go by. */
const calls = Array.from(
  new Map(successes.map((row) => [JSON.stringify([row.method, row.safety, safetyFor(row)]), row])).values()
)

/** How a look-up finds nothing. */
const emptyListOf = (resource: string): Row =>
  successes.find(({ contract, operation }) => {
    if (operation.resource !== resource || operation.name !== "list" || !("gives" in contract)) return false
    const gives = contract.gives as Page<unknown> | ReadonlyArray<unknown>
    return ("items" in gives ? gives.items : gives).length === 0
  }) ?? assert.fail(`no contract of ${resource} lists nothing`)

/** How a look-up finds what an action is done to as it was. */
const foundBy = ({ operation: { declared: { path } } }: Row): Row =>
  successes.find(({ isRead, operation: { declared } }) =>
    isRead && declared.path === path.slice(0, path.lastIndexOf("/"))
  ) ??
    assert.fail(`no contract reads what ${path} is of`)

/** What the table of retries has read before a request is sent again, and before it is sent at all. */
const listsOf = (row: Row) => {
  const { operation, safety } = row
  const repeat = typeof safety === "object" ? safety.repeat : undefined
  const isLookedUp = repeat === "look up first" || repeat === "list first"
  const isListed = isLookedUp && "list" in SunshineOperations[operation.resource as keyof typeof SunshineOperations]
  const read = isListed ? [emptyListOf(operation.resource)] : isLookedUp ? [foundBy(row)] : []
  return { again: read, first: repeat === "list first" ? read : [] }
}

/** The same with every secret in the open: assertions take one for another. */
const revealed = (value: unknown): unknown =>
  Redacted.isRedacted(value)
    ? { secret: Redacted.value(value) }
    : Array.isArray(value)
    ? value.map(revealed)
    : typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? Object.fromEntries(Object.entries(value).map(([name, value]) => [name, revealed(value)]))
    : value

const forbidden = { status: 403, body: { errors: [{ code: "forbidden", title: "Forbidden" }] } }

const rateLimited = { status: 429, body: { errors: [{ code: "too_many_requests", title: "Slow down" }] } }

type Services = Context.Context<Client>

/** The call of a contract over these answers, and what was sent for it, but for a list that is read first. */
const run = (
  row: Row,
  answers: ReadonlyArray<ScriptedFetch.Answer | "reset">,
  face: Faces.Face = Faces.effects,
  change: (services: Services) => Services = (services) => services
) =>
  Effect.gen(function*() {
    const { first } = listsOf(row)
    const { fetch, sent } = ScriptedFetch.make(...first.map(({ answer }) => answer), ...answers)
    const services = change(yield* face(row.contract, fetch))
    const exit = yield* row.contract.call.pipe(Effect.provide(services), Effect.exit)
    return { exit, sent: sent.slice(first.length) }
  })

const errorOf = (exit: Exit.Exit<unknown, unknown>): SunshineError => {
  assert(Exit.isFailure(exit))
  const error = Cause.squash(exit.cause) as SunshineError
  assert.strictEqual(error._tag, "SunshineError")
  return error
}

it("every operation that is declared has a contract in which it succeeds", () => {
  const declared = Object.entries(SunshineOperations).flatMap(([resource, operations]) =>
    Object.keys(operations).map((name) => `${resource}.${name}`)
  )
  assert.sameMembers(Array.from(new Set(successes.map(({ method }) => method))), declared)
})

describe.each([{ name: "an effect", face: Faces.effects }, { name: "a promise", face: Faces.promises }])(
  "as $name",
  ({ face }) => {
    it.live.each(rows)(
      "$method does what its contract says: $description",
      (row) =>
        Effect.gen(function*() {
          const { answer, contract } = row
          const { exit, sent } = yield* run(row, [answer], face)
          const result = Exit.isSuccess(exit)
            ? Result.succeed(exit.value)
            : Result.fail((Cause.squash(exit.cause) as { readonly _tag: string })._tag)
          assert.deepStrictEqual<unknown>(
            Result.map(result, revealed),
            "gives" in contract ? Result.succeed(revealed(contract.gives)) : Result.fail(contract.failsWith)
          )
          assert.lengthOf(sent, 1)
        })
    )
  }
)

describe.each(calls)("$method: $description", (row) => {
  const { answer, contract, isRead, method, operation, safety } = row
  const lists = listsOf(row)
  const attempts = 1 + lists.first.length

  it("has a row in the table of retries", () => assert.isDefined(safety))

  it.live("is repeated after 429, which changed nothing", () =>
    Effect.gen(function*() {
      const { exit, sent } = yield* run(row, [rateLimited, answer])
      assert.isTrue(Exit.isSuccess(exit))
      assert.lengthOf(sent, 2)
    }))

  it.live("is repeated after a reset, or says that it does not know, by its row", () =>
    Effect.gen(function*() {
      const lookUps = lists.again.map(({ answer }) => answer)
      const { exit, sent } = yield* run(row, ["reset", ...lookUps, answer])
      if (safetyFor(row) !== "stop") {
        assert.isTrue(Exit.isSuccess(exit))
        assert.lengthOf(sent, 2 + lookUps.length)
        return
      }
      const applied = isRead ? "no" : "unknown"
      const sentInAll = 1 + lookUps.length
      assert.deepInclude(errorOf(exit), {
        operation: method,
        attempts: lists.first.length + sentInAll,
        retryStopped: "unsafe",
        applied
      })
      assert.lengthOf(sent, sentInAll)
    }))

  it.live("is not repeated after 403, which settles it", () =>
    Effect.gen(function*() {
      const { exit, sent } = yield* run(row, [forbidden])
      const error = errorOf(exit)
      assert.strictEqual(error.reason._tag, "Forbidden")
      assert.deepInclude(error, { operation: method, attempts, retryStopped: "not-retryable", applied: "no" })
      assert.lengthOf(sent, 1)
    }))

  it.live("is never repeated after a success that cannot be read", () =>
    Effect.forEach(["<html>", "[]"], (body) =>
      Effect.gen(function*() {
        const { exit, sent } = yield* run(row, [{ status: answer.status, body }])
        const error = errorOf(exit)
        assert.strictEqual(error.reason._tag, "UnexpectedResponse")
        assert.deepInclude(error, { operation: method, attempts, applied: isRead ? "no" : "yes" })
        assert.lengthOf(sent, 1)
      })))

  it.live("authenticates as it is told, accepts JSON, and says nothing else in its headers", () =>
    Effect.gen(function*() {
      const { sent: [request] } = yield* run(row, [answer])
      const { accept, authorization, ...others } = Object.fromEntries(request!.headers)
      assert.strictEqual(accept, "application/json")
      const scheme = operation.declared.auth === "none" ? undefined : contract.credentials
      assert.strictEqual(authorization?.split(" ", 1).join().toLowerCase(), scheme)
      const { body, form } = contract.interaction.request
      const hasBody = body !== undefined || form !== undefined
      assert.sameMembers(Object.keys(others), hasBody ? ["content-type", "user-agent"] : ["user-agent"])
    }))

  it.live("sends nothing for an id that would be another path", () =>
    Effect.gen(function*() {
      const segments = String.split(`${exampleOf(contract.interaction.request.path)}`, "/")
      const isInPath = (value: unknown): value is string =>
        typeof value === "string" && segments.includes(encodeURIComponent(value))
      let ids = 0
      yield* run(
        row,
        [answer],
        Faces.effects,
        withArguments((args) => {
          ids = args.filter(isInPath).length
          return args
        })
      )
      for (let nth = 0; nth < ids; nth++) {
        for (const hostile of ["", ".", "..", "\ud83e"]) {
          const { exit, sent } = yield* run(
            row,
            [answer],
            Faces.effects,
            withArguments((args) => {
              const at = args.findIndex((value, index) =>
                isInPath(value) && args.slice(0, index).filter(isInPath).length === nth
              )
              return args.with(at, hostile)
            })
          )
          const error = errorOf(exit)
          assert.strictEqual(error.reason._tag, "InvalidInput", hostile)
          assert.deepInclude(error, { operation: method, attempts: 0, applied: "no" })
          assert.lengthOf(sent, 0)
        }
      }
    }))

  it.live("refuses options that there are not, before anything is sent", () =>
    Effect.gen(function*() {
      const { exit, sent } = yield* run(
        row,
        [answer],
        Faces.effects,
        withArguments((args, at) =>
          Array.from({ length: at + 1 }, (_, index) => index === at ? { deadlin: 5 } : args[index])
        )
      )
      const error = errorOf(exit)
      assert(error.reason._tag === "InvalidInput")
      assert.include(error.reason.message, "options.deadlin: expected no such option")
      assert.lengthOf(sent, 0)
    }))

  it.live("tells in spans and log where it goes, and nobody's id, address or data, in errors neither", () =>
    Effect.gen(function*() {
      const secrets = [...secretsOf(contract), ...Faces.credentials]
      const told = yield* Effect.forEach(
        [[answer], [{ ...answer, status: 403 }], ["reset", "reset", "reset", "reset"], [{
          ...answer,
          body: "[]"
        }]] as const,
        (answers) => telling(run(row, answers))
      )
      assert.deepStrictEqual(told[0]!.spans, [
        method,
        ...[...lists.first, row].map(({ operation: { declared } }) => `${declared.method} ${declared.path}`)
      ])
      for (const { text } of told) {
        assert.include(text, "durationMillis")
        assert.deepStrictEqual(secrets.filter((secret) => text.includes(secret)), [])
      }
    }))
})

/** The same services, whose methods are called with other arguments; the last that a method has are its options. */
const withArguments =
  (change: (args: ReadonlyArray<unknown>, options: number) => ReadonlyArray<unknown>) =>
  (services: Services): Services =>
    Faces.replaced(services, (_, methods) =>
      Object.fromEntries(
        Object.entries(methods).map(([name, method]) => [name, (...args) => method(...change(args, method.length - 1))])
      ))

/** Texts of a request and its answer by which somebody could be known. A plain word, such as the type of a thing, is none. */
const secretsOf = (contract: Contract): ReadonlyArray<string> => {
  const { request, response } = contract.interaction
  const words = operationOf(contract)?.declared.path.split("/")
  const path = `${exampleOf(request.path)}`.split("/").slice(3).filter((segment) => words?.includes(segment) !== true)
  const texts = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value === "object" && value !== null) return Object.values(value).forEach(walk)
    if (typeof value === "string" && /[^a-z:_]/.test(value)) texts.add(value)
  }
  walk([path, exampleOf(request.body), request.form, exampleOf(request.query), exampleOf(response.body)])
  return Array.from(texts).filter((text) => text !== appId)
}

/** Everything that is to be seen of a call: its spans, its lines in every log, and its error, however it is printed. */
const telling = (call: ReturnType<typeof run>) =>
  Effect.gen(function*() {
    const lines: Array<string> = []
    const spans: Array<Tracer.NativeSpan> = []
    const tracer = Tracer.make({
      span: (options) => {
        const span = new Tracer.NativeSpan(options)
        spans.push(span)
        return span
      }
    })
    const loggers = [Logger.formatLogFmt, Logger.formatJson].map((logger) =>
      Logger.map(logger, (line) => void lines.push(line))
    )
    const { exit } = yield* call.pipe(
      Effect.tap(({ exit }) =>
        Exit.isFailure(exit) ? Effect.logError(exit.cause, Cause.squash(exit.cause)) : Effect.void
      ),
      Effect.withTracer(tracer),
      Effect.provide([
        Logger.layer(loggers),
        ConfigProvider.layer(ConfigProvider.fromUnknown({ SUNCO_LOG: "debug" }))
      ]),
      Effect.provideService(References.MinimumLogLevel, "Debug"),
      Effect.provideService(Console.Console, { ...console, error: (line) => void lines.push(`${line}`) })
    )
    const printed = (value: unknown) => inspect(value, { depth: null, showHidden: true, getters: true })
    const errors = Exit.isSuccess(exit)
      ? []
      : [exit.cause, Cause.squash(exit.cause)].flatMap((value) => [`${value}`, JSON.stringify(value), printed(value)])
    return {
      spans: spans.map(({ name }) => name),
      text: [...lines, ...errors, ...spans.map(({ attributes, events, name }) => printed([name, attributes, events]))]
        .join("\n")
    }
  })
