import { Sunshine } from "@sunco/client/Sunshine"
import type { ResponseInfo } from "@sunco/client/ResponseInfo"
import type { SunshineError } from "@sunco/client/SunshineError"
import type { UserNotFound } from "@sunco/client/Outcomes"
import type { Users } from "@sunco/client/Users"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import { createHash } from "node:crypto"
import type { StoreUnavailable } from "../../BulkError.ts"
import type { Row } from "../ChunkSource.ts"
import type { UserAddress } from "../../UserRows.ts"
import type { ClaimedChunk, Log } from "../store/log.ts"
import { type Ended, type RowCalls, Stopped } from "./rowCalls.ts"
import { lookUp } from "./users.ts"

/** @internal */
export type EraseHow = "delete" | "personalInformation"

/** What a row needs of its chunk, beside its calls. */
export interface OfChunk {
  readonly log: Log
  readonly chunk: ClaimedChunk
  readonly appId: string
  readonly includeIds: boolean
  /** By line, what goes into the file. */
  readonly exported: Map<number, string>
}

/**
 * What is kept of an id, where it is not to be kept itself.
 *
 * @internal
 */
export const userKeyOf = (appId: string, id: string): string =>
  createHash("sha256").update(`${appId}:${id}`).digest("hex")

/** Documented by nobody; those of Zendesk and of the network in front of it, the most telling first. */
const requestIdHeaders = ["x-request-id", "x-zendesk-request-id", "cf-ray"]

/**
 * Erases the user of a row, by id alone. Before anything is sent it is written down whom it is about: who comes after a crash finds
 * it, and leaves a user alone who was made anew meanwhile with the same externalId.
 *
 * @internal
 */
export const eraseRow = (
  users: Users["Service"],
  how: EraseHow,
  { line, value }: Row<UserAddress>,
  calls: RowCalls,
  { appId, chunk, includeIds, log }: OfChunk
): Effect.Effect<Ended, Stopped> =>
  Effect.gen(function*() {
    const { job } = chunk.key
    const done = how === "delete" ? accepted : erased
    const before = yield* patiently(log.intent(job, line))
    // Whoever was killed then did not come to count it.
    if (before?.answer === "200") return done
    const meant = yield* lookUp(users, value, calls)
    if (meant._tag === "AnotherUser") return before === undefined ? anotherUser : gone
    if (meant._tag === "Absent") return before === undefined ? absent : gone
    const { user } = meant
    const userKey = includeIds ? user.id : userKeyOf(appId, user.id)
    if (before !== undefined && before.userKey !== userKey) return gone
    const operation = how === "delete" ? "Users.delete" as const : "Users.deletePersonalInformation" as const
    const intent = { line, userKey, brandId: user.brandId ?? undefined, operation }
    if (!(yield* patiently(log.writeIntent(chunk, intent)))) return yield* Effect.fail(new Stopped())

    const answered = (answer: string, requestId: string | undefined) =>
      // What cannot be written is still known to the row; who comes after a crash finds a deletion whose answer was lost.
      Effect.ignore(patiently(log.writeAnswer(job, line, { answer, requestId })))
    return yield* calls.send((options) =>
      Sunshine.withResponse<unknown, UserNotFound | SunshineError, never>(
        how === "delete" ? users.delete(user.id, options) : users.deletePersonalInformation(user.id, options)
      ).pipe(
        Effect.tap(({ response }) => answered(String(response?.status ?? 200), requestIdOf(response))),
        Effect.tapError((error) =>
          error._tag === "UserNotFound"
            ? answered("404 UserNotFound", requestIdOf(Redacted.value(error.response)))
            : answered(error.reason._tag, error.requestId)
        )
      )
    ).pipe(
      Effect.as(done),
      // Where nothing that was sent can have been lost, somebody else was quicker.
      Effect.catchTag("UserNotFound", () =>
        Effect.succeed(before === undefined && calls.applied === "no" ? absent : gone))
    )
  }).pipe(Effect.catchTag("GaveUp", (gaveUp) =>
    Effect.succeed(calls.ended(gaveUp))))

/** Nothing is sent of which nothing is written down. */
const patiently = <A>(effect: Effect.Effect<A, StoreUnavailable>): Effect.Effect<A, Stopped> =>
  Effect.retry(effect, { schedule: Schedule.spaced("500 millis"), times: 20 }).pipe(
    Effect.mapError(() => new Stopped())
  )

const requestIdOf = (response: ResponseInfo | undefined): string | undefined =>
  requestIdHeaders.map((name) => response?.headers[name]).find((id) => id !== undefined && /^[\w.-]{1,64}$/.test(id))

const accepted: Ended = { outcome: "accepted" }
const erased: Ended = { outcome: "erased" }
const gone: Ended = { outcome: "gone", reason: "AnswerLost" }
const absent: Ended = { outcome: "absent", reason: "UserNotFound" }
const anotherUser: Ended = { outcome: "refused", reason: "AnotherUser" }
