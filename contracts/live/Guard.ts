/** Whether a request is about things of the run alone, and about nothing else of the account. */
import * as Predicate from "effect/Predicate"
import { declaredOperations } from "../openapi/declaredOperations.ts"
import * as Deletions from "./Deletions.ts"
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
  // A path that a URL parser reads otherwise leads elsewhere.
  if (found === undefined || url === null || url.pathname !== path) {
    return "it is for no operation that is declared here"
  }
  const named = found.path.exec(path)?.slice(1).map(decodeURIComponent) ?? []
  const things = named.filter((value) => value !== appId)
  if (method !== "GET" && things.length === 0 && !isOfItself(method, found.template)) {
    return "it changes what this run has not made"
  }
  const strangers = [
    ...found.names.filter((_, index) => named[index] !== appId && !isOwn(named[index] ?? "")),
    ...Array.from(url.searchParams).flatMap(([name, value]) => namesSomebody(name) && !isOwn(value) ? [name] : []),
    ...strangersIn(body, isOwn),
    ...(found.operationId === "DeleteAttachment" && !isElsewhere(body, host, isOwn) ? ["mediaUrl"] : [])
  ]
  return strangers.length === 0
    ? undefined
    : `it names what this run has not made (${Array.from(new Set(strangers)).join(", ")})`
}

/** Of an app as a whole a run does no more than to add what it can delete again, and to delete a file. */
const isOfItself = (method: string, template: string): boolean =>
  method === "POST" && (Deletions.of(template) !== undefined || template.endsWith("/attachments/remove"))

const operations = declaredOperations.map(({ method, operationId, path }) => {
  const names = Array.from(path.matchAll(/\{([^}]*)\}/g), ([, name = ""]) => name)
  return {
    method,
    names,
    operationId,
    template: path,
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
