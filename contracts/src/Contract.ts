/**
 * One contract: what goes over the wire, the call that sends it, and what the caller gets.
 *
 * @since 0.1.0
 */
import * as AllResources from "@sunco/client/AllResources"
import * as Credentials from "@sunco/client/Credentials"
import type { Sunshine } from "@sunco/client/Sunshine"
import type { Operation } from "@sunco/schemas/Operation"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import * as Interaction from "effect-pact/Interaction"
import * as Matcher from "effect-pact/Matcher"
import { type InteractionConflict, MockServer, Pact, type PactMismatch, type PactNotWritten } from "effect-pact/Pact"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/**
 * The app of every request, the one of the vendor's examples. Where a provider is verified, its own takes this one's place.
 *
 * @category constants
 * @since 0.1.0
 */
export const appId = "5d8cff3cd55b040010928b5b"

/**
 * The services that a call may use.
 *
 * @category models
 * @since 0.1.0
 */
export type Client = AllResources.AllResources | Sunshine

/**
 * What a call makes of the response: the value that it gives, or the `_tag` of the error that it fails with.
 *
 * @category models
 * @since 0.1.0
 */
export type Outcome<A, Tag extends string> = { readonly gives: A } | { readonly failsWith: Tag }

/**
 * A contract as data.
 *
 * **Details**
 *
 * - `call`: how a program brings about the request of the interaction.
 * - `credentials`: what the client authenticates with.
 *
 * @category models
 * @since 0.1.0
 */
export type Contract = Outcome<unknown, string> & {
  readonly interaction: Interaction.HttpInteraction
  readonly call: Effect.Effect<unknown, { readonly _tag: string }, Client>
  readonly credentials: "basic" | "bearer" | "none"
}

/**
 * Makes a contract. Throws `InvalidInteraction`.
 *
 * **Example** (A user whom nobody knows)
 *
 * ```ts
 * import { Users } from "@sunco/client/Users"
 * import * as Contract from "@sunco/contracts/Contract"
 * import { ProviderStates } from "@sunco/contracts/ProviderStates"
 * import * as Matcher from "effect-pact/Matcher"
 *
 * const contract = Contract.make({
 *   interaction: {
 *     description: "a request to get a user who does not exist",
 *     states: [ProviderStates.given("no user exists", { idOrExternalId: "ada" })],
 *     request: {
 *       method: "GET",
 *       path: Matcher.fromProviderState("/v2/apps/${appId}/users/ada", `/v2/apps/${Contract.appId}/users/ada`)
 *     },
 *     response: { status: 404, body: { errors: [{ code: "user_not_found" }] } }
 *   },
 *   call: Users.use((users) => users.get("ada")),
 *   failsWith: "UserNotFound"
 * })
 *
 * console.log(contract.interaction.response.status)
 * // 404
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = <A, E extends { readonly _tag: string }>(
  contract: Outcome<NoInfer<A>, NoInfer<E["_tag"]>> & {
    readonly interaction: Omit<Interaction.HttpInteraction, "_tag">
    readonly call: Effect.Effect<A, E, Client>
    readonly credentials?: Contract["credentials"]
  }
): Contract => ({ credentials: "basic", ...contract, interaction: Interaction.http(contract.interaction) })

/**
 * A declared operation by its names.
 *
 * @category models
 * @since 0.1.0
 */
export interface DeclaredOperation {
  /** Such as `Users`. */
  readonly resource: string
  /** Such as `get`. */
  readonly name: string
  readonly declared: Operation
}

const operations: ReadonlyArray<DeclaredOperation & { readonly path: RegExp }> = Object.entries(SunshineOperations)
  .flatMap(([resource, rows]) =>
    Object.entries<Operation>(rows).map(([name, declared]) => ({
      resource,
      name,
      declared,
      path: new RegExp(`^${declared.path.replaceAll(".", "\\.").replaceAll(/:\w+/g, "[^/]+")}$`)
    }))
  )

