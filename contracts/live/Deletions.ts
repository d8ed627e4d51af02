/** How what a create has made is deleted again: by the operation of its path, and of its id. */
import { declaredOperations } from "../openapi/declaredOperations.ts"

export interface Deletion {
  readonly operation: string
  /** The field of the thing by which it is named. */
  readonly named: "id" | "mediaUrl"
}

/** Of the create of this path, with a name in braces for each parameter. */
export const of = (path: string): Deletion | undefined => {
  // Files are named by their address, which is in the body.
  if (path.endsWith("/attachments")) return { operation: "DeleteAttachment", named: "mediaUrl" }
  const deletion = declaredOperations.find((one) =>
    one.method === "DELETE" && one.path.startsWith(`${path}/{`) && !one.path.slice(path.length + 1).includes("/")
  )
  return deletion && { operation: deletion.operationId, named: "id" }
}

const creates = declaredOperations.flatMap(({ method, path }) => {
  const deletion = method === "POST" ? of(path) : undefined
  return deletion === undefined ? [] : [{
    deletion,
    path: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{[^}]*\}/g, "[^/]+")}$`)
  }]
})

/** Of the create that a request is; nothing, where it is none. */
export const ofRequest = (method: string, path: string): Deletion | undefined =>
  method === "POST" ? creates.find((create) => create.path.test(path))?.deletion : undefined
