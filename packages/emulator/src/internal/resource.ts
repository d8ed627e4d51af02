import { type App } from "@sunco/schemas/App"
import { type CreatedAppKey } from "@sunco/schemas/AppKey"
import { type Operations } from "@sunco/schemas/Operation"
import type * as Redacted from "effect/Redacted"
import type * as Schema from "effect/Schema"
import { type Assumptions } from "../Assumptions.ts"
import { type Seed, type Seeded } from "../Seed.ts"
import { type Stored } from "../Stored.ts"
import { type GivenKey, type Principal } from "./credentials.ts"
import { type Multipart } from "./multipart.ts"
import { type Refusal } from "./refusal.ts"
import { type Store } from "./store.ts"

/**
 * What the emulator has to know of a resource: what each app keeps of it, and what its operations do. `Own` is what it keeps,
 * `Other` what it looks into of the resources before it.
 *
 * @internal
 */
export interface Resource<Rows extends Operations, Own extends object, Other extends object = {}> {
  /** Made for each app. What hangs on others says here, by their `onRemove`, what becomes of it without them. */
  readonly state: (app: Other) => Own
  readonly behaviours: Behaviours<Rows, Own & Other>
}

/**
 * What carries out the operations of a resource, by their names: each gets its decoded input and a context, and gives the
 * success that its row declares, or a refusal. All of them are synchronous: nothing comes between a read and the write that
 * follows from it.
 *
 * @internal
 */
export type Behaviours<Rows, App> = {
  readonly [Name in keyof Rows]: (
    input: Input<Rows[Name]> & ContextOf<Rows[Name], App>
  ) => Success<Rows[Name]> | Refusal
}

interface Input<Row> {
  readonly params: Row extends { readonly params: infer Params } ? { readonly [Name in keyof Params]: string } : never
  readonly query: TypeOf<Row, "query">
  readonly payload: Row extends { readonly body: "multipart" } ? Multipart : TypeOf<Row, "payload">
}

type TypeOf<Row, Part extends string> = Row extends { readonly [P in Part]: { readonly Type: infer Type } } ? Type
  : undefined

type Success<Row> = Row extends { readonly success: { readonly schema: Schema.Codec<infer Type> } } ? Type : never

/** What is outside of an app has no app, and the world of all. */
type ContextOf<Row, App> = Row extends { readonly params: { readonly appId: unknown } } ?
  Context<App> & { readonly app: App }
  : Context<App>

/**
 * What an operation is carried out in; inside of an app, `app` is what that app keeps.
 *
 * @internal
 */
export interface Context<App = object> {
  readonly world: World<App>
  /** Whose credentials came with the request, where it asks for any. */
  readonly caller: Principal | undefined
  /** Milliseconds since 1970. */
  readonly now: number
  readonly makeId: () => string
  /** What is done where the vendor says nothing. */
  readonly assume: Required<Assumptions>
  /** Where the emulator was reached, such as `http://127.0.0.1:4010`. */
  readonly origin: string
  /** Tells of what happened whoever the vendor would tell. */
  readonly emit: (event: Event) => void
}

/**
 * What each app has before any resource has added to it.
 *
 * @internal
 */
export interface Reached {
  readonly appId: string
  readonly world: World
  readonly about: About
  /** Where the emulator is, which is known once it listens. */
  readonly origin: () => string
  /** Who may call the app: what is added here authenticates from then on, and what is revoked no more. */
  readonly credentials: {
    readonly addKey: (key: GivenKey) => void
    readonly addAccessToken: (token: Redacted.Redacted, integrationId?: string) => void
    readonly revoke: (keyIdOrToken: string) => void
    /** Those of scope `app`, in the order in which they came. */
    readonly appKeys: () => ReadonlyArray<CreatedAppKey>
    /** Every key and token of the app by which such a caller comes. */
    readonly revokeWhere: (isSuch: (caller: Principal) => boolean) => void
  }
}

/**
 * What the API says of an app, and the service accounts that may use it.
 *
 * @internal
 */
export interface About {
  app: App
  readonly serviceAccounts: Set<string>
}

/**
 * Every app that there is.
 *
 * @internal
 */
export interface World<App = object> {
  readonly apps: Store<{ readonly id: string; readonly state: Reached & App }>
  /** How many the plan of the account allows. */
  maximumApps: number
  /** Makes an app with nothing in it, and without a key. */
  readonly addApp: (appId: string) => Reached
}

/** @internal */
export interface Event {
  /** Such as `user:remove`. */
  readonly type: string
  readonly payload: Schema.JsonObject
}

/**
 * What puts the things of a seed in place, by the names of its fields.
 *
 * @internal
 */
export type Seeds<App, Fields extends keyof Seed = keyof Seed> = {
  readonly [Field in Fields]-?: (
    thing: Required<Seed>[Field][number],
    context: Pick<Context, "makeId" | "now"> & { readonly app: App }
  ) => Seeded[Field][number]
}

/**
 * What shows what an app keeps, by the names of the resources.
 *
 * @internal
 */
export type Kept<App> = { readonly [Name in keyof Stored]: (app: App) => Stored[Name] }