/**
 * The declared operation that the request of a contract is for, found by its method and path.
 *
 * **Example** (The contracts of the operations that an application calls)
 *
 * ```ts
 * import * as Contract from "@sunco/contracts/Contract"
 * import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
 *
 * const called = ["GetUser", "UpdateUser"]
 *
 * const contracts = SunshineContracts.filter((contract) =>
 *   called.includes(Contract.operationOf(contract)?.declared.operationId ?? "")
 * )
 * console.log(contracts.length > called.length)
 * // true
 * ```
 *
 * @category getters
 * @since 0.1.0
 */
export const operationOf = ({ interaction: { request } }: Contract): DeclaredOperation | undefined =>
  operationAt(request.method, String(Matcher.example(request.path)))

/**
 * The declared operation that a request is for.
 *
 * @category getters
 * @since 0.1.0
 */
export const operationAt = (method: string, path: string): DeclaredOperation | undefined =>
  operations.find((operation) => operation.declared.method === method && operation.path.test(path))

/**
 * The client sent the request of the contract, and made something else of the response.
 *
 * @category errors
 * @since 0.1.0
 */
export class UnexpectedOutcome extends Schema.TaggedError<UnexpectedOutcome>()("UnexpectedOutcome", {
  description: Schema.String,
  expected: Schema.String,
  actual: Schema.String
}) {
  override get message(): string {
    return `The call ${this.actual}\n  but ${JSON.stringify(this.description)} says that it ${this.expected}`
  }
}

const toResult = (outcome: Outcome<unknown, string>): Result.Result<unknown, string> =>
  "gives" in outcome ? Result.succeed(outcome.gives) : Result.fail(outcome.failsWith)

const format = Result.match({
  onSuccess: (value: unknown) => `gives ${JSON.stringify(value) ?? "nothing"}`,
  onFailure: (error: unknown) => `fails with ${String(error)}`
})

const credentials = {
  basic: Credentials.layerBasic({ keyId: `app_${appId}`, secret: Redacted.make("secret") }),
  bearer: Credentials.layerBearer(Redacted.make("token")),
  none: Credentials.layerNone
}

/**
 * Runs the call of a contract against a mock of Sunshine Conversations, and writes the interaction to the pact of whoever
 * runs it.
 *
 * **Details**
 *
 * The `HttpClient` is the one that the application uses. The call is made without retries, and twice: with `strictResponses`
 * and without. Fails with `PactMismatch` when
 * it sent another request than the contract says, with `UnexpectedOutcome` when it made something else of the response, and
 * otherwise as `Pact.verify` of `effect-pact` does.
 *
 * **Example** (An application runs the contracts that it depends on, under its own name)
 *
 * ```ts
 * import * as UndiciTransport from "@sunco/client/UndiciTransport"
 * import * as Contract from "@sunco/contracts/Contract"
 * import { provider } from "@sunco/contracts/Names"
 * import * as UsersContracts from "@sunco/contracts/UsersContracts"
 * import { Pact } from "effect-pact/Pact"
 * import * as Effect from "effect/Effect"
 *
 * const program = Effect.forEach(UsersContracts.get, Contract.verify).pipe(
 *   Effect.provide(Pact.layer({ consumer: "accounts", provider, directory: "pacts" })),
 *   Effect.provide(UndiciTransport.layer)
 * )
 *
 * Effect.runPromise(program)
 * ```
 *
 * @category combinators
 * @since 0.1.0
 */
export const verify = (
  contract: Contract
): Effect.Effect<
  void,
  UnexpectedOutcome | PactMismatch | InteractionConflict | PactNotWritten,
  Pact | HttpClient.HttpClient
> =>
  Effect.gen(function*() {
    const { url } = yield* MockServer
    const expected = toResult(contract)
    for (const strictResponses of [true, false]) {
      const client = AllResources.layer({ appId, baseUrl: url, retry: "never", strictResponses }).pipe(
        Layer.provide(credentials[contract.credentials]),
        Layer.orDie
      )
      const actual = yield* contract.call.pipe(Effect.result, Effect.provide(client))
      if (Equal.equals(Result.mapError(actual, (error) => error._tag), expected)) continue
      return yield* new UnexpectedOutcome({
        description: contract.interaction.description,
        expected: format(expected),
        actual: format(actual)
      })
    }
  }).pipe(Pact.verify(contract.interaction))
