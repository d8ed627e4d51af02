/** Any rows, in any order, in chunks of any size: each that is valid is read once, and each other is refused once. */
import { assert, describe, it } from "@effect/vitest"
import type { CreateUser } from "@sunco/schemas/UserPayloads"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { csvScanner } from "../../src/internal/input/csvScanner.ts"
import type { Format } from "../../src/internal/input/description.ts"
import { lineScanner } from "../../src/internal/input/lineScanner.ts"
import type { Scanned, Scanner } from "../../src/internal/input/scanner.ts"
import { csv, fileOf, ndjson, type Outcome, planAndRead, sourceOfBlocks, sourceOfFile, users } from "./PlannedInput.ts"

const maxRowBytes = 200

/** Letters of one to four bytes, and whatever a format has a meaning for. */
const letters = [
  "a",
  "0",
  "é",
  "€",
  "😀",
  "\u2028",
  "\ufeff",
  " ",
  "\t",
  "\"",
  "'",
  ",",
  ";",
  "\\",
  "{",
  "\n",
  "\r\n",
  "\r"
] as const

const Text = Schema.Array(Schema.Literals(letters)).check(Schema.isMaxLength(8))

/** What a line may be. */
const Piece = Schema.Union([
  Schema.TaggedStruct("User", { id: Text, givenName: Text, seats: Schema.Int, isWide: Schema.Boolean }),
  Schema.TaggedStruct("Blank", { index: Schema.Literals([0, 1, 2]) }),
  Schema.TaggedStruct("Wrong", { index: Schema.Literals([0, 1, 2, 3, 4, 5, 6, 7]) })
])

/** Of blocks; the smallest cut a letter, a mark and the end of a line in two. */
const Sizes = Schema.Array(
  Schema.Union([Schema.Literals([1, 2, 3]), Schema.Int.check(Schema.isBetween({ minimum: 4, maximum: 90 }))])
).check(Schema.isMaxLength(4))

const Layout = Schema.Struct({
  pieces: Schema.Array(Piece).check(Schema.isMaxLength(12)),
  lineEnd: Schema.Literals(["\n", "\r\n"]),
  hasMark: Schema.Boolean,
  hasHeader: Schema.Boolean,
  endsInLineEnd: Schema.Boolean,
  chunkRows: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 14 })),
  blocks: Sizes
})

type Layout = typeof Layout.Type
type Piece = typeof Piece.Type

/** What a piece is in a file, and what must become of it. */
interface Written {
  readonly bytes: Buffer
  readonly is: "nothing" | "refused" | CreateUser
}

const written = (text: string, is: Written["is"]): Written => ({ bytes: Buffer.from(text), is })

const userOf = ({ givenName, id, seats }: Extract<Piece, { _tag: "User" }>): CreateUser => ({
  externalId: id.join(""),
  ...givenName.length === 0 ? {} : { profile: { givenName: givenName.join("") } },
  // No zero below zero.
  metadata: { seats: seats + 0 }
})

const inNdjson = (piece: Piece): Written => {
  switch (piece._tag) {
    case "User": {
      const user = userOf(piece)
      const json = JSON.stringify(user)
      return written(piece.isWide ? ` ${json}\t` : json, user.externalId === "" ? "refused" : user)
    }
    case "Blank":
      return written(["", " ", "\t  "][piece.index]!, "nothing")
    case "Wrong":
      return {
        bytes: [
          Buffer.from("{\"externalId\":\"x\""),
          Buffer.from("[]"),
          Buffer.from("{}"),
          Buffer.from("{\"externalId\":5}"),
          Buffer.from("{\"externalId\":\"a\",\"externalid\":\"b\"}"),
          Buffer.from("{\"externalId\":\"a\",\"metadata\":{\"phone\":491701234567890123}}"),
          Buffer.from(`{"externalId":"${"x".repeat(maxRowBytes)}"}`),
          Buffer.from("{\"externalId\":\"\xff\"}", "latin1")
        ][piece.index]!,
        is: "refused"
      }
  }
}

const quoted = (cell: string) => `"${cell.replaceAll("\"", "\"\"")}"`

