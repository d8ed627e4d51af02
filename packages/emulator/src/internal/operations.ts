import type { Operations } from "@sunco/schemas/Operation"

/**
 * An operation by resource and name, as the client's method is called.
 *
 * @internal
 */
export type OperationName<Resources> = {
  [Resource in keyof Resources & string]: `${Resource}.${keyof Resources[Resource] & string}`
}[keyof Resources & string]

/** @internal */
export const operationNames = <Resources extends { readonly [resource: string]: Operations }>(
  resources: Resources
): ReadonlyArray<OperationName<Resources>> =>
  // The keys of an object are strings to the compiler, whatever its type says.
  Object.entries(resources).flatMap(([resource, operations]) =>
    Object.keys(operations).map((name) => `${resource}.${name}`)
  ) as ReadonlyArray<any>
