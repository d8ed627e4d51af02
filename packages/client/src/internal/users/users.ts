import type { User } from "@sunco/schemas/User"
import type { CreateUser, SyncUser, UpdateUser } from "@sunco/schemas/UserPayloads"
import { type UserResponse, UsersOperations } from "@sunco/schemas/UsersOperations"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { BrandCallOptions, CallOptions } from "../../CallOptions.ts"
import type { EffectFace } from "../../EffectFace.ts"
import { UserAlreadyExists, UserNotFound } from "../../Outcomes.ts"
import { usersRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import { InvalidInput, type SunshineError } from "../../SunshineError.ts"
import type { CreateUserWithExternalId, UserAndCreated, UsersMethods } from "../../UsersMethods.ts"
import type { Method } from "../call/method.ts"
import { sharedDeadline } from "../call/sharedDeadline.ts"
import type { Ended, Plan } from "../call/plan.ts"
import { nothing, refuse, resource } from "../operation/resource.ts"
import { sentIn, type WireRequest } from "../transport/wire.ts"
import { brandQuery } from "./brandQuery.ts"
import { isStored, isStoredInAnotherForm } from "./storedUser.ts"

/** How often getOrCreate and upsert begin anew when the user comes and goes under their hands. */
const rounds = 3

/** @internal */
export const makeUsers = (sunshine: Sunshine["Service"]): UsersMethods<EffectFace> => {
  const { call, core, method, operation, run } = resource(sunshine, "Users", UsersOperations, usersRetrySafety, {
    UserAlreadyExists,
    UserNotFound
  })
  const operations = {
    create: operation("create", userOf),
    get: operation("get", userOf),
    update: operation("update", userOf)
  }

  const get = (method: Method, id: string, options: BrandCallOptions | undefined) =>
    run(method, operations.get.encode(addressed(id, options)), getPlan, options)

  const getPlan = operations.get.planWith(operations.get.row)

  const updatePlan = operations.update.planWith(operations.update.row)

  const create = (method: Method, payload: CreateUser, options: CallOptions | undefined) =>
    run<User, UserAlreadyExists>(
      method,
      operations.create.encode({ params: {}, payload }),
      (request) => createPlan(request, sentIn(request)),
      options
    )

  /** A create, and behind it the look-up that tells whose user it is that a repetition found. */
  const createPlan = (request: WireRequest, payload: CreateUser): Plan<User, UserAlreadyExists> => {
    const { planWith, row } = operations.create
    const lookUp = payload.externalId === undefined
      ? undefined
      : operations.get.encode(addressed(payload.externalId, { brandId: payload.brandId ?? undefined }))
    // An externalId that no path can carry ("..") cannot be looked up either.
    if (lookUp === undefined || Result.isFailure(lookUp)) return planWith(row.otherwise)(request)
    const creating = planWith(row.met)(request)
    const createAgain: Plan<User, UserAlreadyExists> = {
      ...creating,
      settle: (answer, ambiguous) => {
        const settled = creating.settle(answer, ambiguous)
        return settled._tag === "Failure" && ambiguous
          ? { _tag: "Continue", plan: lookingUp(), when: "now", unfinished: "not-looked-up" }
          : settled
      }
    }
    const lookingUp = (): Plan<User, UserAlreadyExists> => {
      const getting = getPlan(lookUp.success)
      return {
        ...getting,
        settle: (answer, ambiguous) => {
          const settled = getting.settle(answer, ambiguous)
          switch (settled._tag) {
            case "Value":
              if (isStored(payload, settled.value)) return settled
              return isStoredInAnotherForm(payload, settled.value) ? mayBeOwn : alreadyExists
            case "Failure":
              return { _tag: "Continue", plan: createAgain, when: "later", unfinished: "not-repeated" }
            default:
              return settled
          }
        }
      }
    }
    return createAgain
  }

  /** Reads the user of the externalId; the vendor may also take it for somebody's id, who is then another user. */
  const find = (method: Method, payload: CreateUserWithExternalId, options: BrandCallOptions) =>
    get(method, payload.externalId, options).pipe(
      Effect.map((user) => user.externalId === payload.externalId ? user : undefined),
      Effect.catchTag("UserNotFound", () => Effect.succeed(undefined))
    )

  /** Finds the user or makes it, and begins anew when another caller was quicker. */
  const findOrCreate = (
    method: Method,
    given: CreateUserWithExternalId,
    options: CallOptions | undefined,
    found: (
      user: User,
      options: CallOptions,
      payload: CreateUserWithExternalId
    ) => Effect.Effect<UserAndCreated | undefined, SunshineError>
  ): Effect.Effect<UserAndCreated, UserAlreadyExists | SunshineError> =>
    Effect.gen(function*() {
      // Before the look: nothing is sent of a call that cannot end well.
      const encoded = operations.create.encode({ params: {}, payload: given })
      if (Result.isFailure(encoded)) return yield* refuse(method, encoded.failure)
      const payload = sentIn<CreateUserWithExternalId>(encoded.success)
      const address = operations.get.encode(addressed(payload.externalId))
      if (Result.isFailure(address)) {
        const issues = address.failure.issues.map(({ expected }) => ({ path: ["externalId"], expected }))
        return yield* refuse(method, new InvalidInput({ issues }))
      }
      const left = yield* sharedDeadline(options, core.deadlineMillis)
      for (let round = 1;; round++) {
        const user = yield* find(method, payload, { ...left(), brandId: payload.brandId ?? undefined })
        if (user !== undefined) {
          const done = yield* found(user, left(), payload)
          if (done !== undefined) return done
        }
        const created = create(method, payload, left())
        const made = yield* round < rounds
          ? Effect.catchTag(created, "UserAlreadyExists", () => Effect.succeed(undefined))
          : created
        if (made !== undefined) return { user: made, created: true }
      }
    })

  return {
    create: (payload, options) => method("create", options, (method) => create(method, payload, options)),
    get: call("get", addressed, userOf),
    update: call(
      "update",
      (id: string, payload: UpdateUser, options?: BrandCallOptions) => ({ ...addressed(id, options), payload }),
      userOf
    ),
    delete: call("delete", addressed, nothing),
    deletePersonalInformation: call("deletePersonalInformation", addressed, userOf),
    listByEmail: call(
      "listByEmail",
      (email: string, options?: BrandCallOptions) => ({
        params: {},
        query: { "filter[identities.email]": email, ...brandQuery(options) }
      }),
      ({ users }) => users
    ),
    sync: call(
      "sync",
      (zendeskId: string, payload?: SyncUser, _options?: CallOptions) => ({
        params: { zendeskId },
        payload: payload ?? {}
      }),
      userOf
    ),
    getOrCreate: (payload, options) =>
      method(
        "getOrCreate",
        options,
        (method) => findOrCreate(method, payload, options, (user) => Effect.succeed({ user, created: false }))
      ),
    upsert: (payload, options) =>
      method("upsert", options, (method) =>
        findOrCreate(method, payload, options, (user, left, payload) => {
          const { brandId: _, externalId: __, ...patch } = payload
          // By id, so that no other user can be meant. Deleted since it was found: it is to be made.
          return run(
            method,
            operations.update.encode({ ...addressed(user.id, left), payload: patch }),
            updatePlan,
            left
          ).pipe(
            Effect.map((user) => ({ user, created: false })),
            Effect.catchTag("UserNotFound", () => Effect.succeed(undefined))
          )
        }))
  }
}

const addressed = (id: string, options?: BrandCallOptions) => ({
  params: { userIdOrExternalId: id },
  query: brandQuery(options)
})

const userOf = ({ user }: UserResponse): User => user

const alreadyExists: Ended<never, UserAlreadyExists> = {
  _tag: "Failure",
  tag: "UserAlreadyExists",
  make: (facts) => new UserAlreadyExists(facts)
}

const mayBeOwn: Ended<never, UserAlreadyExists> = {
  _tag: "Failure",
  tag: "UserAlreadyExists",
  make: (facts) => new UserAlreadyExists({ ...facts, applied: "unknown" })
}