const inCsv = (piece: Piece): Written => {
  switch (piece._tag) {
    case "User": {
      const user = userOf(piece)
      const cells = [piece.id.join(""), piece.givenName.join(""), String(piece.seats + 0)].map((cell) =>
        // Without quotes, one at the very beginning would be the mark of the file.
        piece.isWide || /[",\r\n\ufeff]/u.test(cell) ? quoted(cell) : cell
      )
      return written(cells.join(","), user.externalId === "" ? "refused" : user)
    }
    case "Blank":
      return written(["", " , ,", "\"\n\",,"][piece.index]!, "nothing")
    case "Wrong":
      return {
        bytes: [
          Buffer.from("\"a\"b,c,1"),
          Buffer.from("a\"b,c,1"),
          Buffer.from("a,b"),
          Buffer.from("a,b,1,d"),
          Buffer.from("a,b,x"),
          Buffer.from(",b,491701234567890123"),
          Buffer.from(`${"x".repeat(maxRowBytes)},,1`),
          Buffer.from("\xff,,1", "latin1")
        ][piece.index]!,
        is: "refused"
      }
  }
}

const newlines = (bytes: Buffer) => bytes.toString("latin1").split("\n").length - 1

/** The file, and the lines that must come of it. */
const fileOfPieces = (
  { endsInLineEnd, hasHeader, hasMark, lineEnd, pieces }: Layout,
  header: string | undefined,
  write: (piece: Piece) => Written
) => {
  const parts: Array<Buffer> = [hasMark ? "\ufeff" : "", hasHeader && header !== undefined ? `${header}${lineEnd}` : ""]
    .map((text) => Buffer.from(text))
  const rows: Array<{ line: number; value: CreateUser }> = []
  const refused: Array<number> = []
  let line = hasHeader && header !== undefined ? 2 : 1
  for (const [index, piece] of pieces.entries()) {
    const { bytes, is } = write(piece)
    parts.push(bytes)
    if (index < pieces.length - 1 || endsInLineEnd) parts.push(Buffer.from(lineEnd))
    if (is === "refused") refused.push(line)
    else if (is !== "nothing") rows.push({ line, value: is })
    line += newlines(bytes) + 1
  }
  return { bytes: Buffer.concat(parts), rows, refused }
}

type Expected = ReturnType<typeof fileOfPieces>

const isAsExpected = ({ chunks, refusals, rows }: Outcome<CreateUser>, expected: Expected, chunkRows: number) => {
  assert.deepStrictEqual(rows, expected.rows)
  assert.deepStrictEqual(refusals.map(({ line }) => line), expected.refused)
  assert.deepStrictEqual(
    chunks.flatMap(({ keys }) => keys),
    rows.map(({ line, value }) => ({ line, key: JSON.stringify([null, value.externalId]) }))
  )
  const sizes = chunks.map(({ reference }) => reference.rows)
  const all = rows.length + refusals.length
  assert.deepStrictEqual(
    sizes,
    Array.from({ length: Math.ceil(all / chunkRows) }, (_, index) => Math.min(chunkRows, all - index * chunkRows))
  )
  for (const [index, { reference }] of chunks.entries()) {
    assert.strictEqual(reference.no, index)
    if (index > 0) assert.strictEqual(reference.start, chunks[index - 1]!.reference.end)
  }
}

const formats: ReadonlyArray<
  readonly [
    string,
    (piece: Piece) => Written,
    (layout: Layout) => {
      readonly format: Format
      readonly header: string | undefined
    }
  ]
> = [
  ["NDJSON", inNdjson, () => ({ format: ndjson, header: undefined })],
  ["CSV", inCsv, ({ hasHeader }) => {
    const seats = { field: "metadata.seats", as: "number" } as const
    return {
      format: hasHeader ? csv({ Seats: seats }) : csv(["externalId", "profile.givenName", seats]),
      header: hasHeader ? "externalId,profile.givenName,Seats" : undefined
    }
  }]
]

describe.each(formats)("%s", (_, write, formatOf) => {
  it.effect.prop(
    "is read row by row, whatever is in it, in blocks and chunks of any size",
    [Layout],
    ([layout]) =>
      Effect.gen(function*() {
        const { format, header } = formatOf(layout)
        const expected = fileOfPieces(layout, header, write)
        const source = sourceOfBlocks(expected.bytes, layout.blocks, format, maxRowBytes)
        isAsExpected(yield* planAndRead(source, users, layout.chunkRows), expected, layout.chunkRows)
      })
  )

  it.effect.prop("is read from a file, each chunk from its place", [Layout], ([layout]) =>
    Effect.gen(function*() {
      const { format, header } = formatOf(layout)
      const expected = fileOfPieces(layout, header, write)
      const source = sourceOfFile(yield* fileOf(expected.bytes), format, maxRowBytes)
      isAsExpected(yield* planAndRead(source, users, layout.chunkRows), expected, layout.chunkRows)
    }).pipe(Effect.scoped))
})

/** What a scanner finds in blocks that are cut at these sizes. */
const scanned = (
  scanner: Scanner<unknown>,
  bytes: Buffer,
  sizes: ReadonlyArray<number>
): ReadonlyArray<Scanned<unknown>> => {
  const found: Array<Scanned<unknown>> = []
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const end = start + Math.max(1, sizes[turn % sizes.length] ?? bytes.length)
    found.push(...scanner.scan(Buffer.from(bytes.subarray(start, end)), false))
    start = end
  }
  return [...found, ...scanner.scan(Buffer.alloc(0), true)]
}

