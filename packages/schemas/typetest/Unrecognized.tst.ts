import type { OpenText, Unrecognized } from "@sunco/schemas/Unrecognized"
import { describe, expect, test } from "tstyche"

interface Text {
  readonly type: "text"
  readonly text: string
}
interface Image {
  readonly type: "image"
  readonly mediaUrl: string
}
declare const content: Text | Image | Unrecognized

describe("a union that grows", () => {
  test("narrows, to what is not recognized at last", () => {
    switch (content.type) {
      case "text":
        return expect(content).type.toBe<Text>()
      case "image":
        return expect(content).type.toBe<Image>()
      default:
        return expect(content).type.toBe<Unrecognized>()
    }
  })

  test("narrows by a comparison too", () => {
    if (content.type !== "text" && content.type !== "image") expect(content).type.toBe<Unrecognized>()
    if (content.type === "text") expect(content).type.toBe<Text>()
  })

  test("takes no mistyped type, in a comparison or in a value", () => {
    // @ts-expect-error This comparison appears to be unintentional
    void (content.type === "txt")
    expect<{ type: "poll" }>().type.not.toBeAssignableTo<typeof content>()
    expect<{ type: string }>().type.not.toBeAssignableTo<typeof content>()
  })

  test("has a type that is text", () => {
    expect<(typeof content)["type"]>().type.toBeAssignableTo<string>()
    expect(content.type.length).type.toBe<number>()
  })
})

test("text that grows narrows in the same way", () => {
  expect<"compact">().type.toBeAssignableTo<OpenText<"compact" | "large">>()
  expect<"huge">().type.not.toBeAssignableTo<OpenText<"compact" | "large">>()
  expect<OpenText<"compact" | "large">>().type.toBeAssignableTo<string>()
})
