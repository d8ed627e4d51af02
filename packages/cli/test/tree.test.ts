import { assert, describe, it } from "@effect/vitest"
import type * as Command from "effect/cli/Command"
import * as Completions from "effect/cli/Completions"
import { sunco } from "../src/tree/sunco.ts"

interface Named {
  readonly path: string
  readonly command: Completions.CommandDescriptor
}

const all = (command: Completions.CommandDescriptor, path: string): ReadonlyArray<Named> => [
  { path, command },
  ...command.subcommands.flatMap((inner) => all(inner, `${path} ${inner.name}`))
]

const commands = all(Completions.fromCommand(sunco), "sunco")

const examples = (
  command: Command.Command.Any,
  path: string
): ReadonlyArray<readonly [string, ReadonlyArray<string>]> => [
  [path, command.examples.map(({ command }) => command)],
  ...command.subcommands.flatMap(({ commands }) =>
    commands.flatMap((inner) => examples(inner, `${path} ${inner.name}`))
  )
]

describe("the tree of commands", () => {
  it("says in one short line what each command, flag and argument is", () => {
    const described = commands.flatMap(({ command, path }) => [
      [path, command.description],
      ...[...command.flags, ...command.arguments].map(({ description, name }) => [`${path} ${name}`, description])
    ])
    assert.deepStrictEqual(described.filter(([, text]) => text === undefined || text === "" || text.length > 76), [])
  })

  it("has an example of each command, which fits on a line", () => {
    const bad = examples(sunco, "sunco").filter(([path, texts]) =>
      texts.length === 0 || texts.some((text) => !text.includes(path) || text.length > 78)
    )
    assert.deepStrictEqual(bad, [])
  })

  it("has no flag or argument that is a file to read, for which parsing would need what is loaded later", () => {
    const readers = commands.flatMap(({ command, path }) =>
      [...command.flags, ...command.arguments].filter(({ type }) => type._tag === "Path").map(({ name }) =>
        `${path} ${name}`
      )
    )
    assert.deepStrictEqual(readers, [])
  })

  it("has no flag that takes a secret: it would be in the history of the shell, and in the list of processes", () => {
    const takers = commands.flatMap(({ command, path }) =>
      [...command.flags, ...command.arguments]
        .filter(({ name, type }) =>
          /secret|token|password|credential/i.test(name) && type._tag !== "Boolean" && !/-(file|command)$/.test(name)
        )
        .map(({ name }) => `${path} ${name}`)
    )
    assert.deepStrictEqual(takers, [])
  })
})