/** Lines with their numbers and the bytes of them, but for those that are too long, which come in pieces. */
const linesOf = (found: ReadonlyArray<Scanned<unknown>>) => {
  let line = 1
  return found.flatMap(({ bytes, content, lines, problem }) => {
    const at = line
    line += lines
    if (content === undefined && problem === undefined) return []
    return [{ line: at, content, problem, bytes: problem?.includes("longer") ? "" : bytes.toString("latin1") }]
  })
}

const Bytes = Schema.Array(Schema.Literals([...letters, "\xff", "a long text, ", "\"\"", ",,", "\n\n"])).check(
  Schema.isMaxLength(40)
)
const Part = Schema.Struct({
  from: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 5 })),
  length: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 5 }))
})

describe.each([
  ["lines", (atBeginning = true) => lineScanner(30, atBeginning)],
  ["records of CSV", (atBeginning = true) => csvScanner(30, ",", atBeginning)]
])("%s", (_, make) => {
  it.prop("are the same whatever the blocks are, and nothing is left out", [Bytes, Sizes], ([text, sizes]) => {
    const bytes = Buffer.concat(text.map((part) => Buffer.from(part, part === "\xff" ? "latin1" : "utf8")))
    const whole = scanned(make(), bytes, [])
    const cut = scanned(make(), bytes, sizes)
    assert.deepStrictEqual(Buffer.concat(whole.map(({ bytes }) => bytes)), bytes)
    assert.deepStrictEqual(Buffer.concat(cut.map(({ bytes }) => bytes)), bytes)
    assert.deepStrictEqual(linesOf(cut), linesOf(whole))
    const lines = whole.reduce((sum, { lines }) => sum + lines, 0)
    assert.isAtMost(Math.abs(lines - newlines(bytes)), 1)
  })

  it.prop("are found again in any part that ends where a line does", [Bytes, Part], ([text, { from, length }]) => {
    const bytes = Buffer.concat(text.map((part) => Buffer.from(part, part === "\xff" ? "latin1" : "utf8")))
    const whole = scanned(make(), bytes, [])
    const part = whole.slice(from, from + length)
    const again = scanned(make(from === 0), Buffer.concat(part.map(({ bytes }) => bytes)), [])
    const rows = (found: ReadonlyArray<Scanned<unknown>>) => found.flatMap(({ content }) => content ?? [])
    assert.deepStrictEqual(rows(again), rows(part))
  })
})

describe("a quote that is never closed", () => {
  it("is known for one before more is read than a row may have", () => {
    const scanner = csvScanner(30, ",", true)
    const found = Array.from(
      { length: 10 },
      (_, index) => scanner.scan(Buffer.from(index === 0 ? "a,\"\n" : "b,b,b\n"), false)
    )
    assert.deepStrictEqual(found.map(({ length }) => length), [0, 0, 0, 0, 0, 6, 1, 1, 1, 1])
  })
})
