/** Payloads from the command line. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Failure } from "./Failure.ts"
import { exactJson } from "./internal/exactJson.ts"
import { readInput } from "./internal/streams.ts"

const usage = (message: string) => new Failure({ kind: "usage", message, hint: "nothing was sent" })

const JsonObject = Schema.Record(Schema.String, Schema.Unknown)

/** The text of a flag: its own, that of `@FILE`, or `-` for that of the standard input. */
const textOf = (flag: string, value: string) =>
  value === "-"
    ? readInput
    : value.startsWith("@")
    ? Effect.flatMap(FileSystem.FileSystem, (files) => files.readFileString(value.slice(1))).pipe(
      Effect.mapError(({ reason }) => usage(`${flag}: ${value.slice(1)} cannot be read (${reason._tag})`))
    )
    : Effect.succeed(value)

/** The JSON of `--data`; `undefined` where it is not there. */
export const json = (data: Option.Option<string>) =>
  Option.isNone(data)
    ? Effect.succeed(undefined)
    : Effect.flatMap(textOf("--data", data.value), (text) => {
      const read = exactJson(text)
      return "problem" in read ? Effect.fail(usage(`--data ${read.problem}`)) : Effect.succeed(read.value)
    })

/** The object of `--data`; an empty one where it is not there. */
export const object = (
  data: Option.Option<string>
): Effect.Effect<{ readonly [name: string]: unknown }, Failure, FileSystem.FileSystem> =>
  Effect.flatMap(json(data), (value) =>
    value === undefined
      ? Effect.succeed({})
      : Effect.mapError(Schema.decodeUnknownEffect(JsonObject)(value), () => usage("--data is no object")))

/** What `--query name=value` says, or another flag that is made as it is. */
export const entries = (flag: string, given: ReadonlyArray<string>) =>
  Effect.forEach(given, (text) => {
    const at = text.indexOf("=")
    return at < 1
      ? Effect.fail(usage(`${flag} ${JSON.stringify(text)}: expected name=value`))
      : Effect.succeed([text.slice(0, at), text.slice(at + 1)] as const)
  })

/** The fields of `--metadata key=text`; of one that is there twice the last. */
export const pairs = (flag: string, given: ReadonlyArray<string>) =>
  Effect.map(entries(flag, given), (entries) => Object.fromEntries(entries))

/** A payload: that of `--data`, and what flags say over it. What no flag says is left out. */
export const merged = (
  data: { readonly [name: string]: unknown },
  fields: { readonly [name: string]: unknown }
): { readonly [name: string]: unknown } => {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries([
    ...Object.entries(data),
    ...said.map(([name, value]) => {
      const under = Object.hasOwn(data, name) ? data[name] : undefined
      return [name, isObject(under) && isObject(value) ? merged(under, value) : value]
    })
  ])
}

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** An object of what is said, or nothing where nothing is. */
export const group = (
  fields: { readonly [name: string]: unknown }
): { readonly [name: string]: unknown } | undefined =>
  Object.values(fields).some((value) => value !== undefined)
    ? Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
    : undefined

/** A text that is empty clears the field. */
export const orClear = (value: Option.Option<string>): string | null | undefined =>
  Option.isNone(value) ? undefined : value.value === "" ? null : value.value
