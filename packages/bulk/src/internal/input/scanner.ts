/** A piece of an input, in order and without gaps between one and the next. */
export type Scanned<Content> = Between | Line<Content>

/** What is no row: a blank line, a byte order mark, a piece of a line that is too long. */
export interface Between {
  readonly bytes: Buffer
  /** How many lines end in it. */
  readonly lines: number
  readonly content?: undefined
  readonly problem?: undefined
  /** Of a line that is too long: whoever keeps what was read need not keep it. */
  readonly isTooLong?: boolean
}

/** A line of text, or a record of CSV, with its end. */
export interface Line<Content> {
  readonly bytes: Buffer
  readonly lines: number
  /** Neither where the line cannot be read. */
  readonly content?: Content | undefined
  readonly problem: string | undefined
  readonly isTooLong?: boolean
}

/**
 * Finds lines in bytes that come in blocks of any size. What is found depends on the bytes alone and not on the blocks, so that a
 * chunk is read as it was planned.
 */
export interface Scanner<Content> {
  /** `isLast` says that nothing comes after the block: what is left is a line, even without an end. */
  readonly scan: (block: Buffer, isLast: boolean) => ReadonlyArray<Scanned<Content>>
}

export const notUtf8 = "the line is not UTF-8"

export const isCutOff = "the last line is cut off"

const isMark = (bytes: Buffer) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

/** Puts the blocks together with what was left of those before, and takes the byte order mark off the first. */
export class Blocks {
  #left: Buffer = Buffer.alloc(0)
  #mayBeMarked: boolean

  constructor(atBeginning: boolean) {
    this.#mayBeMarked = atBeginning
  }

  /** `undefined` where the mark may come yet. */
  join(block: Buffer, isLast: boolean): { readonly mark: Between | undefined; readonly bytes: Buffer } | undefined {
    const bytes = this.#left.length === 0 ? block : Buffer.concat([this.#left, block])
    this.#left = bytes.subarray(bytes.length)
    if (!this.#mayBeMarked) return { mark: undefined, bytes }
    if (bytes.length < 3 && !isLast) {
      this.#left = bytes
      return undefined
    }
    this.#mayBeMarked = false
    return isMark(bytes)
      ? { mark: { bytes: bytes.subarray(0, 3), lines: 0 }, bytes: bytes.subarray(3) }
      : { mark: undefined, bytes }
  }

  keep(bytes: Buffer): void {
    this.#left = bytes
  }
}

/** Passes over a line that is too long without keeping it. */
export class Passing {
  isUnderWay = false
  readonly #maxRowBytes: number

  constructor(maxRowBytes: number) {
    this.#maxRowBytes = maxRowBytes
  }

  /** A piece of the line, to its end where that is in `bytes`. */
  next(bytes: Buffer, isLast: boolean): Scanned<never> {
    const end = bytes.indexOf(newline) + 1
    this.isUnderWay = end === 0 && !isLast
    return end === 0 && !isLast
      ? { bytes, lines: 0, isTooLong: true }
      : {
        bytes: end === 0 ? bytes : bytes.subarray(0, end),
        lines: 1,
        problem: `the line is longer than ${this.#maxRowBytes} bytes`,
        isTooLong: true
      }
  }
}

export const newline = 0x0a

/** Whether there is nothing but white space, as JSON knows it. */
export const isBlank = (bytes: Buffer): boolean => {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false
  return true
}
