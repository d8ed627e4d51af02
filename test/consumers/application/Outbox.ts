import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

export class Outbox extends Context.Service<Outbox, {
  readonly post: (text: string) => Effect.Effect<void>
}>()("application/Outbox") {
  static readonly layer = Layer.succeed(Outbox, { post: (text) => Effect.sync(() => console.log(text)) })
}
