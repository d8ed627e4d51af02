/**
 * Every operation does in Effect 3 what its contracts say: nothing here names one. What else holds for all of them is of the client
 * underneath, and is in test/operations/everyOperation.test.ts.
 */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as Client from "@sunco/client"
import { appId, type Client as Services, type Contract } from "@sunco/contracts/Contract"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import * as Effect3 from "@sunco/effect3"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import * as Context4 from "effect-4/Context"
import * as Effect4 from "effect-4/Effect"
import * as Redacted4 from "effect-4/Redacted"
import * as Matcher from "effect-pact/Matcher"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import { assert, it } from "vitest"

type Methods = Readonly<Record<string, (...args: ReadonlyArray<unknown>) => Effect.Effect<unknown, unknown>>>

type Exported = Readonly<Record<string, unknown>>

const credentials = {
  basic: Effect3.Credentials.layerBasic({ keyId: `app_${appId}`, secret: Redacted.make("secret") }),
  bearer: Effect3.Credentials.layerBearer(Redacted.make("token")),
  none: Effect3.Credentials.layerNone
}

/** All resources of this package over a `fetch`, in the place of the client's that the call of a contract takes. */
const servicesOf = async (contract: Contract, fetch: typeof globalThis.fetch) => {
  const runtime = ManagedRuntime.make(
    Effect3.AllResources.layer({ appId, baseUrl: "http://localhost", retry: "never" }).pipe(
      Layer.provide([
        credentials[contract.credentials],
        Layer.provide(FetchHttpClient.layer, Layer.succeed(FetchHttpClient.Fetch, fetch))
      ])
    )
  )
  const exits = (method: Methods[string]) => (...args: ReadonlyArray<unknown>) =>
    Effect4.flatMap(
      Effect4.promise(() => runtime.runPromiseExit(method(...args))),
      Exit.match({
        onFailure: (cause) => Effect4.fail(Cause.squash(cause)),
        onSuccess: (value) => Effect4.succeed(value)
      })
    )
  /** What no method does. */
  const requesting = (context: Context.Context<Effect3.AllResources.AllResources | Effect3.Sunshine>) => {
    const { request } = Context.get(context, Effect3.Sunshine)
    return { request: exits(request as Methods[string]) } as unknown as Client.Sunshine["Service"]
  }
  const services = await Effect.runPromise(
    Effect.map(runtime.runtimeEffect, ({ context }) =>
      Object.keys(SunshineOperations).reduce((services, name) => {
        const methods = (context as Context.Context<never>).unsafeMap.get(
          ((Effect3 as Exported)[name] as { readonly key: string }).key
        ) as Methods
        return Context4.add(
          services,
          (Client as Exported)[name] as Context4.Key<never, object>,
          Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, exits(method)]))
        )
      }, Context4.add(Context4.empty() as Context4.Context<Services>, Client.Sunshine, requesting(context))))
  )
  return { services, [Symbol.asyncDispose]: () => runtime.dispose() }
}

/** The same with every secret in the open, but for those that are of another Effect. */
const revealed = (
  kind: { readonly isRedacted: (value: unknown) => boolean; readonly value: (secret: never) => unknown },
  value: unknown
): unknown =>
  kind.isRedacted(value)
    ? { secret: kind.value(value as never) }
    : Array.isArray(value)
    ? value.map((item) => revealed(kind, item))
    : typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? Object.fromEntries(Object.entries(value).map(([name, value]) => [name, revealed(kind, value)]))
    : value

it.each(SunshineContracts.map((contract) => ({ contract, description: contract.interaction.description })))(
  "$description",
  async ({ contract }) => {
    const { body, status } = contract.interaction.response
    const sent: Array<string> = []
    await using client = await servicesOf(contract, (input) => {
      sent.push(input instanceof Request ? input.url : String(input))
      return Promise.resolve(Response.json(Matcher.example(body ?? {}), { status }))
    })
    const result = await Effect4.runPromise(
      contract.call.pipe(
        Effect4.match({
          onFailure: (error) => ({ failsWith: error._tag }),
          onSuccess: (gives) => ({ gives })
        }),
        Effect4.provide(client.services)
      )
    )
    assert.deepStrictEqual<unknown>(
      revealed(Redacted, result),
      "gives" in contract ? { gives: revealed(Redacted4, contract.gives) } : { failsWith: contract.failsWith }
    )
    assert.lengthOf(sent, 1)
  }
)
