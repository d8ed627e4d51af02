/**
 * What may be done after an attempt of which nobody knows whether it was applied, operation by operation.
 *
 * @since 0.1.0
 */

/**
 * - `repeat`: the same request is sent again; the end state is the same
 * - `repeat, missing is done`: the same, and a 404 afterwards is the success of the attempt before
 * - `repeat, then look up`: the same, and a 409 afterwards is compared with the user that is stored
 * - `stop`: the call fails with `retryStopped: "unsafe"` and `applied: "unknown"`
 *
 * @category models
 * @since 0.1.0
 */
export type RetrySafety = "repeat" | "repeat, missing is done" | "repeat, then look up" | "stop"

/**
 * The table. An attempt that was certainly not applied may be repeated by every operation.
 *
 * @category constants
 * @since 0.1.0
 */
export const usersRetrySafety = {
  get: "repeat",
  listByEmail: "repeat",
  /** May overwrite another writer's change made in between; `retry: "unapplied-only"` where that matters. */
  update: "repeat",
  /** Addressed by externalId it may hit a user created anew meanwhile: prefer the id. */
  delete: "repeat, missing is done",
  /** The same; a 404 stays `UserNotFound`. */
  deletePersonalInformation: "repeat",
  /** An identical payload from another creator cannot be told apart. */
  createWithExternalId: "repeat, then look up",
  /** Repeating it could make a second user. */
  createWithoutExternalId: "stop",
  /** May have merged users. */
  sync: "stop"
} as const satisfies Record<string, RetrySafety>
