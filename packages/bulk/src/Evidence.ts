/**
 * What an erasure leaves behind: of whom it was asked, what was sent and what was answered.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * A deletion that was sent, or was about to be. It is written before the request is sent, and the answer after it.
 *
 * @category models
 * @since 0.1.0
 */
export const Evidence = Schema.Struct({
  /** One-based, of the input. */
  line: Schema.Int,
  /**
   * The id of the user, where the job was told `includeIds`. Otherwise the SHA-256, in hex, of the app's id, a colon and the id:
   * who knows the id can look it up.
   */
  user: Schema.String,
  brandId: Schema.optionalKey(Schema.String),
  /** Who has asked for it, as the job was told. */
  requestedBy: Schema.String,
  operation: Schema.Literals(["Users.delete", "Users.deletePersonalInformation"]),
  /** ISO 8601: when it was about to be sent, first. */
  at: Schema.String,
  /** ISO 8601: when the last answer came; absent where none is known. */
  answeredAt: Schema.optionalKey(Schema.String),
  /** `200`, `404 UserNotFound`, or the reason of the client where there was no answer to count on. */
  answer: Schema.optionalKey(Schema.String),
  /** By which the vendor finds the request, where the answer has one. */
  requestId: Schema.optionalKey(Schema.String),
  /** ISO 8601: when `user:remove` was received, by which the vendor says that it is done. */
  removedAt: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "Evidence" })

/**
 * A deletion that was sent, or was about to be.
 *
 * @category models
 * @since 0.1.0
 */
export type Evidence = typeof Evidence.Type
