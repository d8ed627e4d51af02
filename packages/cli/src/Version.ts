/** The version of this command, which its entry knows. */
import * as Context from "effect/Context"

export const Version: Context.Reference<string> = Context.Reference("@sunco/cli/Version", {
  defaultValue: () => "unknown"
})
