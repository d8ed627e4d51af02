import * as HttpApi from "effect/http-api/HttpApi"
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup"

type GroupsOf<Api> = Api extends HttpApi.HttpApi<infer _Id, infer Groups> ? Groups : never

/** @internal */
export type OperationOf<Api> = {
  [Group in GroupsOf<Api> as Group["identifier"]]: `${Group["identifier"]}.${HttpApiGroup.Endpoints<
    Group
  >["identifier"]}`
}[GroupsOf<Api>["identifier"]]

/** @internal */
export const operationName = (group: { readonly identifier: string }, endpoint: { readonly identifier: string }) =>
  `${group.identifier}.${endpoint.identifier}`

/** @internal */
export const operationsOf = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>
): ReadonlyArray<OperationOf<HttpApi.HttpApi<Id, Groups>>> => {
  const operations: Array<string> = []
  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint, group }) => {
      operations.push(operationName(group, endpoint))
    }
  })
  // Reflection widens every identifier to `string`; the type says which they are.
  return operations as ReadonlyArray<any>
}
