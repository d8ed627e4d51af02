/** What is wrong with a command line, in one line. */
import type * as CliError from "effect/cli/CliError"
import { Failure } from "./Failure.ts"

const suggesting = (suggestions: ReadonlyArray<string>): string =>
  suggestions.length === 0 ? "" : `: did you mean ${suggestions.join(" or ")}?`

const said = (error: CliError.CliError): string => {
  switch (error._tag) {
    case "UnrecognizedOption":
      return `there is no flag ${error.option}${suggesting(error.suggestions)}`
    case "UnknownSubcommand":
      return `there is no command ${JSON.stringify(error.subcommand)}${suggesting(error.suggestions)}`
    case "MissingOption":
      return `--${error.option} is missing`
    case "MissingArgument":
      return `${error.argument.toUpperCase()} is missing`
    case "UnexpectedArgument":
      return `${error.arguments.map((argument) => JSON.stringify(argument)).join(" ")}: more arguments than it takes`
    case "InvalidValue": {
      const name = error.kind === "argument" ? error.option.toUpperCase() : `--${error.option}`
      return `${name}${error.value === "" ? " without a value" : ` ${JSON.stringify(error.value)}`}: ${
        expectationOf(error.expected)
      }`
    }
    case "ShowHelp":
      return error.errors.map(said).join("; ")
    default:
      return oneLine(error.message)
  }
}

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, " ")

/** What the parsers and the schemas of flags say, in the form of everything else. */
const expectationOf = (text: string): string => {
  const expected = oneLine(text).replace(/^Schema validation failed: /, "").replace(/^Expected:? ?/, "")
    .replace(/^(number|a string representing a finite number)$/, "a number").replace(/^such as /, "a value $&")
    .replaceAll(" | ", " or ")
  return `expected ${expected}`
}

/** A command line that cannot be run, as a failure. */
export const usageProblem = (error: CliError.CliError): Failure =>
  new Failure({
    kind: "usage",
    message: said(error),
    hint: `\`${error._tag === "ShowHelp" ? error.commandPath.join(" ") : "sunco"} --help\` says more`
  })
