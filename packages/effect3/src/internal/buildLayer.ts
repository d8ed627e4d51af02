import * as Context4 from "effect-4/Context"
import * as Layer4 from "effect-4/Layer"
import * as Scope4 from "effect-4/Scope"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { exitToEffect4 } from "./cause.ts"
import type { FromClient } from "./fromClient.ts"
import { runEffect4 } from "./runEffect4.ts"

/**
 * A service of a layer of the client; what the layer opened is closed with the application's scope.
 *
 * @internal
 */
export const buildLayer = <I, S, E>(
  service: Context4.Key<I, S>,
  layer: Layer4.Layer<I, E>
): Effect.Effect<S, FromClient<E>, Scope.Scope> =>
  Effect.acquireRelease(
    runEffect4(Scope4.make()),
    (scope, exit) => runEffect4(Scope4.close(scope, exitToEffect4(exit)))
  ).pipe(
    Effect.flatMap((scope) => runEffect4(Layer4.buildWithScope(layer, scope))),
    Effect.map(Context4.get(service))
  )
