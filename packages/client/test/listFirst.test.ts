/** A create that a list settles, of a resource that no vendor has. */
import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import type { EffectFace } from "@sunco/client/EffectFace"
import type { Call, Face } from "@sunco/client/Face"
import { UserNotFound } from "@sunco/client/Outcomes"
import * as Resource from "@sunco/client/Resource"
import { SunshineError } from "@sunco/client/SunshineError"
import { AppId, PathSegment } from "@sunco/schemas/Ids"
import type { Operations } from "@sunco/schemas/Operation"
import { Meta } from "@sunco/schemas/Page"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { listFirst } from "../src/internal/operation/listFirst.ts"
import { resource } from "../src/internal/operation/resource.ts"
import { sentIn } from "../src/internal/transport/wire.ts"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import { appId, drawing, key, throughTime } from "./TestClient.ts"

const { after, answer, cut, errors, json, refused, reset, silence } = ScriptedTransport

const Tag = Schema.Struct({ id: Schema.String, name: Schema.String, color: Schema.optionalKey(Schema.String) })

type Tag = typeof Tag.Type

interface ColoredTag extends Tag {
  readonly color: string
}

const CreateTag = Schema.Struct({ name: Schema.NonEmptyString })

const failures = { UserNotFound: { status: 404, codes: ["user_not_found"] } } as const

const TagsOperations = {
  create: {
    operationId: "CreateTag",
    method: "POST",
    path: "/v2/apps/:appId/users/:userId/tags",
    params: { appId: AppId, userId: PathSegment },
    payload: CreateTag,
    scopes: ["app"],
    success: { status: 201, schema: Schema.Struct({ tag: Schema.Struct({ ...Tag.fields, color: Schema.String }) }) },
    failures
  },
  list: {
    operationId: "ListTags",
    method: "GET",
    path: "/v2/apps/:appId/users/:userId/tags",
    params: { appId: AppId, userId: PathSegment },
    scopes: ["app"],
    success: { status: 200, schema: Schema.Struct({ tags: Schema.Array(Tag), meta: Schema.optionalKey(Meta) }) },
    failures
  }
} as const satisfies Operations

interface TagsMethods<F extends Face> {
  readonly create: (
    userId: string,
    payload: typeof CreateTag.Type,
    options?: F["options"]
  ) => Call<F, ColoredTag, "UserNotFound">
}

class Tags extends Resource.Service<Tags, TagsMethods<EffectFace>>()("made-up/Tags", (sunshine) => {
  const { core, method, operation } = resource(
    sunshine,
    "Tags",
    TagsOperations,
    { create: { repeat: "list first" }, list: "repeat" },
    { UserNotFound }
  )
  const creating = operation("create", ({ tag }) => tag)
  const listing = operation("list", ({ meta, tags }) => meta?.hasMore === true ? undefined : tags)
  return {
    create: (userId, payload, options) =>
      method("create", options, (method) =>
        listFirst(core, method, options, {
          create: {
            encoded: creating.encode({ params: { userId }, payload }),
            plan: creating.planWith(creating.row)
          },
          list: { encoded: listing.encode({ params: { userId } }), plan: listing.planWith(listing.row) },
          isSame: (request, { name }) => name === sentIn<typeof CreateTag.Type>(request).name,
          found: ({ color, ...tag }) =>
            color === undefined ? Result.fail(["tags", "color"]) : Result.succeed({ ...tag, color })
        }))
  }
}) {}

const list = "GET /users/u1/tags"
const post = "POST /users/u1/tags"

const tea = { id: "t1", name: "tea", color: "green" }
const old = { id: "t0", name: "tea", color: "black" }
const other = { id: "t2", name: "milk", color: "white" }

const tags = (...tags: ReadonlyArray<object>) => json(200, { tags })
const created = json(201, { tag: tea })
const unavailable = errors(503, "service_unavailable")

/** Runs a create over a transport that answers from a script, and gives what became of it and what was sent. */
const create = (
  script: Parameters<typeof ScriptedTransport.make>[0],
  options?: EffectFace["options"],
  payload: typeof CreateTag.Type = { name: "tea" },
  userId = "u1"
) => {
  const { httpClient, sent } = ScriptedTransport.make(script)
  const baseUrl = "https://example.zendesk.com/sc"
  const layer = Tags.layer({ appId, baseUrl }).pipe(
    Layer.provide([Credentials.layerBasic(key), Layer.succeed(HttpClient.HttpClient, httpClient)])
  )
  return throughTime(Effect.result(Tags.use((tags) => tags.create(userId, payload, options)))).pipe(
    Effect.provide(layer),
    drawing(0),
    Effect.map((result) => ({
      outcome: result._tag === "Success" ? result.success : result.failure,
      sent: sent.map(({ method, url }) => `${method} ${url.slice(`${baseUrl}/v2/apps/${appId}`.length)}`)
    }))
  )
}

