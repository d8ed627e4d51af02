import { assert, describe, it } from "@effect/vitest"
import { expectedOutput, inMarkdown, inSource } from "./examples.ts"

const text = (...lines: ReadonlyArray<string>) => lines.join("\n")

describe("inMarkdown", () => {
  it("finds every block with its language and the line of its first line of code", () => {
    const blocks = inMarkdown(
      text("# Title", "", "```ts", "one()", "", "two()", "```", "```sh", "ls", "```", "```", "```")
    )
    assert.deepStrictEqual(blocks, [
      { language: "ts", line: 4, code: "one()\n\ntwo()", closed: true },
      { language: "sh", line: 9, code: "ls", closed: true },
      { language: "", line: 12, code: "", closed: true }
    ])
  })

  it("reads CRLF as it reads LF", () => {
    assert.deepStrictEqual(inMarkdown("```ts\r\none()\r\n```\r\n"), inMarkdown("```ts\none()\n```\n"))
  })

  it("takes a fence inside a longer or another fence for text", () => {
    assert.deepStrictEqual(
      inMarkdown(text("````text", "```ts", "one()", "```", "````", "~~~ts", "```", "two()", "~~~")),
      [
        { language: "text", line: 2, code: "```ts\none()\n```", closed: true },
        { language: "ts", line: 7, code: "```\ntwo()", closed: true }
      ]
    )
  })

  it("is not closed by a fence that is shorter or has a language", () => {
    assert.deepStrictEqual(inMarkdown(text("````ts", "```", "```ts", "````")).map(({ code }) => code), ["```\n```ts"])
  })

  it("leaves out what stands before a fence in a list or a quotation, and nothing more", () => {
    assert.deepStrictEqual(
      inMarkdown(
        text("1. item", "   ```ts", "   if (a) {", "     b()", "", "   }", "   ```", "> ```ts", "> c()", ">", "> ```")
      )
        .map(({ code }) => code),
      ["if (a) {\n  b()\n\n}", "c()\n"]
    )
  })

  it("takes the first word for the language", () => {
    assert.deepStrictEqual(inMarkdown(text("```ts twoslash", "```", "``` ts", "```")).map(({ language }) => language), [
      "ts",
      "ts"
    ])
  })

  it("does not take inline code for a fence", () => {
    assert.deepStrictEqual(inMarkdown(text("```ts``` is inline", "`` ` ``")), [])
  })

  it("tells a block that is never closed", () => {
    assert.deepStrictEqual(inMarkdown(text("```ts", "one()")), [
      { language: "ts", line: 2, code: "one()", closed: false }
    ])
  })
})

describe("inSource", () => {
  it("finds every block of every comment, without the margin of the comment", () => {
    const source = text(
      "/**",
      " * Module.",
      " *",
      " * ```ts",
      " * if (a) {",
      " *   b()",
      " *",
      " * }",
      " * ```",
      " *",
      " * ```ts",
      " * c()",
      " * ```",
      " */",
      "export class A {",
      "  /**",
      "   * ```ts",
      "   * const d = 1",
      "   * ```",
      "   */",
      "  readonly e = 1",
      "}"
    )
    assert.deepStrictEqual(inSource(source), [
      { language: "ts", line: 5, code: "if (a) {\n  b()\n\n}", closed: true },
      { language: "ts", line: 12, code: "c()", closed: true },
      { language: "ts", line: 18, code: "const d = 1", closed: true }
    ])
    assert.deepStrictEqual(inSource(source.replaceAll("\n", "\r\n")), inSource(source))
  })

  it("looks into no other comments, strings or templates", () => {
    assert.deepStrictEqual(
      inSource(text(
        "/* ```ts",
        "one()",
        "``` */",
        "// ```ts",
        "// two()",
        "// ```",
        "const glob = \"packages/**/*.ts\"",
        "const template = `",
        "```ts",
        "three()",
        "```",
        "`",
        "/** One line. */",
        "/**",
        " * ```ts",
        " * four()",
        " * ```",
        " */"
      )),
      [{ language: "ts", line: 16, code: "four()", closed: true }]
    )
  })

  it("does not run past the end of a comment", () => {
    const [block, ...others] = inSource(
      text("/**", " * ```ts", " * one()", " */", "two()", "/**", " * Another.", " */")
    )
    assert.deepInclude(block, { line: 3, closed: false })
    assert.notInclude(block?.code, "two")
    assert.lengthOf(others, 0)
  })
})

describe("expectedOutput", () => {
  it("is what the comments below each console.log say, at any depth and however many lines", () => {
    assert.deepStrictEqual(
      expectedOutput(text(
        "console.log(1)",
        "// 1",
        "Effect.gen(function*() {",
        "  yield* Console.log({ a: 2 })",
        "  // {",
        "  //   a: 2",
        "  // }",
        "})",
        "console.log(\"\") // an empty line",
        "//",
        "promise.then(console.log)",
        "// 3"
      )),
      ["1", "{", "  a: 2", "}", "", "3"]
    )
  })

  it("is found below a statement of several lines", () => {
    assert.deepStrictEqual(
      expectedOutput(
        text(
          "console.log(",
          "  f({",
          "    a: 1",
          "  }),",
          "",
          "  2",
          ")",
          "// 1 2",
          "console.log([",
          "  3",
          "])",
          "// 3"
        )
      ),
      ["1 2", "3"]
    )
  })

  it("is none of the other comments", () => {
    assert.deepStrictEqual(
      expectedOutput(text(
        "// before",
        "const print = () => {",
        "  console.log(1)",
        "  // 1",
        "}",
        "// between",
        "print()",
        "// after",
        "// console.log(2)",
        "// not printed",
        "console.log(3)",
        "",
        "// after an empty line"
      )),
      ["1"]
    )
  })
})
