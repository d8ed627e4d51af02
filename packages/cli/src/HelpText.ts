/** The help of a command as text. */
import * as CliOutput from "effect/cli/CliOutput"
import type { HelpDoc } from "effect/cli/HelpDoc"

/** The name of an argument says what it is: that it is a string besides is of no use to anybody. */
export const make = (options: { readonly colors: boolean }) => {
  const { formatHelpDoc } = CliOutput.defaultFormatter({ ...options, globalFlags: "summary" })
  return ({ args = [], ...doc }: HelpDoc): string =>
    formatHelpDoc({ ...doc, args: args.map((argument) => ({ ...argument, type: "" })) })
}
