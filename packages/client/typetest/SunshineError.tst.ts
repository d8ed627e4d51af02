import type { SunshineError, UserAlreadyExists, UserNotFound, Users } from "@sunco/client"
import type { ResponseInfo } from "@sunco/client/ResponseInfo"
import type {
  Applied,
  CircuitOpen,
  RateLimited,
  RetryStopped,
  SunshineErrorReason,
  VendorError
} from "@sunco/client/SunshineError"
import type { User } from "@sunco/schemas"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import { describe, expect, test } from "tstyche"

declare const users: Users["Service"]
declare const error: SunshineError

describe("SunshineError", () => {
  test("says what failed, how often it was tried, why it stopped and whether it was applied", () => {
    expect(error._tag).type.toBe<"SunshineError">()
    expect(error.operation).type.toBe<string>()
    expect(error.reason).type.toBe<SunshineErrorReason>()
    expect(error.attempts).type.toBe<number>()
    expect(error.retryStopped).type.toBe<RetryStopped | undefined>()
    expect(error.applied).type.toBe<Applied>()
    expect<Applied>().type.toBe<"no" | "yes" | "unknown">()
    expect(error.response).type.toBe<Redacted.Redacted<ResponseInfo> | undefined>()
    expect(error.isRetryable).type.toBe<boolean>()
    expect(error.retryAfter).type.toBe<Duration.Duration | undefined>()
    expect(error.requestId).type.toBe<string | undefined>()
  })

  test("has these reasons, each of which knows whether the call may do better later", () => {
    expect<SunshineErrorReason["_tag"]>().type.toBe<
      | "InvalidInput"
      | "BadRequest"
      | "Unauthorized"
      | "Forbidden"
      | "AppNotFound"
      | "PayloadTooLarge"
      | "RateLimited"
      | "ServerError"
      | "Transport"
      | "Timeout"
      | "CredentialsUnavailable"
      | "LimiterUnavailable"
      | "CircuitOpen"
      | "UnexpectedResponse"
    >()
    expect<SunshineErrorReason["isRetryable"]>().type.toBe<boolean>()
    expect<RetryStopped>().type.toBe<
      "not-retryable" | "unsafe" | "attempts" | "budget" | "deadline" | "retry-after" | "circuit"
    >()
  })

  test("keeps what the vendor said from being printed", () => {
    expect<typeof VendorError.Type>().type.toBe<{
      readonly code?: string
      readonly rawCode?: Redacted.Redacted
      readonly title?: Redacted.Redacted
    }>()
  })
})

describe("a failure", () => {
  test("is handled by tag, and is gone from the type", () => {
    const missing = users.get("ada").pipe(Effect.catchTag("UserNotFound", () => Effect.succeed(undefined)))
    expect(missing).type.toBe<Effect.Effect<User | undefined, SunshineError>>()

    const taken = users.create({}).pipe(Effect.catchTag("UserAlreadyExists", () => Effect.succeed(undefined)))
    expect(taken).type.toBe<Effect.Effect<User | undefined, SunshineError>>()

    const handled = users.delete("ada").pipe(
      Effect.catchTags({ UserNotFound: () => Effect.void, SunshineError: () => Effect.void })
    )
    expect(handled).type.toBe<Effect.Effect<void>>()
  })

  test("that a method does not have cannot be handled", () => {
    // @ts-expect-error is not assignable
    users.listByEmail("ada@example.com").pipe(Effect.catchTag("UserNotFound", () => Effect.void))
    // @ts-expect-error is not assignable
    users.create({}).pipe(Effect.catchTag("UserNotFound", () => Effect.void))
    // @ts-expect-error is not assignable
    users.get("ada").pipe(Effect.catchTag("UserAlreadyExists", () => Effect.void))
  })

  test("is handled by reason, which is narrowed", () => {
    const limited = users.get("ada").pipe(
      Effect.catchReason("SunshineError", "RateLimited", (reason) => {
        expect(reason).type.toBe<RateLimited>()
        expect(reason.retryAfter).type.toBe<Duration.Duration | undefined>()
        return Effect.succeed("later")
      })
    )
    expect(limited).type.toBe<Effect.Effect<User | string, UserNotFound | SunshineError>>()

    const either = users.upsert({ externalId: "ada" }).pipe(
      Effect.catchReasons("SunshineError", {
        RateLimited: ({ retryAfter }) => Effect.succeed(retryAfter),
        CircuitOpen: (reason) => {
          expect(reason).type.toBe<CircuitOpen>()
          return Effect.succeed(reason.retryAfter)
        }
      })
    )
    expect<Effect.Error<typeof either>>().type.toBe<UserAlreadyExists | SunshineError>()
  })

  test("has no reason that does not exist", () => {
    // @ts-expect-error is not assignable
    users.get("ada").pipe(Effect.catchReason("SunshineError", "Conflict", () => Effect.void))
  })
})
