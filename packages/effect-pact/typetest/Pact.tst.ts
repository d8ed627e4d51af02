import * as Interaction from "effect-pact/Interaction"
import * as Matcher from "effect-pact/Matcher"
import {
  type InteractionConflict,
  type Message,
  MockServer,
  Pact,
  type PactMismatch,
  type PactNotWritten
} from "effect-pact/Pact"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { describe, expect, it } from "tstyche"

class Client extends Context.Service<Client, { readonly get: Effect.Effect<number, "offline"> }>()("Client") {}

declare const http: Interaction.HttpInteraction
declare const message: Interaction.MessageInteraction

describe("Pact.verify", () => {
  it("adds its errors to the effect's own, and provides the mock server", () => {
    const program = Effect.gen(function*() {
      yield* MockServer
      return yield* (yield* Client).get
    })
    expect(Pact.verify(http)(program)).type.toBe<
      Effect.Effect<number, "offline" | PactMismatch | InteractionConflict | PactNotWritten, Client | Pact>
    >()
  })

  it("takes at least one interaction, and no message", () => {
    expect(Pact.verify).type.not.toBeCallableWith()
    expect(Pact.verify).type.not.toBeCallableWith(message)
  })
})

describe("Pact.verifyMessage", () => {
  it("cannot mismatch: the message is Pact's own", () => {
    const handler = (message: Message) => Effect.as(Client, [message.contents] as const)
    expect(Pact.verifyMessage(message)(handler)).type.toBe<
      Effect.Effect<readonly [Message["contents"]], InteractionConflict | PactNotWritten, Client | Pact>
    >()
    expect(Pact.verifyMessage).type.not.toBeCallableWith(http)
  })
})

describe("patterns", () => {
  it("are JSON", () => {
    expect<Matcher.Pattern>().type.toBeAssignableFrom({ a: [1, null, { b: Matcher.integer(1) }] })
    expect<Matcher.Pattern>().type.not.toBeAssignableFrom({ a: undefined })
    expect<Matcher.Pattern>().type.not.toBeAssignableFrom({ a: new Date() })
  })

  it("are texts in paths, headers and queries", () => {
    const options = { description: "d", response: { status: 200 } }
    expect(Interaction.http).type.toBeCallableWith({
      ...options,
      request: {
        method: "GET" as const,
        path: Matcher.fromProviderState("/users/${id}", Matcher.regex(/^.+$/u, "/users/1"))
      }
    })
    expect(Interaction.http).type.not.toBeCallableWith({
      ...options,
      request: { method: "GET" as const, path: Matcher.integer(1) }
    })
    expect(Interaction.http).type.not.toBeCallableWith({
      ...options,
      request: { method: "GET" as const, path: "/", headers: { Age: Matcher.number(1) } }
    })
    expect(Interaction.http).type.not.toBeCallableWith({ ...options, request: { method: "FETCH" as const, path: "/" } })
  })
})
