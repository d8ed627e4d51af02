import * as Metadata from "@sunco/schemas/Metadata"
import * as Writing from "@sunco/schemas/Writing"
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import type * as SchemaIssue from "effect/SchemaIssue"
import { createHash } from "node:crypto"
import type { Refusal, RowKind } from "../ChunkSource.ts"
import { fieldNamed, fieldsOf, valueAt } from "./fieldsOf.ts"
import { issuesOf } from "./issuesOf.ts"
import { nearestName } from "./nearestName.ts"

/** Why a value is no row; the line is for others to say. */
export type Problem = Omit<Refusal, "line">

export interface Keyed<A> {
  readonly value: A
  readonly key: string
}

/** Makes a row of JSON, or says why it is none. */
export type RowReader<A> = (json: unknown) => Result.Result<Keyed<A>, Problem>

export const invalid = (message: string, field?: string): Problem => ({
  reason: "Invalid",
  message,
  ...field === undefined ? {} : { field }
})

/** As many as anybody reads of one row. */
const mostIssues = 3

/** Gives the externalId that another field has, where a row has none. */
const keyGiver = <A>({ keyFrom, schema }: RowKind<A>): (json: object) => object => {
  const from = keyFrom === undefined ? undefined : fieldNamed(fieldsOf(schema), keyFrom.field)?.path
  if (from === undefined || keyFrom === undefined) return (json) => json
  return (json) => {
    if ((valueAt(json, ["externalId"]) ?? "") !== "") return json
    const value = valueAt(json, from)
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean" || value === "") {
      return json
    }
    const text = String(value)
    return { ...json, externalId: keyFrom.hash ? createHash("sha256").update(text).digest("hex") : text }
  }
}

/** Makes a row again of JSON that a {@link rowReader} has made one of. */
export const rowMaker = <A>(kind: RowKind<A>): (json: unknown) => A => {
  const withKey = keyGiver(kind)
  return (json) => withKey(json as object) as A
}

/** @throws where the schema is none of a struct */
export const rowReader = <A>(kind: RowKind<A>): RowReader<A> => {
  // What is sent for a row is a row: those of requests are what JSON has.
  const write = Writing.writer(kind.schema as unknown as Schema.Codec<unknown>)
  const withKey = keyGiver(kind)
  const fields = fieldsOf(kind.schema)

  /** Only what the schema names is shown of a path: a name of the row's own may be somebody's address. */
  const shown = (path: ReadonlyArray<PropertyKey>): string => {
    const names = path.map(String)
    for (let length = names.length; length > 0; length--) {
      const known = names.slice(0, length).join(".")
      const isKnown = fields.types.has(known) || fields.open.has(known) ||
        Array.from(fields.types.keys()).some((name) => name.startsWith(`${known}.`))
      if (isKnown) return length === names.length ? known : `${known}.*`
    }
    return "*"
  }

  const noSuchField = (path: ReadonlyArray<PropertyKey>): string => {
    const meant = nearestName(path.map(String).join("."), fields.types.keys())
    return meant === undefined ? "there is no such field" : `there is no such field; ${meant} is one`
  }

  const problemOf = (issue: SchemaIssue.Issue): Problem => {
    const issues = issuesOf(issue).map(({ expected, path }) => ({
      field: path.length === 0 ? undefined : shown(path),
      message: expected === undefined ? noSuchField(path) : `Expected ${expected}`
    }))
    const [first = { field: undefined, message: "this is no row" }, ...others] = Array.from(
      new Map(issues.map((issue) => [`${issue.field} ${issue.message}`, issue])).values()
    )
    const more = others.slice(0, mostIssues - 1).map(({ field, message }) => `${field ?? "the row"}: ${message}`)
    if (others.length > more.length) more.push(`and ${others.length - more.length} more`)
    return invalid([first.message, ...more].join("; "), first.field)
  }

  return (json) => {
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      return Result.fail(invalid("Expected an object"))
    }
    const written = write(withKey(json))
    if (Result.isFailure(written)) return Result.fail(problemOf(written.failure))
    const value = written.success as A
    const metadata = valueAt(value, ["metadata"])
    if (typeof metadata === "object" && metadata !== null && isTooLong(metadata as Metadata.Metadata)) {
      return Result.fail(invalid(`Expected at most ${Metadata.maximumBytes} bytes of JSON`, "metadata"))
    }
    const key = kind.key(value)
    return key === undefined ? Result.fail(noKey(kind)) : Result.succeed({ value, key })
  }
}

/** Most are far below the limit: then to count the letters is enough. */
const isTooLong = (metadata: Metadata.Metadata): boolean =>
  JSON.stringify(metadata).length * 3 > Metadata.maximumBytes && Metadata.byteLength(metadata) > Metadata.maximumBytes

const noKey = <A>({ keyFrom }: RowKind<A>): Problem => ({
  reason: "NoKey",
  ...keyFrom === undefined ? {} : { field: keyFrom.field },
  message: keyFrom === undefined
    ? "there is nothing that tells this row from others, such as an externalId"
    : "there is no externalId, and nothing in the field that is to give one"
})
