/** The input of a job, and its pace, as flags say them. */
import type { Rate } from "@sunco/bulk"
import * as Input from "@sunco/bulk/Input"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Failure } from "./Failure.ts"

/** What the flags say of a file. */
export interface FileFlags {
  readonly file: string
  readonly input: Option.Option<"ndjson" | "csv" | "ids">
  readonly column: ReadonlyArray<string>
  readonly delimiter: Option.Option<string>
  readonly nullText: Option.Option<string>
  readonly staged: boolean
}

const usage = (message: string) => new Failure({ kind: "usage", message, hint: "nothing was sent" })

const formats = { ndjson: "ndjson", jsonl: "ndjson", csv: "csv", txt: "ids" } as const

const isExtension = (text: string): text is keyof typeof formats => Object.hasOwn(formats, text)

/** `Name=field`, `Name=field:number` for cells that are no text, or `Name=` for a column that is left out. */
const columnOf = (flag: string): Effect.Effect<readonly [name: string, column: Input.Column], Failure> => {
  const at = flag.lastIndexOf("=")
  if (at < 1) return Effect.fail(usage(`--column ${JSON.stringify(flag)}: expected name=field`))
  const name = flag.slice(0, at)
  const said = flag.slice(at + 1)
  if (said === "") return Effect.succeed([name, null])
  const [, field = said, as] = /^(.*):(text|number|boolean)$/.exec(said) ?? []
  return Effect.succeed([name, as === "text" || as === "number" || as === "boolean" ? { field, as } : field])
}

/** What a job reads. */
export const inputOf = (
  { column, delimiter, file, input, nullText, staged }: FileFlags
): Effect.Effect<Input.Input, Failure> =>
  Effect.gen(function*() {
    const extension = /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? ""
    const format = Option.getOrElse(input, () => isExtension(extension) ? formats[extension] : undefined)
    if (format === undefined) {
      return yield* usage(`${file}: it is not .ndjson, .csv or .txt, so that --input has to say what it is`)
    }
    if (format === "csv") {
      const columns = Object.fromEntries(yield* Effect.forEach(column, columnOf))
      return Input.csvFile(file, {
        columns,
        delimiter: Option.getOrUndefined(delimiter),
        nullText: Option.getOrUndefined(nullText),
        staged
      })
    }
    if (column.length > 0 || Option.isSome(delimiter) || Option.isSome(nullText)) {
      return yield* usage("--column, --delimiter and --null-text are for CSV")
    }
    return format === "ndjson" ? Input.ndjsonFile(file, { staged }) : Input.ids(file, { staged })
  })

/** Such as `600/minute`, as the flag has checked it. */
export const rateOf = (flag: Option.Option<string>): Rate | undefined => {
  if (Option.isNone(flag)) return undefined
  const [limit, unit] = flag.value.split("/")
  return {
    limit: Number(limit),
    window: unit === "second" ? "1 second" : unit === "minute" ? "1 minute" : "1 hour"
  }
}
