/**
 * The calls of contracts as the vendor's client makes them: by the name of the operation, and with what is in the request where its
 * methods take it. Nothing here names an operation.
 */
import { type Contract, type DeclaredOperation, operationOf } from "@sunco/contracts/Contract"
import * as Matcher from "effect-pact/Matcher"
import type * as Interaction from "effect-pact/Interaction"
import * as String from "effect/String"
import { createReadStream, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import type { ApiClient } from "sunco-workshop/bench/VendorClient"

type Call = (...args: ReadonlyArray<unknown>) => Promise<unknown>

type Api = new(client: ApiClient) => { readonly [method: string]: Call }

interface Method {
  readonly api: Api
  readonly name: string
  /** What it takes, as its source names it. */
  readonly parameters: ReadonlyArray<string>
}

const methodsOf = (api: Api): ReadonlyArray<Method> =>
  Object.entries(Object.getOwnPropertyDescriptors(api.prototype))
    .filter(([name]) => name !== "constructor" && !name.endsWith("WithHttpInfo"))
    .map(([name, { value }]) => {
      const [, parameters = ""] = /\(([^)]*)\)/.exec(`${value}`) ?? []
      return { api, name, parameters: parameters.split(/,\s*/).filter(String.isNonEmpty) }
    })

/** Everything that it can do. */
export const methods: ReadonlyArray<Method> = Object.entries<Api>(
  createRequire(import.meta.url)("sunshine-conversations-client")
).flatMap(([name, api]) => name.endsWith("Api") ? methodsOf(api) : [])

/** A contract that the vendor's client has a method for. */
export interface Row {
  readonly contract: Contract
  readonly operation: DeclaredOperation
  readonly method: Method
}

export const rowOf = (contract: Contract): ReadonlyArray<Row> => {
  const operation = operationOf(contract)!
  const name = String.uncapitalize(operation.declared.operationId)
  return methods.filter((method) => method.name === name).map((method) => ({ contract, operation, method }))
}

/** What a provider gave, in the place of the examples. */
export type Values = { readonly [name: string]: unknown }

const instantiated = (pattern: Matcher.Pattern, values: Values): unknown => {
  if (pattern === null || typeof pattern !== "object") return pattern
  if (!Matcher.isMatcher(pattern)) {
    return Array.isArray(pattern)
      ? pattern.map((item: Matcher.Pattern) => instantiated(item, values))
      : Object.fromEntries(Object.entries(pattern).map(([name, value]) => [name, instantiated(value, values)]))
  }
  if (!("expression" in pattern)) return instantiated(pattern.value, values)
  const text = pattern.expression.replaceAll(/\$\{([^}]+)\}/g, (text, name) => `${values[name] ?? text}`)
  return text.includes("${") ? instantiated(pattern.value, values) : text
}

/** `page[size]` is the `size` of `page`; a name that JavaScript has for itself has a line in front. */
const grouped = (query: Interaction.Query, values: Values): { readonly [name: string]: unknown } => {
  const groups: { [name: string]: unknown } = {}
  for (const [name, pattern] of Object.entries(query)) {
    const value = instantiated(pattern, values)
    const [, group = "", member] = /^([^[]*)(?:\[(.*)\])?$/.exec(name) ?? []
    if (member === undefined) groups[group === "for" ? "_for" : group] = value
    else groups[group] = { ...groups[group] as object, [member]: value }
  }
  return groups
}

const inPath = ({ declared }: DeclaredOperation, path: string): ReadonlyArray<string> => {
  const segments = path.split("/")
  return declared.path.split("/").flatMap((name, index) =>
    name.startsWith(":") ? [decodeURIComponent(segments[index] ?? "")] : []
  )
}

/** Where the request of a contract goes, without its query. */
export const pathOf = ({ contract }: Row, values: Values): string =>
  `${instantiated(contract.interaction.request.path, values)}`

/** A stream of a file is all that it sends with a name. */
const fileOf = (form: Interaction.Form, directory: string) =>
  Object.values(form).map(({ base64, fileName }) => {
    writeFileSync(join(directory, fileName), Buffer.from(base64, "base64"))
    return createReadStream(join(directory, fileName))
  })[0]

/** Where it is made, and with what. */
export interface Circumstances {
  readonly apiClient: ApiClient
  /** For files that are sent. */
  readonly directory: string
  readonly values?: Values
}

export const call = (row: Row, { apiClient, directory, values = {} }: Circumstances): Promise<unknown> => {
  const { contract, method, operation } = row
  const { body, form, query = {} } = contract.interaction.request
  const first = inPath(operation, pathOf(row, values))
  const groups = grouped(query, values)
  const { [method.parameters.find((name) => name in groups) ?? ""]: _, ...options } = groups
  const args = method.parameters.map((name, index) => {
    if (index < first.length) return first[index]
    if (name === "opts") return options
    if (name in groups) return groups[name]
    if (form !== undefined) return fileOf(form, directory)
    return body === undefined ? undefined : instantiated(body, values)
  })
  return new method.api(apiClient)[method.name]!(...args)
}

/** The same by hand, for what no contract calls. */
export const callByName = (name: string, apiClient: ApiClient, ...args: ReadonlyArray<unknown>): Promise<unknown> => {
  const { api } = methods.find((method) => method.name === name)!
  return new api(apiClient)[name]!(...args)
}