const lostAnswers: ReadonlyArray<readonly [what: string, reply: ScriptedTransport.Reply]> = [
  ["a 503", unavailable],
  ["a reset", reset],
  ["a time-out", silence],
  ["a cut body", cut(201)]
]

describe("a create of which a list is read first", () => {
  it.effect("reads the list, and creates", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create([tags(old), created])
      assert.deepStrictEqual(sent, [list, post])
      assert.deepStrictEqual(outcome, tea)
    }))

  it.effect.each(lostAnswers)(
    "takes for its own the one that was not there before, after %s",
    ([, lost]) =>
      Effect.gen(function*() {
        const { outcome, sent } = yield* create([tags(old), lost, tags(old, other, tea)])
        assert.deepStrictEqual(sent, [list, post, list])
        assert.deepStrictEqual(outcome, tea)
      })
  )

  it.effect("sends again where none was added, also where an equal one was there before", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create([tags(old), reset, tags(old, other), created])
      assert.deepStrictEqual(sent, [list, post, list, post])
      assert.deepStrictEqual(outcome, tea)
    }))

  it.effect("looks again instead where a status line said that it was created", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create([tags(), cut(201), tags(), tags(tea)])
      assert.deepStrictEqual(sent, [list, post, list, list])
      assert.deepStrictEqual(outcome, tea)
      const never = yield* create([tags(), cut(201), tags()])
      assert.deepStrictEqual(never.sent, [list, post, list, list, list])
      assert.deepInclude(never.outcome, { applied: "yes", retryStopped: "attempts", attempts: 5 })
    }))

  it.effect("does not know where several were added", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create([tags(), reset, tags(tea, { ...tea, id: "t3" })])
      assert.deepStrictEqual(sent, [list, post, list])
      assert.deepInclude(outcome, { _tag: "SunshineError", operation: "Tags.create", attempts: 3, applied: "unknown" })
      assert(outcome instanceof SunshineError)
      assert.deepInclude(outcome.reason, { _tag: "UnexpectedResponse", problem: "not-told-apart", status: 200 })
      assert.strictEqual(
        outcome.message,
        "Tags.create: what was found (200) may not be of this call's earlier attempt; 3 attempts, stopped: not-retryable, applied: unknown"
      )
    }))

  it.effect("does not give one that lacks what a create promises", () =>
    Effect.gen(function*() {
      const { outcome } = yield* create([tags(), reset, tags({ id: "t1", name: "tea" })])
      assert(outcome instanceof SunshineError)
      assert.deepInclude(outcome, { applied: "unknown", retryStopped: "not-retryable" })
      assert.deepInclude(outcome.reason, { problem: "body", path: ["tags", "color"] })
    }))

  it.effect("looks once more when the repetition is refused, which its own first attempt may be the cause of", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create([tags(), reset, tags(), errors(400, "too_many_tags"), tags(tea)])
      assert.deepStrictEqual(sent, [list, post, list, post, list])
      assert.deepStrictEqual(outcome, tea)
    }))

  it.effect("leaves open what was open when nothing is found after a refusal", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create([tags(), reset, tags(), errors(400, "too_many_tags"), tags()])
      assert.lengthOf(sent, 5)
      assert(outcome instanceof SunshineError)
      assert.deepInclude(outcome, { attempts: 5, retryStopped: "not-retryable", applied: "unknown" })
      assert.include(outcome.message, "the request was refused (400 too_many_tags)")
    }))

  it.effect("fails with the outcome of the list where that has one", () =>
    Effect.gen(function*() {
      const missing = errors(404, "user_not_found")
      const first = yield* create([missing])
      assert.deepStrictEqual(first.sent, [list])
      assert.deepInclude(first.outcome, { _tag: "UserNotFound", operation: "Tags.create", attempts: 1 })
      const later = yield* create([tags(), reset, missing])
      assert.deepInclude(later.outcome, { _tag: "UserNotFound", attempts: 3 })
    }))

  it.effect("fails with the outcome of the create where it settles it", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create([tags(), errors(404, "user_not_found")])
      assert.deepStrictEqual(sent, [list, post])
      assert.deepInclude(outcome, { _tag: "UserNotFound", attempts: 2 })
    }))

  it.effect("fails as not applied where the first list fails, and creates nothing", () =>
    Effect.gen(function*() {
      for (
        const [failing, requests] of [[errors(403, "forbidden"), 1], [unavailable, 4], [
          answer(200, "<html>"),
          1
        ]] as const
      ) {
        const { outcome, sent } = yield* create([failing])
        assert.deepStrictEqual(sent, Array.from({ length: requests }, () => list))
        assert.deepInclude(outcome, { _tag: "SunshineError", operation: "Tags.create", applied: "no" })
      }
    }))

  it.effect("leaves open what was open where the second list fails", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create([tags(), reset, unavailable])
      assert.deepStrictEqual(sent, [list, post, list, list, list])
      assert.deepInclude(outcome, { applied: "unknown", retryStopped: "attempts" })
      const forbidden = yield* create([tags(), reset, errors(403, "forbidden")])
      assert.deepInclude(forbidden.outcome, { applied: "unknown", retryStopped: "not-retryable" })
    }))

  it.effect("ends with its attempts, and says what is open", () =>
    Effect.gen(function*() {
      const retry = { attempts: 3 }
      const { outcome, sent } = yield* create([tags(), reset, tags(), errors(400, "too_many_tags")], { retry })
      assert.deepStrictEqual(sent, [list, post, list, post])
      assert.deepInclude(outcome, { applied: "unknown", retryStopped: "attempts" })
      assert(outcome instanceof SunshineError)
      assert.deepInclude(outcome.reason, { problem: "not-looked-up", status: 400 })
    }))

  it.effect("repeats what was certainly not applied without another look", () =>
    Effect.gen(function*() {
      for (const unapplied of [errors(429, "too_many_requests"), refused]) {
        const { outcome, sent } = yield* create([tags(), unapplied, created])
        assert.deepStrictEqual(sent, [list, post, post])
        assert.deepStrictEqual(outcome, tea)
      }
    }))

  it.effect("does not repeat a success that cannot be read", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create([tags(), answer(201, "<html>")])
      assert.deepStrictEqual(sent, [list, post])
      assert.deepInclude(outcome, { applied: "yes", retryStopped: "not-retryable" })
    }))

  it.effect.each(["never", "unapplied-only", { afterAmbiguous: "never" }, { attempts: 1 }] as const)(
    "reads no list where the policy is %j, which would not repeat it",
    (retry) =>
      Effect.gen(function*() {
        const success = yield* create([created], { retry })
        assert.deepStrictEqual(success.sent, [post])
        const { outcome, sent } = yield* create([reset, created], { retry })
        assert.deepStrictEqual(sent, [post])
        assert.deepInclude(outcome, { applied: "unknown" })
      })
  )

  it.effect("looks where the policy repeats everything", () =>
    Effect.gen(function*() {
      const { sent } = yield* create([tags(), reset, tags(tea)], { retry: { afterAmbiguous: "always" } })
      assert.deepStrictEqual(sent, [list, post, list])
    }))

  it.effect("does not repeat where the list is longer than a page, which could not tell", () =>
    Effect.gen(function*() {
      const long = json(200, { tags: [old], meta: { hasMore: true } })
      const { outcome, sent } = yield* create([long, reset, created])
      assert.deepStrictEqual(sent, [list, post])
      assert.deepInclude(outcome, { applied: "unknown", retryStopped: "unsafe" })
      const since = yield* create([tags(), reset, long])
      assert.deepStrictEqual(since.sent, [list, post, list])
      assert(since.outcome instanceof SunshineError)
      assert.deepInclude(since.outcome.reason, { problem: "not-told-apart" })
    }))

  it.effect("takes one deadline for all that it sends", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create([after("3 seconds", tags()), silence], { deadline: "4 seconds" })
      assert.deepStrictEqual(sent, [list, post])
      assert(outcome instanceof SunshineError)
      assert.deepInclude(outcome, { applied: "unknown", retryStopped: "deadline" })
      assert.deepInclude(outcome.reason, { _tag: "Timeout", limit: "deadline" })
    }))

  it.effect("sends nothing where the input cannot be right", () =>
    Effect.gen(function*() {
      const calls = [create([tags()], {}, { name: "" }), create([tags()], {}, { name: "tea" }, "..")]
      for (const call of calls) {
        const { outcome, sent } = yield* call
        assert.lengthOf(sent, 0)
        assert.deepInclude(outcome, { _tag: "SunshineError", attempts: 0, applied: "no" })
      }
    }))
})
