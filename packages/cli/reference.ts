/** `node reference.ts`: writes `REFERENCE.md`, the help of every command, from the tree of commands. A test says when it is old. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import type { FlagDoc } from "effect/cli/HelpDoc"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import * as HelpPages from "./src/HelpPages.ts"
import { topics } from "./src/Topics.ts"

/** Where it is. */
export const file = join(import.meta.dirname, "REFERENCE.md")

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;")

const flagRow = ({ aliases, description, name, type }: FlagDoc): string => {
  const names = [`--${name}`, ...aliases].join(", ")
  const value = type === "boolean" ? "" : ` ${type}`
  return `| \`${names}${value}\` | ${cell(Option.getOrElse(description, () => ""))} |`
}

const table = (rows: ReadonlyArray<string>): ReadonlyArray<string> =>
  rows.length === 0 ? [] : ["| | |", "| --- | --- |", ...rows, ""]

const sectionOf = ({ doc, path }: HelpPages.HelpPage): string => {
  const argumentRows = (doc.args ?? []).map(({ description, name, required, variadic }) =>
    `| \`${name.toUpperCase()}${variadic ? "..." : ""}\` | ${cell(Option.getOrElse(description, () => ""))}${
      required ? "" : "; may be left out"
    } |`
  )
  const isRoot = path.length === 1
  const examples = (doc.examples ?? []).flatMap(({ command, description }) => [
    ...(description === undefined ? [] : [`# ${description}`]),
    command
  ])
  return [
    `${"#".repeat(Math.min(path.length + 1, 4))} ${path.join(" ")}`,
    "",
    `${doc.description}.`,
    "",
    ...(doc.subcommands === undefined ? ["```text", doc.usage, "```", ""] : []),
    ...table([...argumentRows, ...(isRoot ? doc.globalFlags ?? [] : doc.flags).map(flagRow)]),
    ...(examples.length === 0 || doc.subcommands !== undefined ? [] : ["```sh", ...examples, "```", ""])
  ].join("\n")
}

const topicOf = ([name, text]: readonly [string, string]): string =>
  [`## help ${name}`, "", "```text", text.trimEnd(), "```", ""].join("\n")

/** All of it. */
export const reference = Effect.map(HelpPages.all, (pages) =>
  [
    "# The commands of sunco",
    "",
    "Made of the tree of commands by `node packages/cli/reference.ts`; `sunco help` and `--help` say the same.",
    "",
    ...pages.map(sectionOf),
    ...Object.entries(topics).map(topicOf)
  ].join("\n"))

if (import.meta.main) {
  Arguments.read("reference.ts")
  writeFileSync(file, await Effect.runPromise(Effect.provide(reference, NodeServices.layer)))
}
