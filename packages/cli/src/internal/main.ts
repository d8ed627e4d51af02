/** Runs a command line as the program that this process is. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Cause from "effect/Cause"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliError from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Prompt from "effect/cli/Prompt"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import { exitCodes, Failure } from "../Failure.ts"
import * as HelpText from "../HelpText.ts"
import * as Output from "../Output.ts"
import { sunco } from "../tree/sunco.ts"
import { usageProblem } from "../Usage.ts"
import { Version } from "../Version.ts"
import { hangUpTerminates } from "./signals.ts"
import * as streams from "./streams.ts"

const helpText = HelpText.make({ colors: streams.colors.out })

/**
 * Help is data, and a presenter cannot fail: that it cannot be written arrives as a defect. What is wrong with a command line is no
 * data: `failed` says it in a line.
 */
const presenter: CliOutput.Presenter = {
  present: (event) =>
    event._tag === "Help"
      ? Effect.orDie(streams.writeOut(`${helpText(event.helpDoc)}\n`))
      : event._tag === "Version"
      ? Effect.orDie(streams.writeOut(`${event.version}\n`))
      : Effect.void
}

/** Says why, and gives the exit code. */
const failed = (cause: Cause.Cause<unknown>, given: ReadonlyArray<string>): Effect.Effect<number> => {
  if (Cause.hasInterruptsOnly(cause)) return Effect.succeed(130)
  const error = Cause.squash(cause)
  if (CliError.isCliError(error) && error._tag === "ShowHelp" && error.errors.length === 0) return Effect.succeed(0)
  const failure = CliError.isCliError(error)
    ? usageProblem(error)
    : error instanceof Failure
    ? error
    : new Failure({
      kind: "defect",
      message: `a mistake of sunco itself: ${Cause.pretty(cause)}`,
      hint: "please report it"
    })
  const exitCode = exitCodes[failure.kind]
  return Effect.as(Output.failure(failure, { exitCode, isJson: asksForJson(given) }), exitCode)
}

/** Also where nothing else of the command line could be read. */
const asksForJson = (given: ReadonlyArray<string>): boolean => {
  const end = given.indexOf("--")
  return given.slice(0, end === -1 ? undefined : end).some((text) => text === "--json" || text === "--json=true")
}

/** What commands ask of Node, loaded when one is run: it would be a fifth of the time that help takes. */
const nodeServices = Layer.unwrap(
  Effect.map(Effect.promise(() => import("@effect/platform-node/NodeServices")), ({ layer }) => layer)
)

export const main = (given: ReadonlyArray<string>, version: string): void => {
  streams.tellWriters()
  hangUpTerminates()
  const run = Command.runWith(Command.provide(sunco, nodeServices), { version })(given)
  // Parsing asks for services where a flag or an argument is a file that is read, and the tree has none of these.
  const parsed = run as Effect.Effect<void, Effect.Error<typeof run>>
  parsed.pipe(
    Effect.as(0),
    Effect.catchCause((cause) => failed(cause, given)),
    Effect.provide([
      CliOutput.layerPresenter(presenter),
      CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version] })
    ]),
    Effect.provideService(Version, version),
    Effect.provideService(Prompt.Theme, Prompt.makeTheme({ colors: streams.colors.out })),
    NodeRuntime.runMain({
      disableErrorReporting: true,
      teardown: (exit, onExit) => onExit(Exit.isSuccess(exit) && typeof exit.value === "number" ? exit.value : 130)
    })
  )
}
