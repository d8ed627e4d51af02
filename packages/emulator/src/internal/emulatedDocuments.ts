import { SunshineApi } from "@sunco/schemas/SunshineApi"
import * as OpenApi from "effect/http-api/OpenApi"
import { ControlApi } from "../ControlApi.ts"
import { bodyExamples, notes, parameterExamples, parametersOf, schemeNotes } from "./exampleRequests.ts"

/**
 * The OpenAPI document of the API as the emulator serves it: with requests that work here when they are sent from the first
 * to the last.
 *
 * @internal
 */
export const apiDocument = (appId: string, server: string): OpenApi.OpenAPISpec =>
  emulated(OpenApi.fromApi(SunshineApi), { ...parameterExamples, appId }, server)

/**
 * That of the emulator's own endpoints; what it puts in place is what the other document's examples need.
 *
 * @internal
 */
export const controlDocument = (server: string): OpenApi.OpenAPISpec =>
  emulated(withoutSecurity(OpenApi.fromApi(ControlApi)), {}, server)

/** An empty list of schemes, which Effect's type asks for and OpenAPI does not, would have Swagger offer a dialog for them. */
const withoutSecurity = ({ components: { schemas }, ...document }: OpenApi.OpenAPISpec) =>
  ({ ...document, components: { schemas } }) as OpenApi.OpenAPISpec

type Operation = OpenApi.OpenAPISpecOperation

const emulated = (
  document: OpenApi.OpenAPISpec,
  parameters: { readonly [name: string]: string },
  server: string
): OpenApi.OpenAPISpec => ({
  ...document,
  servers: [{ url: server }],
  info: {
    ...document.info,
    description: `${document.info.description} [The emulator's page](${server}) shows the keys, and what happens.`
  },
  components: {
    ...document.components,
    ...(document.components.securitySchemes && {
      securitySchemes: Object.fromEntries(
        Object.entries(document.components.securitySchemes).map(([name, scheme]) => [
          name,
          { ...scheme, description: schemeNotes[name] ?? "" }
        ])
      )
    })
  },
  paths: Object.fromEntries(
    inOrder(document.paths).map((path) => [
      path,
      Object.fromEntries(
        // Effect writes nothing into it but operations.
        Object.entries(document.paths[path] as Readonly<Record<string, Operation>>).map(([method, operation]) => [
          method,
          withExamples(operation, parameters)
        ])
      )
    ])
  )
})

const withExamples = (operation: Operation, examples: { readonly [name: string]: string }): Operation => {
  const { operationId, parameters, requestBody, summary = operationId } = operation
  const note = notes[operationId]
  const body = bodyExamples[operationId]
  const content = requestBody?.content["application/json"]
  return {
    ...operation,
    summary,
    ...(note === undefined ? undefined : { description: note }),
    parameters: parameters.map((parameter) => {
      // What need not be sent is left to the reader, but for filters: one of them has to be there where there are several.
      const isSent = parameter.required || parameter.name.startsWith("filter[")
      const { name } = parameter
      const example = isSent ? parametersOf[operationId]?.[name] ?? examples[name] : undefined
      return example === undefined ? parameter : Object.assign({ ...parameter }, { example })
    }),
    ...(requestBody === undefined || body === undefined || content === undefined ? undefined : {
      requestBody: {
        ...requestBody,
        content: { ...requestBody.content, "application/json": Object.assign({ ...content }, { example: body }) }
      }
    })
  }
}

/** Of what an app has one at most, another can be made when the one that the seed's example puts in place is deleted. */
const madeAgain = /\/switchboards$/u

/** What makes things before what hangs on them, and what hangs on a thing before what deletes it. */
const inOrder = (paths: OpenApi.OpenAPISpec["paths"]): ReadonlyArray<string> => {
  const placed = Object.entries(paths).map(([path, operations]) => {
    const depth = path.split("/").length
    // Users first: whatever else there is belongs to somebody.
    return {
      path,
      place: path.endsWith("/users")
        ? 0
        : "delete" in operations || madeAgain.test(path)
        ? Number.MAX_SAFE_INTEGER - depth
        : depth
    }
  })
  return placed.toSorted((one, other) => one.place - other.place).map(({ path }) => path)
}
