/**
 * One difference between what a contract asks for and what was there.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * One difference: which part, where in it, what was expected, what was there.
 *
 * **Details**
 *
 * - `path` is a JSON path in a body (`$.user.id`), the name of a header, of a query parameter or of a message's
 *   metadata, and empty otherwise.
 * - `expected` and `actual` are as Pact renders them, JSON mostly; `actual` is absent where nothing was there.
 * - `message` is Pact's own sentence.
 *
 * @category models
 * @since 0.1.0
 */
export interface Mismatch extends Schema.Schema.Type<typeof Mismatch> {}

/**
 * The schema of a difference.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Mismatch = Schema.Struct({
  part: Schema.Literals(["method", "path", "query", "header", "status", "body", "metadata"]),
  path: Schema.String,
  expected: Schema.String,
  actual: Schema.optionalKey(Schema.String),
  message: Schema.String
})

/**
 * One line for people: where, and Pact's sentence.
 *
 * @category formatting
 * @since 0.1.0
 */
export const format = ({ message, part, path }: Mismatch): string =>
  `${path === "" ? part : `${part} ${path}`}: ${message}`
