/**
 * What may be done after an attempt of which nobody knows whether it was applied, operation by operation.
 *
 * @since 0.1.0
 */
import type { SunshineOperations } from "@sunco/schemas/SunshineOperations"

/**
 * What an operation's row says:
 *
 * - `repeat`: the same request is sent again; the end state is the same
 * - `stop`: the call fails with `retryStopped: "unsafe"` and `applied: "unknown"`
 * - `missing is done`: the same request is sent again, and that the thing named is missing then is the success of the attempt
 *   before
 * - `look up`: the same request is sent again, and a refusal then is compared with what is stored
 * - `look up first`: what is stored is read, and the same request is sent again only where the thing is not there
 * - `for a while`: the same request is sent again, but not later than so many milliseconds after the call began
 *
 * @category models
 * @since 0.1.0
 */
export type RetrySafety<Tag extends string = string> =
  | "repeat"
  | "stop"
  | { readonly repeat: "missing is done"; readonly missing: Tag }
  | { readonly repeat: "look up" | "look up first" }
  | { readonly repeat: "for a while"; readonly millis: number }

/**
 * A row that depends on what is sent: `when` names fields of the payload or of the query that must be there (`true`), or must have
 * that value.
 *
 * @category models
 * @since 0.1.0
 */
export interface ConditionalRetrySafety<Tag extends string = string> {
  readonly when: { readonly [field: string]: true | string }
  readonly met: RetrySafety<Tag>
  readonly otherwise: RetrySafety<Tag>
}

type Tags<O> = O extends { readonly failures: infer Failures } ? keyof Failures & string : never

/** The compiler asks for a row for every operation, and for no outcome that the operation does not have. */
type Table<Resource extends keyof typeof SunshineOperations> = {
  readonly [Name in keyof (typeof SunshineOperations)[Resource]]:
    | RetrySafety<Tags<(typeof SunshineOperations)[Resource][Name]>>
    | ConditionalRetrySafety<Tags<(typeof SunshineOperations)[Resource][Name]>>
}

/**
 * The rows of `Users`. An attempt that was certainly not applied may be repeated by every operation.
 *
 * @category constants
 * @since 0.1.0
 */
export const usersRetrySafety = {
  /** An identical payload from another creator cannot be told apart; without a key, repeating it could make a second user. */
  create: { when: { externalId: true }, met: { repeat: "look up" }, otherwise: "stop" },
  listByEmail: "repeat",
  get: "repeat",
  /** May overwrite another writer's change made in between; `retry: "unapplied-only"` where that matters. */
  update: "repeat",
  /** Addressed by externalId it may hit a user created anew meanwhile: prefer the id. */
  delete: { repeat: "missing is done", missing: "UserNotFound" },
  /** The same; a 404 stays `UserNotFound`. */
  deletePersonalInformation: "repeat",
  /** May have merged users. */
  sync: "stop"
} as const satisfies Table<"Users">
