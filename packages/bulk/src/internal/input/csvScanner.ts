import { isUtf8 } from "node:buffer"
import { CsvError, parse } from "csv-parse/sync"
import { Blocks, isCutOff, newline, notUtf8, Passing, type Scanned, type Scanner } from "./scanner.ts"

/** A record is longer than `maxRowBytes`: thrown to end the parser, which has read on. */
const recordIsTooLong = Symbol()

const brokenQuotes = (maxRowBytes: number): string =>
  `a quote is within a field that is not quoted, or is not closed within ${maxRowBytes} bytes`

const linesIn = (bytes: Buffer): number => {
  let lines = 0
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, end + 1)) lines++
  return bytes.length > 0 && bytes[bytes.length - 1] !== newline ? lines + 1 : lines
}

/** Blank lines before a record belong to what csv-parse counts as its bytes. */
const blankLinesBefore = (bytes: Buffer): number => {
  let start = 0
  for (;;) {
    const end = bytes[start] === 0x0d ? start + 1 : start
    if (bytes[end] !== newline) return start
    start = end + 1
  }
}

/**
 * Finds the records of CSV. Where one cannot be told from what follows, the line that it begins on is refused, and the next line
 * begins another: one stray quote must not take the rest of the file with it.
 */
export const csvScanner = (
  maxRowBytes: number,
  delimiter: string,
  atBeginning: boolean
): Scanner<ReadonlyArray<string>> => {
  type Found = Scanned<ReadonlyArray<string>>
  const blocks = new Blocks(atBeginning)
  const passing = new Passing(maxRowBytes)

  const recordOf = (bytes: Buffer, cells: ReadonlyArray<string>): Found => {
    // A row of a spreadsheet below the last one that has anything.
    if (cells.every((cell) => cell.trim() === "")) return { bytes, lines: linesIn(bytes) }
    const content = isUtf8(bytes) ? cells : undefined
    return { bytes, lines: linesIn(bytes), content, problem: content === undefined ? notUtf8 : undefined }
  }

  /** What is found in whole lines, and whether what is left may be a record when more comes. */
  const parseLines = (bytes: Buffer, found: Array<Found>): { readonly end: number; readonly isOpen: boolean } => {
    let end = 0
    try {
      parse(bytes, {
        bom: false,
        delimiter,
        record_delimiter: ["\r\n", "\n"],
        relax_column_count: true,
        skip_empty_lines: true,
        on_record: (cells: ReadonlyArray<string>, info) => {
          const blank = blankLinesBefore(bytes.subarray(end, info.bytes))
          if (blank > 0) {
            const before = bytes.subarray(end, end + blank)
            found.push({ bytes: before, lines: linesIn(before) })
            end += blank
          }
          const record = bytes.subarray(end, info.bytes)
          if (record.length > maxRowBytes) throw recordIsTooLong
          found.push(recordOf(record, cells))
          end = info.bytes
          return null
        }
      })
      // Nothing but blank lines is left.
      if (end < bytes.length) found.push({ bytes: bytes.subarray(end), lines: linesIn(bytes.subarray(end)) })
      return { end: bytes.length, isOpen: false }
    } catch (error) {
      if (error !== recordIsTooLong && !(error instanceof CsvError)) throw error
      const blank = blankLinesBefore(bytes.subarray(end))
      if (blank > 0) {
        const before = bytes.subarray(end, end + blank)
        found.push({ bytes: before, lines: linesIn(before) })
      }
      return { end: end + blank, isOpen: error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED" }
    }
  }

  /** The one line at the beginning, which begins no record. */
  const refuse = (bytes: Buffer, found: Array<Found>): number => {
    const end = bytes.indexOf(newline) + 1 || bytes.length
    const line = bytes.subarray(0, end)
    const isEnded = line[line.length - 1] === newline
    found.push(
      line.length > maxRowBytes
        ? passing.next(line, true)
        : { bytes: line, lines: 1, problem: isEnded ? brokenQuotes(maxRowBytes) : isCutOff }
    )
    return end
  }

  return {
    scan: (block, isLast) => {
      const joined = blocks.join(block, isLast)
      if (joined === undefined) return []
      const found: Array<Found> = joined.mark === undefined ? [] : [joined.mark]
      let { bytes } = joined
      if (passing.isUnderWay && (bytes.length > 0 || isLast)) {
        const piece = passing.next(bytes, isLast)
        found.push(piece)
        bytes = bytes.subarray(piece.bytes.length)
      }
      for (;;) {
        // Whole lines only: at the end of others the parser would take a quote that is cut in two for a closing one.
        const whole = isLast ? bytes.length : bytes.lastIndexOf(newline) + 1
        if (whole === 0) break
        const { end, isOpen } = parseLines(bytes.subarray(0, whole), found)
        bytes = bytes.subarray(end)
        if (end === whole) break
        if (isOpen && !isLast && bytes.length <= maxRowBytes) break
        bytes = bytes.subarray(refuse(bytes.subarray(0, whole - end), found))
      }
      if (bytes.length > maxRowBytes && bytes.indexOf(newline) < 0) {
        found.push(passing.next(bytes, isLast))
        bytes = bytes.subarray(bytes.length)
      }
      blocks.keep(bytes)
      return found
    }
  }
}
