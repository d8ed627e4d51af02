import * as TerminalCapabilities from "effect/cli/TerminalCapabilities"
import * as Console from "effect/Console"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stdio from "effect/Stdio"
import { stripVTControlCharacters } from "node:util"

/** Writes coloured lines to the standard output, without the colour where that is no terminal. */
export class Printer extends Context.Service<Printer, {
  readonly print: (...lines: ReadonlyArray<string>) => Effect.Effect<void>
}>()("sunco-workshop/demo/Printer") {
  static readonly layer: Layer.Layer<Printer, never, Stdio.Stdio> = Layer.effect(
    Printer,
    Effect.gen(function*() {
      const { canColor } = yield* TerminalCapabilities.TerminalCapabilities
      const { stdoutIsTerminal } = yield* Stdio.Stdio
      // FORCE_COLOR makes the former true and would put colour into a file.
      const colour = canColor && (yield* stdoutIsTerminal)
      return Printer.of({
        print: (...lines) => {
          const text = lines.join("\n")
          return Console.log(colour ? text : stripVTControlCharacters(text))
        }
      })
    })
  )
}
