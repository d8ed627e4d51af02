import { assert, it } from "@effect/vitest"
import * as Contracts from "@sunco/contracts"
import { readdirSync } from "node:fs"
import { join } from "node:path"

/** It needs the emulator, which only who verifies with it installs. */
const besideIndex = "EmulatedProvider"

it("gives every module of the package from its index", () => {
  const modules = readdirSync(join(import.meta.dirname, "../src"))
    .flatMap((file) => /^([A-Z]\w+)\.ts$/.exec(file)?.[1] ?? [])
    .filter((name) => name !== besideIndex)
  assert.deepStrictEqual(Object.keys(Contracts).sort(), modules.sort())
})
