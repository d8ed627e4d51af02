import { Users } from "@sunco/client/Users"
import * as Effect from "effect/Effect"
import { ask, at, byStatus, found, Unsettled } from "../asking.ts"
import { asked, type Fact, unasked } from "../Fact.ts"
import { Ledger } from "../Ledger.ts"
import { Run } from "../Run.ts"
import { makeNamedUser, makeUser } from "../things.ts"
import type * as Json from "../json.ts"

interface Payload {
  readonly [name: string]: Json.Json
}

/** A name that nobody has. */
const someName = Effect.map(Run, ({ falseId, prefix }) => ({ externalId: `${prefix}-${falseId()}` }))

/** Creates a user of whom nobody knows whether the vendor takes it; it is deleted where it does. */
const attempt = Effect.fnUntraced(function*(payload: Payload) {
  const users = yield* Users
  const ledger = yield* Ledger
  const body = { ...(yield* someName), ...payload }
  return yield* Effect.uninterruptible(Effect.tap(ask("POST", ["users"], { body }), (answer) => {
    const id = at(answer.body, "user", "id")
    return typeof id === "string"
      ? ledger.make({ kind: "user", create: Effect.succeed(id), idOf: (id) => id, remove: (id) => users.delete(id) })
      : Effect.void
  }))
})

const someBrand = Effect.flatMap(Run, ({ brand }) =>
  brand === undefined
    ? Effect.fail(new Unsettled({ why: "no call makes a brand: --brand names one" }))
    : Effect.succeed(brand))

const updated = Effect.fnUntraced(function*(payload: Payload, patch: Payload) {
  const created = yield* attempt(payload)
  const id = at(created.body, "user", "id")
  if (typeof id !== "string") return yield* new Unsettled({ why: "the user could not be made" })
  return yield* ask("PATCH", ["users", id], { body: patch })
})

const isNone = (value: Json.Json | undefined) =>
  value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0)

/** A little more than 4096 bytes and far less than as many characters. */
const wide = "ä".repeat(2500)

