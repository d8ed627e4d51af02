/**
 * Starts an emulator, and prints whether Swagger is loaded then, and whether it is when somebody has asked for its page.
 */
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import { registerHooks } from "node:module"

let isLoaded = false
registerHooks({
  load: (url, context, nextLoad) => {
    if (/swagger/iu.test(url)) isLoaded = true
    return nextLoad(url, context)
  }
})

const program = Effect.gen(function*() {
  const { url } = yield* Emulator
  const atStart = isLoaded
  const answer = yield* Effect.promise(() => fetch(`${url}/docs`))
  console.log(JSON.stringify({ status: answer.status, atStart, afterwards: isLoaded }))
})

await Effect.runPromise(program.pipe(Effect.provide(Emulator.layer())))
