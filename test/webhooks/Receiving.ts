/** A server that is called by webhooks, over sockets, and what it counts. */
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { finalStatuses, outcomesOf, type Sender } from "./Sending.ts"

/** Answers a request, the first of which is 1. */
export type Listener = (request: IncomingMessage, response: ServerResponse, nth: number) => void

export interface Receiving {
  readonly port: number
  /** What was answered, request by request; `cut` where there was nobody any more. */
  readonly answers: ReadonlyArray<number | "cut">
}

/** A server that listens nowhere yet, and what it counts. */
export const counting = () => {
  const answers: Array<number | "cut"> = []
  const server = createServer()
  server.on("request", (_, response) => {
    response.once("close", () => answers.push(response.writableFinished ? response.statusCode : "cut"))
  })
  return { answers, server }
}

/** On any port of this machine, as long as its scope. */
export const on = (listener: Listener) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.callback<Receiving & { readonly close: () => Promise<unknown> }>((resume) => {
        const { answers, server } = counting()
        let requests = 0
        server.on("request", (request, response) => listener(request, response, ++requests))
        const close = () => {
          server.closeAllConnections()
          return new Promise((resolve) => server.close(resolve))
        }
        server.listen(0, "127.0.0.1", () => resume(Effect.succeed({ port: portOf(server), answers, close })))
      }),
      ({ close }) => Effect.promise(close)
    ),
    ({ answers, port }): Receiving => ({ answers, port })
  )

export const portOf = (server: Server): number => (server.address() as AddressInfo).port

/**
 * Holds against each other what the sender counts and what the receiver does: each event was handled once and brought to its end,
 * and nothing was answered that would have ended it before.
 */
export const accounted = (
  { deliveries, events }: Sender,
  { answers }: Receiving,
  handled: ReadonlyArray<string>
) =>
  Effect.gen(function*() {
    const all = yield* deliveries.all
    const outcomes = all.flatMap(outcomesOf)
    assert.deepStrictEqual(Array.from(new Set(all.map(({ state }) => state))), ["delivered"])
    assert.deepStrictEqual(outcomes.filter((outcome) => finalStatuses.includes(outcome as number)), [])
    // Some of what was answered may not have come to the sender.
    assert.strictEqual(outcomes.length, answers.length)
    for (const status of new Set(outcomes.filter((outcome) => typeof outcome === "number"))) {
      const times = (all: ReadonlyArray<unknown>) => all.filter((other) => other === status).length
      assert.isAtMost(times(outcomes), times(answers), String(status))
    }
    assert.deepStrictEqual(handled.toSorted(), (yield* events).map(({ id }) => id).toSorted())
  })
