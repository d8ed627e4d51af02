/**
 * What the programs of this repository make of their command line. Whatever one does not know, and a value that is missing or out
 * of range, costs one line on the standard error and the exit code 2, before anything is done.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliError from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import type * as HelpDoc from "effect/cli/HelpDoc"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"

/** Makes the exit code 2; what is wrong was printed before. */
class NotUnderstood extends Schema.TaggedError<NotUnderstood>()("NotUnderstood", {}) {
  override readonly [Runtime.errorReported] = false
  override readonly [Runtime.errorExitCode] = 2
}

const choices = ({ args = [], flags, globalFlags = [] }: HelpDoc.HelpDoc): string =>
  [
    ...args.map(({ name, variadic }) => variadic ? `${name}...` : name),
    ...[...flags, ...globalFlags].map(({ name, type }) => type === "boolean" ? `--${name}` : `--${name} <${type}>`)
  ].join(", ")

const presenter: CliOutput.Presenter = {
  present: (event) => {
    if (event._tag !== "InvalidInvocation") return CliOutput.defaultPresenter.present(event)
    const problems = event.errors.map(({ message }) => message).join("; ").replaceAll(
      "Expected: Schema validation failed: ",
      ""
    )
    return Console.error(
      `${event.commandPath.join(" ")}: ${problems}; it takes ${choices(event.helpDoc)}`.replaceAll(/\s*\n\s*/g, " ")
    )
  }
}

/** Some of these, one at least, with commas between them. */
export const listOf = <A extends string>(all: ReadonlyArray<A>) =>
  Schema.String.pipe(
    Schema.decodeTo(Schema.Array(Schema.String), {
      decode: SchemaGetter.split(),
      encode: SchemaGetter.transform((some) => some.join())
    }),
    Schema.decodeTo(Schema.NonEmptyArray(Schema.Literals(all)))
  )

/** Runs a command as the program that this process is. */
export const run = <const Name extends string, Input, ContextInput, E>(
  command: Command.Command<Name, Input, ContextInput, E, NodeServices.NodeServices>
): void =>
  Command.run(command, { version: "private" }).pipe(
    Effect.catchIf(
      (error) => CliError.isCliError(error) && error._tag === "ShowHelp" && error.errors.length > 0,
      () => Effect.fail(new NotUnderstood())
    ),
    Effect.provide([
      CliOutput.layerPresenter(presenter),
      CliConfig.layer({ builtIns: [GlobalFlag.Help] }),
      NodeServices.layer
    ]),
    NodeRuntime.runMain
  )
