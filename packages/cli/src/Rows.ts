/** The operations of the API, by method and path. */
import type { Operation } from "@sunco/schemas/Operation"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"

/** An operation, and the name of its method in the client. */
export interface Row {
  readonly name: string
  readonly resource: keyof typeof SunshineOperations
  readonly method: string
  readonly operation: Operation
}

const resources = Object.keys(SunshineOperations).filter((name): name is Row["resource"] => name in SunshineOperations)

/** All of them. */
export const rows: ReadonlyArray<Row> = resources.flatMap((resource) =>
  Object.entries<Operation>(SunshineOperations[resource]).map(([method, operation]) => ({
    name: `${resource}.${method}`,
    resource,
    method,
    operation
  }))
)

/** The operation of a request, where the API has it. One that names more of its path comes before another. */
export const find = (method: string, path: ReadonlyArray<string>): Row | undefined =>
  rows.filter(({ operation }) => operation.method === method && matches(segmentsOf(operation), path))
    .sort((one, other) => parametersOf(one) - parametersOf(other))[0]

const segmentsOf = ({ path }: Operation): ReadonlyArray<string> => path.slice(1).split("/")

const parametersOf = ({ operation }: Row): number => segmentsOf(operation).filter(isParameter).length

const isParameter = (segment: string): boolean => segment.startsWith(":")

const matches = (template: ReadonlyArray<string>, path: ReadonlyArray<string>): boolean =>
  template.length === path.length &&
  template.every((segment, index) => isParameter(segment) || segment === path[index])
