/**
 * Stoplight's Prism, an OpenAPI mock server: on a free port of 127.0.0.1, with one document, gone with its scope. It tells what in a
 * request is not as the document has it, and answers with what the document has for a status.
 */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as ChildProcess from "effect/process/ChildProcess"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { createRequire } from "node:module"
import { neededOf } from "sunco-workshop/release/environment"

export class NotStarted extends Schema.TaggedError<NotStarted>()("NotStarted", {
  output: Schema.Array(Schema.String)
}) {
  override get message(): string {
    return ["Prism ended:", ...this.output.slice(-20)].join("\n  ")
  }
}

/** The URL of a server that has the document of this file. */
export const start = Effect.fnUntraced(function*(document: string) {
  const program = createRequire(new URL("prism/", import.meta.url)).resolve("@stoplight/prism-cli/dist/index.js")
  const server = yield* ChildProcess.make(
    process.execPath,
    [program, "mock", "--host", "127.0.0.1", "--port", "0", "--cors", "false", document],
    // Only at this level it says where it listens.
    { env: { ...neededOf(process.env), SCARF_ANALYTICS: "false" }, killSignal: "SIGKILL" }
  )
  const listening = yield* Deferred.make<string, NotStarted>()
  const output: Array<string> = []
  // To the end, because a pipe that is full would stop the server.
  yield* Stream.splitLines(Stream.decodeText(server.all)).pipe(
    Stream.runForEach((line) => {
      const url = /listening on (http:\S+)/.exec(line)?.[1]
      if (url !== undefined) return Deferred.succeed(listening, url)
      return Effect.sync(() => void output.push(line))
    }),
    Effect.andThen(Effect.suspend(() => Deferred.fail(listening, new NotStarted({ output })))),
    Effect.forkScoped
  )
  return yield* Deferred.await(listening)
})
