import type { User } from "@sunco/schemas/User"
import {
  type CreateUser,
  CreateUserWithoutMetadataLimit,
  UpdateUserWithoutMetadataLimit
} from "@sunco/schemas/UserPayloads"
import { type UserResponse, UsersOperations } from "@sunco/schemas/UsersOperations"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { BrandCallOptions, CallOptions } from "../CallOptions.ts"
import type { Sunshine } from "../Sunshine.ts"
import { type InvalidInput, SunshineError } from "../SunshineError.ts"
import type { CreateUserWithExternalId, UserAndCreated, Users } from "../Users.ts"
import { UserAlreadyExists, UserNotFound } from "../UsersError.ts"
import { type RetrySafety, usersRetrySafety } from "../UsersRetrySafety.ts"
import { call } from "./call.ts"
import { type Method, method } from "./method.ts"
import { compile } from "./operation.ts"
import { brandCallChecks, callChecks } from "./optionChecks.ts"
import { operationPlan, type Plan, type Settled, unknown } from "./plan.ts"
import { isStored, isStoredInAnotherForm } from "./storedUser.ts"
import { vendorErrors } from "./vendorErrors.ts"
import type { Answer, WireRequest } from "./wire.ts"

/** How often getOrCreate and upsert begin anew when the user comes and goes under their hands. */
const rounds = 3

