/** JSON as it is looked into where nobody knows its shape. */
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"

export type Json = Schema.Json

export const isObject = (value: Json | undefined): value is Schema.JsonObject =>
  Predicate.isReadonlyObject(value) && !Array.isArray(value)

const parse = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Json))

/** What a text says in JSON; nothing, where it is none. */
export const ofText = (text: string | undefined): Json | undefined => Option.getOrUndefined(parse(text))

export const ofBytes = (bytes: Uint8Array): Json | undefined => ofText(new TextDecoder().decode(bytes))

/** Every text in it, with the name of the field that it is in. */
export const eachText = (value: Json, found: (field: string, text: string) => void, field = ""): void => {
  if (typeof value === "string") return found(field, value)
  if (Array.isArray(value)) return value.forEach((item) => eachText(item, found, field))
  if (isObject(value)) return Object.entries(value).forEach(([name, inside]) => eachText(inside, found, name))
}

/** Whether a field anywhere in it is as asked for. */
export const hasField = (value: Json | undefined, test: (name: string, value: Json) => boolean): boolean =>
  Array.isArray(value)
    ? value.some((item) => hasField(item, test))
    : isObject(value) && Object.entries(value).some(([name, inside]) => test(name, inside) || hasField(inside, test))

/** The same with other texts. */
export const mapText = (
  value: Json | undefined,
  other: (field: string, text: string) => string,
  field = ""
): Json | undefined => {
  if (typeof value === "string") return other(field, value)
  if (Array.isArray(value)) return value.map((item: Json) => mapText(item, other, field) ?? null)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, mapText(inside, other, name) ?? null]))
}
