/** Imports what its arguments name, and prints what of Pact that loads. */
import { registerHooks } from "node:module"

const loaded = new Set<string>()

registerHooks({
  load(url, context, nextLoad) {
    const name = /@pact-foundation\/[\w-]+/.exec(url)
    if (name !== null) loaded.add(name[0])
    return nextLoad(url, context)
  }
})

for (const module of process.argv.slice(2)) await import(module)
process.stdout.write(JSON.stringify([...loaded]))