/** @internal */
export const makeUsers = (
  sunshine: Sunshine["Service"],
  options: { readonly metadataLimit?: boolean | undefined } | undefined
): Users["Service"] => {
  const { appId, "~core": core } = sunshine
  const unlimited = options?.metadataLimit === false
  const strict = core.strictResponses
  const operations = {
    create: compile(UsersOperations.create, appId, strict, unlimited ? CreateUserWithoutMetadataLimit : undefined),
    get: compile(UsersOperations.get, appId, strict),
    update: compile(UsersOperations.update, appId, strict, unlimited ? UpdateUserWithoutMetadataLimit : undefined),
    delete: compile(UsersOperations.delete, appId, strict),
    deletePersonalInformation: compile(UsersOperations.deletePersonalInformation, appId, strict),
    listByEmail: compile(UsersOperations.listByEmail, appId, strict),
    sync: compile(UsersOperations.sync, appId, strict)
  }

  /** Encodes, and either fails with nothing sent or calls. */
  const run = <A, E>(
    method: Method,
    encoded: Result.Result<WireRequest, InvalidInput>,
    plan: (request: WireRequest) => Plan<A, E>,
    callOptions: CallOptions | undefined
  ): Effect.Effect<A, E | SunshineError> =>
    Result.isSuccess(encoded)
      ? call(core, method, plan(encoded.success), callOptions)
      : refuse(method, encoded.failure)

  const addressed = (id: string, callOptions: BrandCallOptions | undefined) => ({
    params: { userIdOrExternalId: id },
    query: brandQuery(callOptions?.brandId)
  })

  const plans = {
    get: operationPlan(operations.get, mayRepeat(usersRetrySafety.get), userOf, missingUser),
    update: operationPlan(operations.update, mayRepeat(usersRetrySafety.update), userOf, missingUser),
    delete: operationPlan<typeof UsersOperations.delete, void, UserNotFound>(
      operations.delete,
      mayRepeat(usersRetrySafety.delete),
      nothing,
      (answer, ambiguous) => ambiguous && isUserMissing(answer) ? done : missingUser(answer)
    ),
    deletePersonalInformation: operationPlan(
      operations.deletePersonalInformation,
      mayRepeat(usersRetrySafety.deletePersonalInformation),
      userOf,
      missingUser
    ),
    listByEmail: operationPlan<typeof UsersOperations.listByEmail, ReadonlyArray<User>, never>(
      operations.listByEmail,
      mayRepeat(usersRetrySafety.listByEmail),
      ({ users }) => users,
      () => unknown
    ),
    sync: operationPlan(operations.sync, mayRepeat(usersRetrySafety.sync), userOf, missingUser)
  }

  const get = (method: Method, id: string, callOptions: BrandCallOptions | undefined) =>
    run(method, operations.get.encode(addressed(id, callOptions)), plans.get, callOptions)

  const update = (
    method: Method,
    id: string,
    patch: Parameters<Users["Service"]["update"]>[1],
    callOptions: BrandCallOptions | undefined
  ) =>
    run(
      method,
      operations.update.encode({ ...addressed(id, callOptions), payload: patch }),
      plans.update,
      callOptions
    )

  const create = (method: Method, payload: CreateUser, callOptions: CallOptions | undefined) =>
    run<User, UserAlreadyExists>(
      method,
      operations.create.encode({ params: {}, payload }),
      (request) => createPlan(request, payload),
      callOptions
    )

  /** A create, and behind it the look-up that tells whose user it is that a repetition found. */
  const createPlan = (request: WireRequest, payload: CreateUser): Plan<User, UserAlreadyExists> => {
    // An externalId that no path can carry ("..") cannot be looked up either.
    const lookUp = payload.externalId === undefined
      ? undefined
      : operations.get.encode(addressed(payload.externalId, { brandId: payload.brandId ?? undefined }))
    const safety = lookUp !== undefined && Result.isSuccess(lookUp)
      ? usersRetrySafety.createWithExternalId
      : usersRetrySafety.createWithoutExternalId
    const createAgain: Plan<User, UserAlreadyExists> = operationPlan<
      typeof UsersOperations.create,
      User,
      UserAlreadyExists
    >(
      operations.create,
      mayRepeat(safety),
      userOf,
      (answer, ambiguous) =>
        answer.status !== 409 || vendorErrors(answer.body).length === 0
          ? unknown
          : ambiguous && lookUp !== undefined && Result.isSuccess(lookUp)
          ? { _tag: "Continue", plan: lookUpPlan(lookUp.success), when: "now", unfinished: "not-looked-up" }
          : alreadyExists
    )(request)
    const lookUpPlan = (get: WireRequest): Plan<User, UserAlreadyExists> => {
      const plan = operationPlan<typeof UsersOperations.get, User, UserAlreadyExists>(
        operations.get,
        mayRepeat(usersRetrySafety.get),
        userOf,
        (answer) =>
          isUserMissing(answer)
            ? { _tag: "Continue", plan: createAgain, when: "later", unfinished: "not-repeated" }
            : unknown
      )(get)
      return {
        ...plan,
        settle: (answer, ambiguous) => {
          const settled = plan.settle(answer, ambiguous)
          if (settled._tag !== "Value" || isStored(payload, settled.value)) return settled
          return isStoredInAnotherForm(payload, settled.value) ? mayBeOwn : alreadyExists
        }
      }
    }
    return createAgain
  }

  /** Reads the user of the externalId; the vendor may also take it for somebody's id, who is then another user. */
  const find = (method: Method, payload: CreateUserWithExternalId, callOptions: BrandCallOptions) =>
    get(method, payload.externalId, callOptions).pipe(
      Effect.map((user) => user.externalId === payload.externalId ? user : undefined),
      Effect.catchTag("UserNotFound", () => Effect.succeed(undefined))
    )

  /** Finds the user or makes it, and begins anew when another caller was quicker. */
  const findOrCreate = (
    method: Method,
    payload: CreateUserWithExternalId,
    callOptions: CallOptions | undefined,
    found: (user: User, options: CallOptions) => Effect.Effect<UserAndCreated | undefined, SunshineError>
  ): Effect.Effect<UserAndCreated, UserAlreadyExists | SunshineError> =>
    Effect.gen(function*() {
      // Before the look: nothing is sent of a call that cannot end well.
      const encoded = operations.create.encode({ params: {}, payload })
      if (Result.isFailure(encoded)) return yield* refuse(method, encoded.failure)
      const left = yield* sharedDeadline(callOptions, core.deadlineMillis)
      for (let round = 1;; round++) {
        const user = yield* find(method, payload, { ...left(), brandId: payload.brandId ?? undefined })
        if (user !== undefined) {
          const done = yield* found(user, left())
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
    create: (payload, callOptions) =>
      method("Users.create", callChecks, callOptions, (method) => create(method, payload, callOptions)),
    get: (id, callOptions) =>
      method("Users.get", brandCallChecks, callOptions, (method) => get(method, id, callOptions)),
    update: (id, patch, callOptions) =>
      method("Users.update", brandCallChecks, callOptions, (method) => update(method, id, patch, callOptions)),
    delete: (id, callOptions) =>
      method(
        "Users.delete",
        brandCallChecks,
        callOptions,
        (method) => run(method, operations.delete.encode(addressed(id, callOptions)), plans.delete, callOptions)
      ),
    deletePersonalInformation: (id, callOptions) =>
      method("Users.deletePersonalInformation", brandCallChecks, callOptions, (method) =>
        run(
          method,
          operations.deletePersonalInformation.encode(addressed(id, callOptions)),
          plans.deletePersonalInformation,
          callOptions
        )),
    listByEmail: (email, callOptions) =>
      method("Users.listByEmail", brandCallChecks, callOptions, (method) =>
        run(
          method,
          operations.listByEmail.encode({
            params: {},
            query: { "filter[identities.email]": email, ...brandQuery(callOptions?.brandId) }
          }),
          plans.listByEmail,
          callOptions
        )),
    sync: (zendeskId, payload, callOptions) =>
      method("Users.sync", callChecks, callOptions, (method) =>
        run(
          method,
          operations.sync.encode({ params: { zendeskId }, payload: payload ?? {} }),
          plans.sync,
          callOptions
        )),
    getOrCreate: (payload, callOptions) =>
      method(
        "Users.getOrCreate",
        callChecks,
        callOptions,
        (method) => findOrCreate(method, payload, callOptions, (user) => Effect.succeed({ user, created: false }))
      ),
    upsert: (payload, callOptions) =>
      method(
        "Users.upsert",
        callChecks,
        callOptions,
        (method) =>
          findOrCreate(method, payload, callOptions, (user, left) => {
            const { brandId: _, externalId: __, ...patch } = payload
            // By id, so that no other user can be meant. Deleted since it was found: it is to be made.
            return update(method, user.id, patch, left).pipe(
              Effect.map((user) => ({ user, created: false })),
              Effect.catchTag("UserNotFound", () => Effect.succeed(undefined))
            )
          })
      )
  }
}

const refuse = ({ operation, sent }: Method, reason: InvalidInput): Effect.Effect<never, SunshineError> =>
  Effect.fail(new SunshineError({ operation, reason, attempts: sent, applied: "no" }))

/** One deadline over all calls of a method that makes several: what is left of it is the next call's. */
const sharedDeadline = (
  options: CallOptions | undefined,
  deadlineMillis: number
): Effect.Effect<() => CallOptions> =>
  Effect.clockWith((clock) => {
    const total = options?.deadline === undefined
      ? deadlineMillis
      : Duration.toMillis(Duration.fromInputUnsafe(options.deadline))
    const end = clock.currentTimeMillisUnsafe() + total
    return Effect.succeed(() => ({
      ...options,
      deadline: Duration.millis(Math.max(0, end - clock.currentTimeMillisUnsafe()))
    }))
  })

const mayRepeat = (safety: RetrySafety): boolean => safety !== "stop"

const brandQuery = (brandId: string | undefined) => (brandId === undefined ? {} : { brandId })

const userOf = ({ user }: UserResponse): User => user

const nothing = (): void => {}

const done: Settled<void, never> = { _tag: "Value", value: undefined, putAside: [] }

/**
 * The document gives `user_not_found` for every operation that names a user. The generic `not_found` is the answer of an
 * address below a wrong path, and says nothing of a user.
 */
const isUserMissing = (answer: Answer): boolean =>
  answer.status === 404 && vendorErrors(answer.body).some(({ code }) => code === "user_not_found")

const missingUser = (answer: Answer): Settled<never, UserNotFound> =>
  isUserMissing(answer) ? { _tag: "Failure", make: (facts) => new UserNotFound(facts) } : unknown

const alreadyExists: Settled<never, UserAlreadyExists> = {
  _tag: "Failure",
  make: (facts) => new UserAlreadyExists(facts)
}

const mayBeOwn: Settled<never, UserAlreadyExists> = {
  _tag: "Failure",
  make: (facts) => new UserAlreadyExists({ ...facts, applied: "unknown" })
}
