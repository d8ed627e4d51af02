/**
 * The services of every resource as the calls of contracts take them, and other ways to the same methods in their place. Nothing
 * here names a resource.
 */
import * as Client from "@sunco/client"
import * as Promises from "@sunco/client/promise"
import { appId, type Client as Services, type Contract } from "@sunco/contracts/Contract"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import * as String from "effect/String"

/** The name of a resource where names begin in lower case. */
export const lowerCased = (name: string): string => name === "OAuth" ? "oauth" : String.uncapitalize(name)

type Method = (...args: ReadonlyArray<unknown>) => unknown

type Methods = Readonly<Record<string, Method>>

type Key = Context.Key<never, Methods>

/** The key of each resource's service, by its name in the declarations. */
const keys: ReadonlyArray<readonly [name: string, key: Key]> = Object.keys(SunshineOperations).map((name) =>
  [name, (Client as unknown as Record<string, Key>)[name]!] as const
)

/** The same services with other methods. */
export const replaced = (
  context: Context.Context<Services>,
  methodsOf: (resource: string, methods: Methods) => Methods
): Context.Context<Services> =>
  keys.reduce((context, [name, key]) => {
    const methods = methodsOf(name, Context.getUnsafe(context, key))
    return Context.add(context, key, methods)
  }, context)

/** No wait takes time. */
const options = { appId, baseUrl: "http://localhost", retry: { baseDelay: 0 } } as const

const key = { keyId: `app_${appId}`, secret: "the secret of the key" }

const token = "the token"

export const credentials: ReadonlyArray<string> = [key.secret, token, btoa(`${key.keyId}:${key.secret}`)]

/** A way to call: the services, made over a `fetch`. */
export type Face = (
  contract: Contract,
  fetch: typeof globalThis.fetch
) => Effect.Effect<Context.Context<Services>, never, Scope.Scope>

export const effects: Face = (contract, fetch) =>
  Client.AllResources.layer(options).pipe(
    Layer.provide(
      contract.credentials === "basic"
        ? Client.Credentials.layerBasic({ ...key, secret: Redacted.make(key.secret) })
        : Client.Credentials.layerBearer(Redacted.make(token))
    ),
    Layer.provide(Layer.provide(FetchHttpClient.layer, Layer.succeed(FetchHttpClient.Fetch, fetch))),
    Layer.orDie,
    Layer.build
  )

export const promises: Face = (contract, fetch) =>
  Effect.gen(function*() {
    const sunshine = Promises.Sunshine.make(
      { ...options, credentials: contract.credentials === "basic" ? key : { token }, transport: fetch },
      Promises.AllResources
    )
    yield* Effect.addFinalizer(() => Effect.promise(sunshine.close))
    const resources = sunshine as unknown as Record<
      string,
      Record<string, (...args: ReadonlyArray<unknown>) => Promise<unknown>>
    >
    return replaced(yield* effects(contract, fetch), (name) =>
      Object.fromEntries(
        Object.entries(resources[lowerCased(name)]!).map(([method, promised]) => [
          method,
          (...args) => Effect.tryPromise({ try: () => promised(...args), catch: (error) => error })
        ])
      ))
  })
