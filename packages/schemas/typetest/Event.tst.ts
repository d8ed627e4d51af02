import type { Event, EventOf, EventType } from "@sunco/schemas/Event"
import type { EventPayloads } from "@sunco/schemas/EventPayloads"
import type { User } from "@sunco/schemas/User"
import { describe, expect, it } from "tstyche"

declare const event: Event

describe("an event", () => {
  it("narrows by its type", () => {
    if (event.type === "user:remove") {
      expect(event).type.toBe<EventOf<"user:remove">>()
      expect(event.payload.user).type.toBe<User>()
    }
  })

  it("of a mistyped type does not compile", () => {
    // @ts-expect-error This comparison appears to be unintentional
    void (event.type === "user:delete")
  })

  it("has no field that is mistyped", () => {
    // @ts-expect-error Property 'usr' does not exist
    if (event.type === "user:remove") void event.payload.usr
  })

  it("may be of a type of tomorrow, so that a switch has a default", () => {
    if (event.type !== "user:remove") expect(event.payload).type.not.toBe<never>()
    expect<EventType>().type.toBe<keyof EventPayloads>()
  })
})
