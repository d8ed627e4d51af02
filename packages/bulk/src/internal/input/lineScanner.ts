import { Blocks, isBlank, newline, notUtf8, Passing, type Scanned, type Scanner } from "./scanner.ts"
import { isUtf8 } from "node:buffer"

/** Finds the lines of a text. `maxRowBytes` is without the end of the line. */
export const lineScanner = (maxRowBytes: number, atBeginning: boolean): Scanner<string> => {
  const blocks = new Blocks(atBeginning)
  const passing = new Passing(maxRowBytes)

  const lineOf = (bytes: Buffer, hasEnd: boolean): Scanned<string> => {
    const length = hasEnd ? bytes.length - 1 : bytes.length
    if (length > maxRowBytes) return passing.next(bytes, true)
    if (isBlank(bytes)) return { bytes, lines: hasEnd ? 1 : 0 }
    return isUtf8(bytes)
      ? { bytes, lines: 1, content: bytes.toString("utf8", 0, length), problem: undefined }
      : { bytes, lines: 1, problem: notUtf8 }
  }

  return {
    scan: (block, isLast) => {
      const joined = blocks.join(block, isLast)
      if (joined === undefined) return []
      const { bytes, mark } = joined
      const found: Array<Scanned<string>> = mark === undefined ? [] : [mark]
      let start = 0
      if (passing.isUnderWay && (bytes.length > 0 || isLast)) {
        const piece = passing.next(bytes, isLast)
        found.push(piece)
        start = piece.bytes.length
      }
      for (let end = bytes.indexOf(newline, start) + 1; end > 0; end = bytes.indexOf(newline, start) + 1) {
        found.push(lineOf(bytes.subarray(start, end), true))
        start = end
      }
      const rest = bytes.subarray(start)
      if (rest.length > maxRowBytes) found.push(passing.next(rest, isLast))
      else if (isLast && rest.length > 0) found.push(lineOf(rest, false))
      else blocks.keep(rest)
      return found
    }
  }
}
