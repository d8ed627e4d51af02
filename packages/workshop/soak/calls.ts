/**
 * The calls of a soak: mixed operations, each noted in the ledger with how it ended.
 */
import type { UserAlreadyExists, UserNotFound, Users } from "@sunco/client"
import type { SunshineError } from "@sunco/client/SunshineError"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { type Change, type Ledger, type State, stateOf } from "./Ledger.ts"

export type Failure = SunshineError | UserNotFound | UserAlreadyExists

/** One of those who call: what it writes is its own, so that it knows what becomes of it. */
export interface Caller {
  readonly name: string
  readonly users: Users["Service"]
  readonly ledger: Ledger
  readonly ended: (failure: Failure | undefined) => void
}

/** A user for each caller who is there from the beginning: linked to a core user, and found by e-mail. */
export const linked = (name: string) => ({ zendeskId: `zendesk-${name}`, email: `${name}@example.com` })

/** A call of an externalId that is the caller's own. */
interface Call {
  readonly run: (users: Users["Service"], externalId: string, version: number) => Effect.Effect<string, Failure>
  readonly change: (written: State) => Change
}

const whenThere = (change: Change): Change => (state) =>
  state === "absent" ? { state, answers: ["UserNotFound"] } : change(state)

const get: Call = {
  run: (users, externalId) => Effect.map(users.get(externalId), stateOf),
  change: () => whenThere((state) => ({ state, answers: [state] }))
}

const update: Call = {
  run: (users, externalId, version) => Effect.map(users.update(externalId, { metadata: { version } }), stateOf),
  change: (written) => whenThere(() => ({ state: written, answers: [written] }))
}

const create: Call = {
  run: (users, externalId, version) => Effect.map(users.create({ externalId, metadata: { version } }), stateOf),
  change: (written) => (state) =>
    state === "absent" ? { state: written, answers: [written] } : { state, answers: ["UserAlreadyExists"] }
}

const getOrCreate: Call = {
  run: (users, externalId, version) =>
    Effect.map(
      users.getOrCreate({ externalId, metadata: { version } }),
      ({ created, user }) => `${created} ${stateOf(user)}`
    ),
  change: (written) => (state) =>
    state === "absent" ? { state: written, answers: [`true ${written}`] } : { state, answers: [`false ${state}`] }
}

const upsert: Call = {
  run: (users, externalId, version) =>
    Effect.map(
      users.upsert({ externalId, metadata: { version } }),
      ({ created, user }) => `${created} ${stateOf(user)}`
    ),
  change: (written) => (state) => ({ state: written, answers: [`${state === "absent"} ${written}`] })
}

const deletePersonalInformation: Call = {
  run: (users, externalId) => Effect.map(users.deletePersonalInformation(externalId), stateOf),
  change: () => whenThere(() => ({ state: "wiped", answers: ["wiped"] }))
}

const delete_: Call = {
  run: (users, externalId) => Effect.as(users.delete(externalId), "deleted"),
  // That there is no such user is a success after an answer that was lost.
  change: () => (state) => ({
    state: "absent",
    answers: state === "absent" ? ["UserNotFound", "deleted"] : ["deleted"]
  })
}

const externalIds = 8

const make = ({ change, run }: Call) =>
  Effect.fnUntraced(function*({ ended, ledger, name, users }: Caller, version: number) {
    const externalId = `${name}-${yield* Random.nextIntBetween(1, externalIds)}`
    const result = yield* Effect.result(run(users, externalId, version))
    const failure = result._tag === "Failure" ? result.failure : undefined
    ended(failure)
    ledger.note(
      externalId,
      change(`version ${version}`),
      result._tag === "Success"
        ? { answer: result.success }
        : result.failure._tag === "SunshineError"
        ? { applied: result.failure.applied }
        : { answer: result.failure._tag }
    )
  })

/** A user without an externalId, whom nothing can tell from another but a mark, is made and deleted. */
const comeAndGo = Effect.fnUntraced(function*({ ended, ledger, name, users }: Caller, version: number) {
  const mark = `${name} ${version}`
  const made = yield* Effect.result(users.create({ metadata: { mark } }))
  if (made._tag === "Failure") {
    ended(made.failure)
    return ledger.noteMarked(mark, made.failure._tag === "SunshineError" ? made.failure.applied : "no")
  }
  ended(undefined)
  ledger.noteMarked(mark, "yes")
  const gone = yield* Effect.result(users.delete(made.success.id))
  if (gone._tag === "Success") {
    ended(undefined)
    return ledger.noteUnmarked(mark, "yes")
  }
  ended(gone.failure)
  if (gone.failure._tag === "UserNotFound") ledger.violations.push(`${mark} was made, and then not found`)
  else ledger.noteUnmarked(mark, gone.failure.applied)
})

/** The linked user, who never goes, by a sync and by a list. */
const lookAround = Effect.fnUntraced(function*({ ended, ledger, name, users }: Caller) {
  const { email, zendeskId } = linked(name)
  const result = yield* Effect.result(
    (yield* Random.nextBoolean)
      ? Effect.map(users.sync(zendeskId), (user) => [user])
      : users.listByEmail(email)
  )
  const failure = result._tag === "Failure" ? result.failure : undefined
  ended(failure)
  const found = result._tag === "Success" ? result.success.map((user) => user.zendeskId).join() : zendeskId
  if (found !== zendeskId || failure?._tag === "UserNotFound") {
    ledger.violations.push(`${zendeskId} was not found alone`)
  }
})

/** How many of a hundred calls are of a kind. */
const mix = [
  { share: 30, call: make(get) },
  { share: 20, call: make(update) },
  { share: 10, call: make(create) },
  { share: 10, call: make(getOrCreate) },
  { share: 10, call: make(upsert) },
  { share: 10, call: make(delete_) },
  { share: 3, call: make(deletePersonalInformation) },
  { share: 3, call: comeAndGo },
  { share: 4, call: lookAround }
].flatMap(({ call, share }) => Array.from({ length: share }, () => call))

/** One random call; `version` is another number each time. */
export const randomCall = (caller: Caller, version: number): Effect.Effect<void> =>
  Effect.flatMap(Random.choice(mix), (call) => call(caller, version)).pipe(Effect.orDie)
