/**
 * Every operation that is declared.
 *
 * @since 0.1.0
 */
import { UsersOperations } from "./UsersOperations.ts"

/**
 * The operations by resource and by the name of their method: the only list of them.
 *
 * @category operations
 * @since 0.1.0
 */
// Annotated, because the compiler would write every operation out again in the declaration of this module.
export const SunshineOperations: {
  readonly Users: typeof UsersOperations
} = {
  Users: UsersOperations
}
