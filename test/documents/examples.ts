/**
 * Finds the fenced blocks of Markdown files and JSDoc comments, and what a TypeScript block says that it prints.
 */

export interface Block {
  /** The first word after the opening fence; "" when there is none. */
  readonly language: string
  /** The line of the document on which the code begins, counted from 1. */
  readonly line: number
  readonly code: string
  readonly closed: boolean
}

const lines = (text: string): Array<string> => text.split(/\r?\n/)

// A fence may stand in a list or a quotation; what stands before it is no part of the code.
const openingFence = /^(?<margin>[ \t>]*)(?<fence>`{3,}|~{3,})[ \t]*(?<language>[^\s`]*)[^`]*$/

/** The fenced blocks of a Markdown text of which the first line is `firstLine` of its document. */
export const inMarkdown = (text: string, firstLine = 1): ReadonlyArray<Block> => {
  const blocks: Array<Block> = []
  const all = lines(text)
  for (let index = 0; index < all.length; index++) {
    const { fence, language, margin } = openingFence.exec(all[index]!)?.groups ?? {}
    if (fence === undefined || language === undefined || margin === undefined) continue
    const begin = index + 1
    const closing = new RegExp(`^[ \\t>]*${fence[0]}{${fence.length},}[ \\t]*$`)
    do index++
    while (index < all.length && !closing.test(all[index]!))
    blocks.push({
      language,
      line: firstLine + begin,
      code: all.slice(begin, index).map((line) => withoutMargin(line, margin)).join("\n"),
      closed: index < all.length
    })
  }
  return blocks
}

const withoutMargin = (line: string, margin: string): string => {
  let width = 0
  while (width < margin.length && line[width] === margin[width]) width++
  return line.slice(width)
}

/** The fenced blocks of every JSDoc comment of a TypeScript source. */
export const inSource = (text: string): ReadonlyArray<Block> =>
  Array.from(text.matchAll(/^[ \t]*\/\*\*[^]*?\*\//gm)).flatMap((comment) =>
    inMarkdown(
      lines(comment[0].slice(0, -"*/".length)).map((line) => line.replace(/^[ \t]*\/?\*+ ?/, "")).join("\n"),
      lines(text.slice(0, comment.index)).length
    )
  )

/**
 * The lines that a program says it prints: the `//` comments directly below a `console.log(...)` statement, or one of
 * Effect's `Console.log`, wherever it stands.
 */
export const expectedOutput = (code: string): ReadonlyArray<string> => {
  const all = lines(code)
  const expected: Array<string> = []
  for (let index = 0; index < all.length; index++) {
    if (isComment(all[index]!) || !/\bconsole\.log\b/i.test(all[beginOfStatement(all, index)]!)) continue
    while (isComment(all[index + 1] ?? "")) expected.push(all[++index]!.replace(/^\s*\/\/ ?/, "").trimEnd())
  }
  return expected
}

const isComment = (line: string): boolean => /^\s*\/\//.test(line)

// Formatted code ends a statement of several lines with a bracket at the indentation of its first line.
const beginOfStatement = (all: ReadonlyArray<string>, end: number): number => {
  const closesAt = (line: string) => /^\s*(?=[)\]}])/.exec(line)?.[0].length
  const indentation = closesAt(all[end]!)
  if (indentation === undefined) return end
  const begin = all.slice(0, end).findLastIndex((line) =>
    line.trim() !== "" && line.search(/\S/) <= indentation && closesAt(line) === undefined
  )
  return Math.max(begin, 0)
}
