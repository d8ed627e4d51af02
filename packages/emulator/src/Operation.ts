/**
 * The names of the operations that the emulator carries out.
 *
 * @since 0.1.0
 */
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import * as Schema from "effect/Schema"
import { type OperationName, operationNames } from "./internal/operations.ts"

/**
 * An operation of the API by group and name, as the client's method is called: `Users.create`, `Users.get`, …
 *
 * @category models
 * @since 0.1.0
 */
export type Operation = OperationName<typeof SunshineOperations>

const names = operationNames(SunshineOperations)

/**
 * Schema of {@link Operation}.
 *
 * **Example** (The operations that are emulated)
 *
 * ```ts
 * import { Operation } from "@sunco/emulator/Operation"
 * import * as Schema from "effect/Schema"
 *
 * console.log(Schema.is(Operation)("Users.create"), Schema.is(Operation)("Users.clone"))
 * // true false
 * ```
 *
 * @category schemas
 * @since 0.1.0
 */
export const Operation: Schema.Codec<Operation> = Schema.Literals(names).annotate({
  identifier: "Operation",
  message: `Expected one of ${names.join(", ")}`,
  description: "An operation of the API by group and name."
})
