/**
 * `@sunco/client/promise` for whoever wants everything: a {@link Sunshine} that is made without a list has every resource of the
 * API, under its name. It is a module of its own, because its bundle has all of them; whoever names some to the `Sunshine` of
 * `@sunco/client/promise` has no other.
 *
 * @since 0.1.0
 */
import { AllResources, Sunshine as SunshineOfSome } from "./promise.ts"
import type { Sunshine as ClientOf } from "./promise.ts"
import type { Options, OptionsBesideEnvironment } from "./PromiseOptions.ts"

export * from "./promise.ts"

/**
 * A client with every resource.
 *
 * @category models
 * @since 0.1.0
 */
export interface Sunshine extends ClientOf<typeof AllResources> {}

/**
 * Makes clients with every resource, which share credentials, connections, limits and the retry budget.
 *
 * **Example** (All that the environment's key may do)
 *
 * ```ts
 * import { Sunshine } from "@sunco/client/everything"
 *
 * await using sunshine = Sunshine.fromEnv({ deadline: "20 seconds" })
 *
 * const { user } = await sunshine.users.getOrCreate({ externalId: "ada" })
 * const { items } = await sunshine.conversations.list({ userId: user.id })
 * console.log(items.length)
 * // 0
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const Sunshine: {
  /** A client of these options. Throws `SettingsError`. */
  readonly make: (options: Options) => Sunshine

  /** A client whose settings come from the environment; the options are what it does not say. Throws `SettingsError`. */
  readonly fromEnv: (options?: OptionsBesideEnvironment) => Sunshine
} = {
  make: (options) => SunshineOfSome.make(options, AllResources),
  fromEnv: (options) => SunshineOfSome.fromEnv(AllResources, options)
}
