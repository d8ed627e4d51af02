/** Pact files of all versions and writers, brought into one form before they are read. */
import * as Predicate from "effect/Predicate"

type Json = { readonly [key: string]: unknown }

/** Without keys of null, which many writers put where there is nothing. */
const present = (value: Json): Json => Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null))

const pick = (value: Json, ...keys: ReadonlyArray<string>): Json =>
  Object.fromEntries(keys.flatMap((key) => key in value ? [[key, value[key]]] : []))

const isJson = (value: unknown): value is Json => Predicate.isObject(value)

const part = (value: unknown, ...keys: ReadonlyArray<string>): unknown =>
  isJson(value) ? pick(present(value), ...keys) : value

/** Before version 3, a name; versions 1.x spelled the key otherwise. */
const statesOf = (entry: Json): unknown => {
  const states = entry["providerStates"] ?? entry["providerState"] ?? entry["provider_state"]
  if (Predicate.isString(states)) return states === "" ? undefined : [{ name: states }]
  if (!Array.isArray(states)) return states
  return states.map((state) => Predicate.isString(state) ? { name: state } : part(state, "name", "params"))
}

export const types = ["Synchronous/HTTP", "Asynchronous/Messages", "Synchronous/Messages"] as const

const isKnown = (type: unknown) => types.some((known) => known === type)

/** An entry of a list; `type` is what the list holds in versions without types. */
const entry = (type: (typeof types)[number]) => (value: unknown): unknown => {
  if (!isJson(value)) return value
  const given = present(value)
  const states = statesOf(given)
  const known = { type, ...pick(given, "type", "description") }
  if (!isKnown(known.type)) return known
  return {
    ...known,
    ...(states === undefined ? {} : { providerStates: states }),
    // Those of messages are of another form.
    ...(known.type !== "Synchronous/HTTP" ? {} : {
      ...("request" in given ? { request: part(given["request"], "method", "path") } : {}),
      ...("response" in given ? { response: part(given["response"], "status") } : {})
    })
  }
}

const isLeftOut = (value: unknown): value is { readonly type: string; readonly description?: unknown } =>
  isJson(value) && "type" in value && Predicate.isString(value["type"]) && !isKnown(value["type"])

const list = (value: unknown, name: string, type: (typeof types)[number]) => {
  if (!Array.isArray(value)) return { entries: value ?? [], leftOut: [] }
  const all = value.map(entry(type))
  return {
    entries: all.filter((one) => !isLeftOut(one)),
    leftOut: all.flatMap((one, index) =>
      isLeftOut(one)
        ? [{
          path: `$.${name}[${index}]`,
          type: one.type,
          ...(Predicate.isString(one.description) ? { description: one.description } : {})
        }]
        : []
    )
  }
}

/** What the schema of `PactFile` reads, and only it can say whether it may. */
export const normalForm = (value: unknown): any => {
  if (!isJson(value)) return value
  const interactions = list(value["interactions"], "interactions", "Synchronous/HTTP")
  const messages = list(value["messages"], "messages", "Asynchronous/Messages")
  return {
    ...pick(value, "consumer", "provider"),
    interactions: interactions.entries,
    messages: messages.entries,
    leftOut: [...interactions.leftOut, ...messages.leftOut]
  }
}
