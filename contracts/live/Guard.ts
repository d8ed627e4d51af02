/** Whether a request is about things of the run alone, and about nothing else of the account. */
import * as Predicate from "effect/Predicate"
import { declaredOperations } from "../openapi/declaredOperations.ts"
import * as Json from "./json.ts"

export interface Guarded {
  readonly method: string
  /** Path and query, encoded. */
  readonly target: string
  readonly body: Json.Json | undefined
}

export interface Bounds {
  readonly appId: string
  /** Where the API is. */
  readonly host: string
  readonly isOwn: (name: string) => boolean
}

/** Why it must not be sent, if it must not. */
export const refusal = ({ body, method, target }: Guarded, { appId, host, isOwn }: Bounds): string | undefined => {
  const url = URL.parse(target, "http://localhost")
  const [path = ""] = target.split("?")
  const found = operations.find((one) => one.method === method && one.path.test(path))
  const values = found?.path.exec(path)?.slice(1).map(decodeURIComponent) ?? []
  // A path that a URL parser reads otherwise leads elsewhere.
  if (found === undefined || url === null || url.pathname !== path) {
    return "it is for no operation that is declared here"
  }
  const strangers = [
    ...found.names.flatMap((name, index) => {
      const value = values[index] ?? ""
      const isApp = name === "appId" && value === appId
      // What is said of the app itself changes more than what the run has made.
      return isOwn(value) || (isApp && !(found.isOfTheApp && method !== "GET")) ? [] : [name]
    }),
    ...Array.from(url.searchParams).flatMap(([name, value]) => namesSomebody(name) && !isOwn(value) ? [name] : []),
    ...strangersIn(body, isOwn),
    ...(found.operationId === "DeleteAttachment" && !isElsewhere(body, host, isOwn) ? ["mediaUrl"] : [])
  ]
  return strangers.length === 0
    ? undefined
    : `it names what this run has not made (${Array.from(new Set(strangers)).join(", ")})`
}

const operations = declaredOperations.map(({ method, operationId, path }) => {
  const names = Array.from(path.matchAll(/\{([^}]*)\}/g), ([, name = ""]) => name)
  return {
    method,
    names,
    operationId,
    isOfTheApp: path.endsWith("/{appId}"),
    path: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{[^}]*\}/g, "([^/]+)")}$`)
  }
})

/** Parameters and fields that stand for a user, for a conversation, or for who takes part in one. */
const namesSomebody = (name: string): boolean =>
  /(user|conversation|participant|external|zendesk)\w*id\b|email/i.test(name)

/** Whether a file is one of the run, or one that the account cannot have. */
const isElsewhere = (body: Json.Json | undefined, host: string, isOwn: (name: string) => boolean): boolean => {
  const mediaUrl = Predicate.hasProperty(body, "mediaUrl") ? String(body.mediaUrl) : ""
  return isOwn(mediaUrl) || URL.parse(mediaUrl)?.host !== host
}

const strangersIn = (body: Json.Json | undefined, isOwn: (name: string) => boolean): ReadonlyArray<string> => {
  const found: Array<string> = []
  Json.eachText(body ?? null, (field, text) => {
    if (namesSomebody(field) && !/email$/i.test(field) && !isOwn(text)) found.push(field)
  })
  return found
}
