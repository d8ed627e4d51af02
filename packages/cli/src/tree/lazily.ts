/** Loading what a command needs when it is run, and not for the help of another. */
import * as Effect from "effect/Effect"

/** A handler that stands in a module. */
export const lazily = <Module, Input, E, R>(
  load: () => Promise<Module>,
  pick: (module: Module) => (input: Input) => Effect.Effect<void, E, R>
) =>
(input: Input): Effect.Effect<void, E, R> => Effect.flatMap(Effect.promise(load), (module) => pick(module)(input))