export const users: ReadonlyArray<Fact> = [
  asked({
    name: "emptyName",
    question: "A user is created with an empty givenName:",
    answers: { refused: "400", taken: "201" },
    assumed: "refused",
    ask: Effect.map(attempt({ profile: { givenName: "" } }), byStatus({ 400: "refused", 201: "taken" }))
  }),
  asked({
    name: "nestedMetadata",
    question: "A user is created with metadata that is not flat:",
    answers: { refused: "400", taken: "201" },
    assumed: "refused",
    ask: Effect.map(attempt({ metadata: { a: { b: 1 } } }), byStatus({ 400: "refused", 201: "taken" }))
  }),
  asked({
    name: "metadataSize",
    question: "The 4 kB of metadata are counted in",
    answers: { bytes: "bytes of UTF-8", characters: "characters" },
    assumed: "bytes",
    ask: Effect.map(attempt({ metadata: { wide } }), byStatus({ 400: "bytes", 413: "bytes", 201: "characters" }))
  }),
  asked({
    name: "userMetadataUpdate",
    question: "What an update of a user does not name of its metadata is",
    answers: { merged: "kept", replaced: "gone" },
    assumed: "merged",
    ask: Effect.map(updated({ metadata: { a: 1, b: 2 } }, { metadata: { b: 3 } }), (answer) => {
      const [a, b] = ["a", "b"].map((name) => at(answer.body, "user", "metadata", name))
      return found(
        b !== 3 ? undefined : a === 1 ? "merged" : a === undefined ? "replaced" : undefined,
        `${answer.status}`
      )
    })
  }),
  asked({
    name: "userMetadataNull",
    question: "The metadata of a user that is set to null is",
    answers: { cleared: "cleared", kept: "kept" },
    assumed: "cleared",
    ask: Effect.map(updated({ metadata: { a: 1 } }, { metadata: null }), (answer) =>
      found(
        answer.status !== 200 ? undefined : isNone(at(answer.body, "user", "metadata")) ? "cleared" : "kept",
        `${answer.status}`
      ))
  }),
  asked({
    name: "metadataKeyNull",
    question: "A key of the metadata of a user that is set to null is",
    answers: { refused: "refused (400)", deleted: "deleted", kept: "kept, or null" },
    assumed: "refused",
    ask: Effect.map(updated({ metadata: { a: 1, b: 2 } }, { metadata: { a: null } }), (answer) =>
      found(
        answer.status === 400
          ? "refused"
          : answer.status !== 200
          ? undefined
          : at(answer.body, "user", "metadata", "a") === undefined
          ? "deleted"
          : "kept",
        `${answer.status}`
      ))
  }),
  asked({
    name: "profileUpdate",
    question: "What an update of a user does not name of the profile is",
    answers: { merged: "kept", replaced: "gone" },
    assumed: "merged",
    ask: Effect.map(
      updated({ profile: { givenName: "Ada", surname: "King" } }, { profile: { surname: "Lovelace" } }),
      (answer) => {
        const name = at(answer.body, "user", "profile", "givenName")
        return found(answer.status !== 200 ? undefined : name === "Ada" ? "merged" : "replaced", `${answer.status}`)
      }
    )
  }),
  asked({
    name: "profileNull",
    question: "A field of a profile that is set to null is",
    answers: { cleared: "cleared", kept: "kept" },
    assumed: "cleared",
    ask: Effect.map(updated({ profile: { surname: "King" } }, { profile: { surname: null } }), (answer) =>
      found(
        answer.status !== 200 ? undefined : isNone(at(answer.body, "user", "profile", "surname")) ? "cleared" : "kept",
        `${answer.status}`
      ))
  }),
  asked({
    name: "idOrExternalId",
    question: "What is the id of one user and the externalId of another finds",
    answers: { id: "the one whose id it is", externalId: "the one whose externalId it is" },
    assumed: "id",
    ask: Effect.gen(function*() {
      const one = yield* makeNamedUser
      const other = yield* makeUser({ externalId: one.id })
      const answer = yield* ask("GET", ["users", one.id])
      const id = at(answer.body, "user", "id")
      return found(id === one.id ? "id" : id === other.id ? "externalId" : undefined, `${answer.status}`)
    })
  }),
  asked({
    name: "deletedUser",
    question: "A user who was deleted a moment ago is",
    answers: { gone: "gone (404)", there: "still there" },
    assumed: "gone",
    ask: Effect.gen(function*() {
      const { id } = yield* makeNamedUser
      yield* (yield* Users).delete(id)
      return byStatus({ 404: "gone", 200: "there" })(yield* ask("GET", ["users", id]))
    })
  }),
  asked({
    name: "deletedUserTwice",
    question: "A user is deleted a second time:",
    answers: { notFound: "404", again: "200" },
    assumed: "notFound",
    ask: Effect.gen(function*() {
      const { id } = yield* makeNamedUser
      yield* (yield* Users).delete(id)
      return byStatus({ 404: "notFound", 200: "again" })(yield* ask("DELETE", ["users", id]))
    })
  }),
  asked({
    name: "externalIdAgain",
    question: "The externalId of a user who was deleted a moment ago is",
    answers: { free: "free", taken: "taken still" },
    assumed: "free",
    ask: Effect.gen(function*() {
      const { externalId, id } = yield* makeNamedUser
      yield* (yield* Users).delete(id)
      return byStatus({ 201: "free", 409: "taken" })(yield* attempt({ externalId }))
    })
  }),
  asked({
    name: "externalIdOfBrands",
    question: "The same externalId, of a user of a brand and of one of none, is",
    answers: { free: "taken by both", taken: "refused (409)" },
    assumed: "free",
    ask: Effect.gen(function*() {
      const brandId = yield* someBrand
      const { externalId } = yield* makeNamedUser
      return byStatus({ 201: "free", 409: "taken" })(yield* attempt({ externalId, brandId }))
    })
  }),
  asked({
    name: "brandUnsaid",
    question: "A user of a brand is asked for by the externalId alone, and is",
    answers: { notFound: "not found (404)", found: "found" },
    assumed: "notFound",
    ask: Effect.gen(function*() {
      const brandId = yield* someBrand
      const { externalId } = yield* someName
      yield* makeUser({ externalId, brandId })
      return byStatus({ 404: "notFound", 200: "found" })(yield* ask("GET", ["users", externalId]))
    })
  }),
  asked({
    name: "paymentInfo",
    question: "The hasPaymentInfo of the examples, which no schema has, is",
    answers: { present: "there", absent: "not there" },
    assumed: "present",
    ask: Effect.map(attempt({}), (answer) =>
      found(
        answer.status !== 201
          ? undefined
          : at(answer.body, "user", "hasPaymentInfo") === undefined
          ? "absent"
          : "present",
        `${answer.status}`
      ))
  }),
  unasked({
    name: "emailInCapitals",
    question: "Users are found by an e-mail address",
    answers: { asItIs: "only as it is written", anyCase: "in capitals as well" },
    assumed: "asItIs",
    unasked: "no call gives a user an identity"
  }),
  unasked({
    name: "dotsInPath",
    question: "A path in which dots stand for an id",
    answers: { elsewhere: "leads elsewhere", id: "is read as it is" },
    assumed: "elsewhere",
    unasked: "it might lead to the app itself"
  }),
  unasked({
    name: "discardedUser",
    question: "A user who was merged into another is",
    answers: { gone: "gone (404)", survivor: "the one who survived" },
    assumed: "gone",
    unasked: "no call of this version of the API merges"
  })
]
