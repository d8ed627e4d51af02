/**
 * `node test/suite.ts CONFIG [FILTER...]`: the tests of a configuration of Vitest, or those that have a filter in their path.
 *
 * Vitest itself would start its setup, or every test, where it does not know what it is told.
 */
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { createVitest } from "vitest/node"

const [config = "", ...filters] = Arguments.read("test", ["CONFIG", "FILTER..."])

const vitest = await createVitest("test", { config, run: true, watch: false })

for (const filter of filters) {
  const found = await vitest.globTestSpecifications([filter])
  if (found.length === 0) Arguments.refuse("test", `no file of tests has ${JSON.stringify(filter)} in its path`)
}

await vitest.start(filters)
await vitest.exit()
