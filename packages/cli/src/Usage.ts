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
    case "ShowHelp":
      return error.errors.map(said).join("; ")
    default:
      return error.message.replaceAll(/\s*\n\s*/g, " ").replaceAll("Expected: Schema validation failed: ", "")
  }
}

/** A command line that cannot be run, as a failure. */
export const usageProblem = (error: CliError.CliError): Failure =>
  new Failure({
    kind: "usage",
    message: said(error),
    hint: `\`${error._tag === "ShowHelp" ? error.commandPath.join(" ") : "sunco"} --help\` says more`
  })
