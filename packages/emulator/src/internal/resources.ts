import { type Operations } from "@sunco/schemas/Operation"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import { type Kept, type Resource, type Seeds } from "./resource.ts"
import { users, type UsersState } from "./resources/users.ts"

/**
 * What each app keeps.
 *
 * @internal
 */
export interface AppState extends UsersState {}

/**
 * Rows of operations, and what carries them out.
 *
 * @internal
 */
export interface Emulated {
  readonly operations: { readonly [resource: string]: Operations }
  /** By the same names, in the order in which they look into each other. */
  readonly resources: {
    // `any`: that each fits its rows and what it looks into has been checked where it is declared.
    readonly [resource: string]: Resource<any, any, any>
  }
  readonly seed: Seeds<AppState>
  readonly stored: Kept<AppState>
}

/**
 * A resource, an operation, a field of the seed or a part of what is stored that has nothing here does not compile.
 *
 * @internal
 */
export const sunshine: Emulated & {
  readonly resources: {
    readonly [Name in keyof typeof SunshineOperations]: Resource<(typeof SunshineOperations)[Name], object, AppState>
  }
} = {
  operations: SunshineOperations,
  resources: { Users: users },
  seed: { ...users.seed },
  stored: { Users: users.stored }
}
