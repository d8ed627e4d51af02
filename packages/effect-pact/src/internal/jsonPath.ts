import * as Predicate from "effect/Predicate"

export type Path = ReadonlyArray<string | number>

/** As a JSON path; the names of most fields need no quotes in it. */
export const formatPath = (path: Path): string =>
  path.reduce<string>(
    (text, key) =>
      Predicate.isNumber(key) || key === "*"
        ? `${text}[${key}]`
        : key.startsWith("(")
        ? `${text}${key}`
        : /^[A-Za-z_]\w*$/.test(key)
        ? `${text}.${key}`
        : `${text}[${JSON.stringify(key)}]`,
    "$"
  )
