/** The fields of a thing, also of what is in it, whoever has named them. */

/** Each value that is no object with its path, such as `profile.givenName` and `identities.0.type`; what is empty is left out. */
export const fieldsOf = (value: unknown, path = ""): ReadonlyArray<readonly [name: string, value: string]> => {
  if (typeof value !== "object" || value === null || !isPlain(value)) {
    return value === null || value === undefined ? [] : [[path, String(value)]]
  }
  return Object.entries(value).flatMap(([name, inner]) => fieldsOf(inner, path === "" ? name : `${path}.${name}`))
}

/** A secret is an object too, and says of itself that it is not shown. */
export const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || Array.isArray(value)
}
