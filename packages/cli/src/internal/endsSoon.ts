/** How a server of this command ends. */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Server } from "node:http"

const graceMillis = 1000

const connections = (server: Server): Effect.Effect<number> =>
  Effect.callback((resume) => {
    server.getConnections((_, count) => resume(Effect.succeed(count ?? 0)))
  })

/**
 * Requests that are under way when the scope closes may end within a second; whoever is slower is hung up on, and `over` is done, for
 * whom the handlers wait.
 */
export const endsSoon = (server: Server, over: Effect.Effect<unknown>): Effect.Effect<void, never, Scope.Scope> =>
  Effect.addFinalizer(() =>
    Effect.gen(function*() {
      server.closeIdleConnections()
      for (let waited = 0; waited < graceMillis && (yield* connections(server)) > 0; waited += 50) {
        yield* Effect.sleep(50)
        server.closeIdleConnections()
      }
      server.closeAllConnections()
      yield* over
    })
  )
