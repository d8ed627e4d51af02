import type { Message } from "@sunco/schemas/Message"
import type { PostMessage } from "@sunco/schemas/MessagePayloads"
import type { MessageListResponse } from "@sunco/schemas/MessagesOperations"
import type { From } from "@sunco/schemas/Page"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { CallOptions } from "../../CallOptions.ts"
import type { MessagesAndPosted, PostOnceOptions } from "../../MessagesMethods.ts"
import type { ConversationNotFound, IntegrationNotFound, MessageLimitReached, UserNotFound } from "../../Outcomes.ts"
import { InvalidInput, SunshineError } from "../../SunshineError.ts"
import type { Core } from "../call/core.ts"
import type { Method } from "../call/method.ts"
import { sharedDeadline } from "../call/sharedDeadline.ts"
import { refuse } from "../operation/resource.ts"
import { Walk } from "../operation/walk.ts"
import type { WireRequest } from "../transport/wire.ts"
import { type Check, findingsOf, first, must, object, optionsOfCalls, text } from "../settings/optionChecks.ts"

/** The field of the metadata that carries the key. */
const field = "suncoKey"

/** How far clocks may differ: the vendor's says when a message was received, and the caller's when the work began. */
const clockMarginMillis = 5 * 60 * 1000

/** How often a message is sent that is to arrive at least once. */
const mostSends = 3

type PostFailure = ConversationNotFound | IntegrationNotFound | MessageLimitReached | UserNotFound | SunshineError

type Encoded = Result.Result<WireRequest, InvalidInput>

interface Messages {
  readonly core: Pick<Core, "deadlineMillis">
  readonly method: <A, E>(
    name: string,
    options: CallOptions | undefined,
    run: (method: Method) => Effect.Effect<A, E>,
    check: Check
  ) => Effect.Effect<A, E | SunshineError>
  readonly encode: (conversationId: string, message: PostMessage) => Encoded
  readonly post: (
    method: Method,
    encoded: Encoded,
    options: CallOptions
  ) => Effect.Effect<ReadonlyArray<Message>, PostFailure>
  readonly list: (
    method: Method,
    conversationId: string,
    from: From | undefined,
    options: CallOptions
  ) => Effect.Effect<MessageListResponse, ConversationNotFound | SunshineError>
}

const check = object({
  ...optionsOfCalls,
  since: must("a date", (value) => value instanceof Date && !Number.isNaN(value.getTime())),
  atLeastOnce: must("true or false", (value) => typeof value === "boolean")
})

const isKey = first(text, must("at most 256 characters", (value) => String(value).length <= 256))

/**
 * The method that sends a message unless it is there.
 *
 * @internal
 */
export const postingOnce = ({ core, encode, list, method, post }: Messages) =>
(
  conversationId: string,
  key: string,
  message: PostMessage,
  options?: CallOptions & PostOnceOptions
): Effect.Effect<MessagesAndPosted, PostFailure> =>
  method("postOnce", options, (method) =>
    Effect.gen(function*() {
      const issues = [...findingsOf(isKey, key, ["key"]), ...alreadySaid(message)]
      if (issues.length > 0) return yield* refuse(method, new InvalidInput({ issues }))
      // Before the look: nothing is sent of a call that cannot end well.
      const encoded = encode(conversationId, withKey(message, key))
      if (Result.isFailure(encoded)) return yield* refuse(method, encoded.failure)
      const { atLeastOnce = false, since, ...given } = options ?? {}
      const left = yield* sharedDeadline(given, core.deadlineMillis)
      const beganAt = method.clock.currentTimeMillisUnsafe()

      /** The messages that carry the key, of the pages back to a time; of the newest alone where there is none. */
      const find = (sinceMillis: number | undefined) =>
        Effect.gen(function*() {
          let from: From | undefined
          const walk = new Walk(undefined)
          for (;;) {
            const { messages, meta }: MessageListResponse = yield* list(method, conversationId, from, left())
            const found = messages.filter(({ metadata }) => metadata?.[field] === key)
            if (found.length > 0) return found
            const before = meta?.beforeCursor ?? undefined
            const goesOn = sinceMillis !== undefined && meta?.hasMore !== false && before !== undefined &&
              !walk.returnsTo(before) && messages.every((message) => isSince(message, sinceMillis - clockMarginMillis))
            if (!goesOn) return undefined
            from = { before }
          }
        })

      const before = yield* find(since?.getTime())
      if (before !== undefined) return { messages: before, posted: false }

      // It is looked for, and not repeated, after an attempt whose answer was lost, whatever the policy is elsewhere.
      const once = (): CallOptions => {
        const { retry, ...options } = left()
        return { ...options, retry: typeof retry === "string" ? retry : { ...retry, afterAmbiguous: "never" } }
      }
      // What an earlier one has left open stays open, whatever becomes of a later one.
      let open: SunshineError | undefined
      for (let sends = 1;; sends++) {
        const sent = yield* Effect.result(post(method, encoded, once()))
        if (sent._tag === "Success") return { messages: sent.success, posted: true }
        const failure = sent.failure
        if (!(failure instanceof SunshineError) || failure.applied === "no") return yield* Effect.fail(open ?? failure)
        open = failure
        // Whether it is there is the question now; that it cannot be asked leaves open what was open.
        const found = yield* Effect.result(find(beganAt))
        if (found._tag === "Success" && found.success !== undefined) return { messages: found.success, posted: true }
        const isToBeSentAgain = atLeastOnce && failure.applied === "unknown" && sends < mostSends
        if (!isToBeSentAgain || found._tag === "Failure") return yield* Effect.fail(failure)
      }
    }), check)

/** A message that does not say when it was received may be of any time. */
const isSince = ({ received }: Message, millis: number): boolean =>
  received === undefined || !(Date.parse(received) < millis)

/** What is no message, or has metadata that is none, is left for its schema to refuse. */
const withKey = (message: PostMessage, key: string): PostMessage =>
  isObject(message) && (message.metadata == null || isObject(message.metadata))
    ? { ...message, metadata: { ...message.metadata, [field]: key } }
    : message

const isObject = (value: unknown): boolean => Object.prototype.toString.call(value) === "[object Object]"

const alreadySaid = (message: PostMessage) =>
  message?.metadata?.[field] === undefined
    ? []
    : [{ path: ["metadata", field], expected: "absent: the key is written there" }]
