/** The three streams of the process, and what there is to know of them. */
import * as Effect from "effect/Effect"
import { Failure } from "../Failure.ts"

const { env, stderr, stdin, stdout } = process

type Output = NodeJS.WriteStream

/** Ends when the text has gone: a process that ends before would cut what is in a pipe. */
const written = (stream: Output, text: string): Effect.Effect<void, string> =>
  Effect.callback<void, string>((resume) => {
    stream.write(text, (error) => resume(error == null ? Effect.void : Effect.fail(codeOf(error))))
  })

const codeOf = (error: Error): string => "code" in error ? String(error.code) : error.name

let goesOn = false
let isLeft = false

/** Of a command whose exit code says what became of it: it ends when it is done, and not when nobody reads what it prints. */
export const goOnWithoutReader: Effect.Effect<void> = Effect.sync(() => {
  goesOn = true
})

/**
 * Writes to the standard output: data, and nothing else. Whoever reads it may leave first, as `head` does: that is no failure, and
 * ends the process.
 */
export const writeOut = (text: string): Effect.Effect<void, Failure> =>
  isLeft ? Effect.void : Effect.catch(written(stdout, text), (code) => {
    // Windows has another name for it.
    if (code !== "EPIPE" && code !== "EOF") {
      return Effect.fail(new Failure({ kind: "failed", message: `the output cannot be written (${code})` }))
    }
    isLeft = true
    return goesOn ? Effect.void : Effect.sync(() => process.exit(0))
  })

/** Writes to the standard error; where that is gone, there is nobody to tell. */
export const writeError = (text: string): Effect.Effect<void> => Effect.ignore(written(stderr, text))

/** What cannot be written is told to who has written it, and not to the process as well, which it would end. */
export const tellWriters = (): void => {
  for (const stream of [stdout, stderr]) stream.on("error", () => {})
}

/** Everything that stands on the standard input, as text. */
export const readInput: Effect.Effect<string, Failure> = Effect.tryPromise({
  try: async () => {
    const chunks: Array<Uint8Array> = []
    for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks))
  },
  catch: (error) =>
    new Failure({
      kind: "usage",
      message: error instanceof TypeError
        ? "the standard input is not UTF-8"
        : `the standard input cannot be read (${error instanceof Error ? codeOf(error) : "unknown"})`
    })
})

const isSet = (name: string): boolean => (env[name] ?? "") !== ""

/** `NO_COLOR` over `FORCE_COLOR` over whether it is a terminal, and none on one that is dumb. */
const colored = (stream: Output): boolean => {
  if (env["TERM"] === "dumb" || isSet("NO_COLOR")) return false
  return stream.isTTY || (isSet("FORCE_COLOR") && !/^(0|false)$/i.test(env["FORCE_COLOR"] ?? ""))
}

/** Of the standard output. */
export const isTerminal = stdout.isTTY

/** Whether a line of the standard error can be drawn again. */
export const canRedraw = stderr.isTTY && env["TERM"] !== "dumb"

export const colors = { out: colored(stdout), error: colored(stderr) }

/** How many characters a line of the terminal has; one that does not know says 0. */
export const columns = (): number => stdout.columns || 80

/** The same of what the standard error goes to. */
export const errorColumns = (): number => stderr.columns || 80

/** Whether somebody can be asked something, and see what is asked. */
export const canAsk = stdin.isTTY && stdout.isTTY && env["TERM"] !== "dumb"

/** Whether what stands on the standard input is typed, and seen while it is. */
export const isTyped = stdin.isTTY

/** The environment as it is now. */
export const environment = (): NodeJS.ProcessEnv => ({ ...process.env })

/** Whether files have modes here. */
export const hasModes = process.platform !== "win32"

export const nodeVersion = process.versions.node
