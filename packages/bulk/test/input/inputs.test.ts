import * as Input from "@sunco/bulk/Input"
import { assert, describe, it } from "@effect/vitest"
import { BrandId, ExternalId } from "@sunco/schemas/Ids"
import type { CreateUser } from "@sunco/schemas/UserPayloads"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { appendFile, rm, utimes, writeFile } from "node:fs/promises"
import { inflateRawSync } from "node:zlib"
import type { RowKind } from "../../src/internal/ChunkSource.ts"
import type { Format } from "../../src/internal/input/description.ts"
import { fromDescription, sourceOf } from "../../src/internal/input/sourceOf.ts"
import { csv, fileOf, ndjson, planAndRead, sourceOfBlocks, sourceOfFile, users } from "./PlannedInput.ts"

/** Those of a list, to be found by their ids. */
const Addressed = Schema.Struct({ id: ExternalId, brandId: Schema.optionalKey(BrandId) })
const addressed: RowKind<typeof Addressed.Type> = { schema: Addressed, key: ({ id }) => id }

/** What is refused of a text, without the lines. */
const refused = (text: string | Uint8Array, format: Format = ndjson, kind: RowKind<CreateUser> = users) =>
  Effect.map(
    planAndRead(sourceOfBlocks(Buffer.from(text), [], format), kind, 10),
    ({ refusals }) => refusals.map(({ field, message, reason }) => [reason, field, message])
  )

const values = (text: string, format: Format = ndjson, kind: RowKind<CreateUser> = users) =>
  Effect.map(
    planAndRead(sourceOfBlocks(Buffer.from(text), [], format), kind, 10),
    ({ refusals, rows }) => {
      assert.deepStrictEqual(refusals, [])
      return rows.map(({ value }) => value)
    }
  )

describe("a line that is wrong", () => {
  it.effect.each<[string, ReadonlyArray<[string, string | undefined, string]>]>([
    ["nonsense\n", [["Invalid", undefined, "the line is not JSON"]]],
    ["{\"externalId\":\"a", [["Invalid", undefined, "the line is not JSON; the last line is cut off"]]],
    ["[]\n", [["Invalid", undefined, "Expected an object"]]],
    ["{\"externalId\":7}\n", [["Invalid", "externalId", "Expected text"]]],
    ["{\"externalId\":\"a\",\"external_id\":\"b\"}\n", [["Invalid", "*", "there is no such field; externalId is one"]]],
    ["{\"externalId\":\"a\",\"email\":\"b\"}\n", [["Invalid", "*", "there is no such field; profile.email is one"]]],
    ["{\"externalId\":\"a\",\"ada@example.com\":1}\n", [["Invalid", "*", "there is no such field"]]],
    ["{\"externalId\":\"a\",\"profile\":{\"givenname\":\"b\"}}\n", [[
      "Invalid",
      "profile.*",
      "there is no such field; profile.givenName is one"
    ]]],
    ["{\"externalId\":\"a\",\"metadata\":{\"ada@example.com\":{}}}\n", [[
      "Invalid",
      "metadata.*",
      "Expected text or a number or true or false"
    ]]],
    ["{\"externalId\":\"a\",\"metadata\":{\"phone\":491701234567890123}}\n", [[
      "Invalid",
      undefined,
      "Expected a number that keeps all of its digits, or text"
    ]]],
    ["{\"profile\":{\"email\":\"nobody\",\"locale\":\"\"}}\n", [[
      "Invalid",
      "profile.email",
      "Expected an e-mail address; profile.locale: Expected 1 to 64 characters"
    ]]],
    ["{\"profile\":{\"givenName\":\"Ada\"}}\n", [[
      "NoKey",
      undefined,
      "there is nothing that tells this row from others, such as an externalId"
    ]]]
  ])("is refused for what is wrong, without what it says: %s", ([text, expected]) =>
    Effect.gen(function*() {
      assert.deepStrictEqual<unknown>(yield* refused(text), expected)
    }))

  it.effect("is refused that has more bytes than were asked for, not letters", () =>
    Effect.gen(function*() {
      const row = (letters: number) => `{"externalId":"${"€".repeat(letters)}"}\n`
      const source = sourceOfBlocks(Buffer.from(row(12) + row(11)), [], ndjson, 50)
      const { refusals, rows } = yield* planAndRead(source, users, 10)
      assert.deepStrictEqual(refusals.map(({ line, message }) => [line, message]), [[
        1,
        "the line is longer than 50 bytes"
      ]])
      assert.deepStrictEqual(rows.map(({ line }) => line), [2])
    }))

  it.effect("is refused where it is cut within a letter", () =>
    Effect.gen(function*() {
      const text = Buffer.from("{\"externalId\":\"a\"}\n{\"externalId\":\"é").subarray(0, -1)
      assert.deepStrictEqual(yield* refused(text), [[
        "Invalid",
        undefined,
        "the line is not UTF-8; the last line is cut off"
      ]])
    }))

  it.effect("may have more metadata than the vendor takes", () =>
    Effect.gen(function*() {
      const row = (letters: number) => ({ externalId: "a", metadata: { note: "é".repeat(letters) } })
      // {"note":""} are 11 bytes.
      const { refusals, rows } = yield* planAndRead(
        sourceOf(Input.stream(Stream.make(row(2042), row(2043)))),
        users,
        10
      )
      assert.deepStrictEqual(rows.map(({ line }) => line), [1])
      assert.deepStrictEqual(refusals, [{
        line: 2,
        reason: "Invalid",
        field: "metadata",
        message: "Expected at most 4096 bytes of JSON"
      }])
    }))
})

describe("a key", () => {
  const from = (field: string, hash = false): RowKind<CreateUser> => ({ ...users, keyFrom: { field, hash } })

  it.effect("comes from another field where there is none", () =>
    Effect.gen(function*() {
      const text =
        "{\"profile\":{\"email\":\"ada@example.com\"}}\n{\"externalId\":\"b\",\"profile\":{\"email\":\"b@example.com\"}}\n"
      assert.deepStrictEqual(yield* values(text, ndjson, from("profile.email")), [
        { externalId: "ada@example.com", profile: { email: "ada@example.com" } },
        { externalId: "b", profile: { email: "b@example.com" } }
      ])
      assert.deepStrictEqual(
        (yield* values(text, ndjson, from("profile.email", true))).map(({ externalId }) => externalId),
        // printf ada@example.com | sha256sum
        ["b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72", "b"]
      )
    }))

  it.effect("comes from a number of the metadata", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* values("{\"metadata\":{\"crm\":17}}\n", ndjson, from("metadata.crm")), [
        { externalId: "17", metadata: { crm: 17 } }
      ])
    }))

  it.effect("is refused where that field has nothing", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(
        yield* refused("{\"profile\":{\"email\":null}}\n", ndjson, from("profile.email")),
        [["NoKey", "profile.email", "there is no externalId, and nothing in the field that is to give one"]]
      )
    }))

  it.effect("cannot come from a field that no row has", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(refused("{}\n", ndjson, from("email")))
      assert.deepInclude(error, { kind: "Malformed", problem: "no key can come from email: no row has such a field" })
    }))
})

describe("a file of CSV", () => {
  it.effect("has the types that its columns say", () =>
    Effect.gen(function*() {
      const format: Format = {
        ...csv({
          Id: "externalId",
          Since: "signedUpAt",
          Seats: { field: "metadata.seats", as: "number" },
          Vip: { field: "metadata.vip", as: "boolean" },
          Notes: null
        }),
        delimiter: ";",
        nullText: "NULL"
      }
      const text = "\ufeffId;toBeRetained;profile.surname;Seats;Vip;metadata.zip;Notes\r\n" +
        "7;TRUE;NULL;-1.5e3;false;007;\"secret; \"\"things\"\"\"\r\n" +
        "8;;;;;;\r\n"
      assert.deepStrictEqual(yield* values(text, format), [
        {
          externalId: "7",
          toBeRetained: true,
          profile: { surname: null },
          metadata: { seats: -1500, vip: false, zip: "007" }
        },
        { externalId: "8" }
      ])
    }))

  it.effect.each<[string, string, string]>([
    ["externalId,toBeRetained", "a,maybe", "toBeRetained: Expected true or false"],
    ["externalId,Seats", "a,twelve", "metadata.seats: Expected a number"],
    [
      "externalId,Seats",
      "a,12345678901234567890",
      "metadata.seats: Expected a number that keeps all of its digits, or text"
    ],
    ["externalId,Seats", "a,12,", "undefined: there are 3 columns and not 2"],
    ["externalId,Seats", "a", "undefined: there are 1 columns and not 2"],
    ["externalId,profile.email", "a,nobody", "profile.email: Expected an e-mail address"]
  ])("refuses under %s: %s", ([header, record, expected]) =>
    Effect.gen(function*() {
      const format = csv({ Seats: { field: "metadata.seats", as: "number" } })
      const refusals = yield* refused(`${header}\n${record}\n`, format)
      assert.deepStrictEqual(refusals.map(([, field, message]) => `${field}: ${message}`), [expected])
    }))

  it.effect("loses no more than a line to a quote that is not closed", () =>
    Effect.gen(function*() {
      const text = "externalId,profile.givenName\na,\"Ada\nb,Bob\nc,\"C\nC\"\nd,\"Dora\n"
      const { refusals, rows } = yield* planAndRead(sourceOfBlocks(Buffer.from(text), [7], csv()), users, 2)
      assert.deepStrictEqual(refusals.map(({ line }) => line), [2, 6])
      assert.deepStrictEqual(rows.map(({ line, value }) => [line, value.externalId, value.profile?.givenName]), [
        [3, "b", "Bob"],
        [4, "c", "C\nC"]
      ])
    }))

  it.effect.each<[string, string]>([
    ["", "the header is missing"],
    ["\n\n", "the header is missing"],
    ["externalId,ada@example.com\n", "column 2 is no field of a row"],
    ["externalId,E-Mail\n", "column 2 is no field of a row; profile.email is one"],
    ["externalId,metadata.\n", "column 2 is no field of a row"],
    ["externalId,metadata.__proto__\n", "column 2 is no field of a row"],
    ["externalId,externalId\n", "column 2 is the field of another column"],
    ["externalId;profile.email\n", "column 1 is no field of a row; is the delimiter \";\"?"],
    [
      "\"externalId\n",
      "the header cannot be read: a quote is within a field that is not quoted, or is not closed within 4096 bytes"
    ],
    ["externalId,Retained\n", "column 2 cannot be read as number: the field is boolean"]
  ])("is none with the header %j", ([text, problem]) =>
    Effect.gen(function*() {
      const format = csv({ Retained: { field: "toBeRetained", as: "number" } })
      const error = yield* Effect.flip(refused(text, format))
      assert.deepStrictEqual([error.kind, error.problem], ["Malformed", problem])
    }))

  it.effect("is none in UTF-16", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(refused(Buffer.from("\ufeffexternalId\na\n", "utf16le"), csv()))
      assert.deepStrictEqual([error.kind, error.problem], ["Malformed", "the file is UTF-16; save it as UTF-8"])
    }))

  it.effect.each(["", ";;", "\"", "\n"])("has no such delimiter: %j", (delimiter) =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(refused("externalId\na\n", { ...csv(), delimiter }))
      assert.strictEqual(error.kind, "Malformed")
    }))
})

describe("a list of ids", () => {
  it.effect("has one on each line", () =>
    Effect.gen(function*() {
      const path = yield* fileOf("a\r\n\r\n  b  \n\"c, d\"\n\"e \"\"f\"\"\"\ng")
      const { refusals, rows } = yield* planAndRead(sourceOf(Input.ids(path)), addressed, 2)
      assert.deepStrictEqual(refusals, [])
      assert.deepStrictEqual(rows.map(({ line, value }) => [line, value.id]), [
        [1, "a"],
        [3, "b"],
        [4, "c, d"],
        [5, "e \"f\""],
        [6, "g"]
      ])
    }).pipe(Effect.scoped))

  it.effect("refuses what may be two", () =>
    Effect.gen(function*() {
      const path = yield* fileOf("a,b\nc\n")
      const { refusals, rows } = yield* planAndRead(sourceOf(Input.ids(path)), addressed, 2)
      assert.deepStrictEqual(refusals.map(({ line, message }) => [line, message]), [[
        1,
        "there are 2 columns and not 1"
      ]])
      assert.deepStrictEqual(rows.map(({ value }) => value.id), ["c"])
    }).pipe(Effect.scoped))
})

describe("a stream", () => {
  it.effect("is kept by the job, in chunks", () =>
    Effect.gen(function*() {
      const rows = Array.from({ length: 25 }, (_, index) => ({ externalId: `user ${index}` }))
      const source = sourceOf(Input.stream(Stream.fromIterable(rows)))
      const outcome = yield* planAndRead(source, users, 10)
      assert.deepStrictEqual(outcome.rows, rows.map((value, index) => ({ line: index + 1, value })))
      assert.deepStrictEqual(outcome.chunks.map(({ reference }) => reference.rows), [10, 10, 5])
      assert.strictEqual(yield* source.digest, undefined)
      // Another process reads them from what was kept.
      const elsewhere = yield* fromDescription(source.description)
      const { reference, text } = outcome.chunks[2]!
      assert.deepStrictEqual(yield* elsewhere.read(users, reference, text), outcome.rows.slice(20))
      const gone = yield* Effect.flip(elsewhere.read(users, reference))
      assert.strictEqual(gone.kind, "Unreadable")
      const notHere = yield* Effect.flip(Stream.runDrain(elsewhere.plan(users, { chunkRows: () => 10 })))
      assert.strictEqual(notHere.kind, "Unreadable")
    }))

  it.effect("refuses what JSON cannot say", () =>
    Effect.gen(function*() {
      const source = sourceOf(Input.stream(Stream.make(undefined, { externalId: 1n }, { externalId: "a" }, "text")))
      const { refusals, rows } = yield* planAndRead(source, users, 10)
      assert.deepStrictEqual(refusals.map(({ line }) => line), [1, 2, 4])
      assert.deepStrictEqual(rows, [{ line: 3, value: { externalId: "a" } }])
    }))

  it.effect("fails without what it failed with", () =>
    Effect.gen(function*() {
      const rows = Stream.concat(Stream.make({ externalId: "a" }), Stream.fail(new Error("ada@example.com")))
      const error = yield* Effect.flip(planAndRead(sourceOf(Input.stream(rows)), users, 10))
      assert.deepStrictEqual({ ...error }, {
        _tag: "InputError",
        kind: "Unreadable",
        problem: "the stream of rows failed"
      })
    }))
})

describe("a file", () => {
  const three = "{\"externalId\":\"a\"}\n{\"externalId\":\"b\"}\n{\"externalId\":\"c\"}\n"

  it.effect("that is changed is no chunk's any more, but where the chunk is the same", () =>
    Effect.gen(function*() {
      const path = yield* fileOf(three)
      const source = sourceOfFile(path, ndjson)
      const { chunks, rows } = yield* planAndRead(source, users, 2)
      const digest = yield* source.digest
      yield* Effect.promise(() => appendFile(path, "{\"externalId\":\"d\"}\n"))
      assert.deepStrictEqual(yield* source.read(users, chunks[0]!.reference), rows.slice(0, 2))
      assert.notStrictEqual(yield* source.digest, digest)
      yield* Effect.promise(() => writeFile(path, three.replace("b", "x")))
      assert.deepStrictEqual(yield* source.read(users, chunks[1]!.reference), rows.slice(2))
      const error = yield* Effect.flip(source.read(users, chunks[0]!.reference))
      assert.deepInclude(error, { kind: "Changed", path, line: 1 })
      yield* Effect.promise(() => writeFile(path, three.slice(0, -5)))
      assert.deepInclude(yield* Effect.flip(source.read(users, chunks[1]!.reference)), { kind: "Changed", line: 3 })
    }).pipe(Effect.scoped))

  it.effect("gives the rows that were planned without a look at each, where it is known which lines are none", () =>
    Effect.gen(function*() {
      const path = yield* fileOf("externalId,profile.email,metadata.plan\n,a@x,pro\n,,pro\n,\"b@x\",\n")
      const kind = { ...users, keyFrom: { field: "profile.email", hash: true } }
      const source = sourceOfFile(path, csv())
      const { chunks: [chunk], refusals, rows } = yield* planAndRead(source, kind, 10)
      const refused = new Set(refusals.map(({ line }) => line))
      assert.deepStrictEqual(refused, new Set([3]))
      const again = yield* source.read(kind, chunk!.reference, undefined, refused)
      assert.deepStrictEqual(again, rows)
      assert.deepStrictEqual(yield* source.read(kind, chunk!.reference, undefined, new Set([2, 3])), rows.slice(1))
    }).pipe(Effect.scoped))

  it.effect("whose header is changed has other rows", () =>
    Effect.gen(function*() {
      const text = "externalId,profile.givenName,profile.surname\na,Ada,Lovelace\nb,Grace,Hopper\n"
      const path = yield* fileOf(text)
      const source = sourceOfFile(path, csv())
      const { chunks } = yield* planAndRead(source, users, 1)
      yield* Effect.promise(() =>
        writeFile(path, text.replace("givenName,profile.surname", "surname,profile.givenName"))
      )
      for (const { reference } of chunks) {
        assert.deepInclude(yield* Effect.flip(source.read(users, reference)), { kind: "Changed" })
      }
    }).pipe(Effect.scoped))

  it.effect("that is not there is named, and why", () =>
    Effect.gen(function*() {
      const path = yield* fileOf(three)
      const source = sourceOfFile(path, ndjson)
      const { chunks } = yield* planAndRead(source, users, 2)
      yield* Effect.promise(() => rm(path))
      const expected = { kind: "Unreadable" as const, path, problem: "the file cannot be read (ENOENT)" }
      assert.deepInclude(yield* Effect.flip(source.read(users, chunks[0]!.reference)), expected)
      assert.deepInclude(yield* Effect.flip(Stream.runDrain(source.plan(users, { chunkRows: () => 2 }))), expected)
      assert.deepInclude(yield* Effect.flip(source.digest), expected)
    }).pipe(Effect.scoped))

  it.effect("that is written to while it is planned is not taken", () =>
    Effect.gen(function*() {
      const path = yield* fileOf(three)
      const plan = sourceOfFile(path, ndjson).plan(users, { chunkRows: () => 1 })
      // The time of a change may be the same within a tick of the file system's clock.
      const touch = Effect.promise(() => utimes(path, 1, 1))
      for (const change of [Effect.promise(() => appendFile(path, "{\"externalId\":\"d\"}\n")), touch]) {
        const error = yield* Effect.flip(Stream.runForEach(plan, () => change))
        assert.deepInclude(error, { kind: "Changed", path, problem: "the file was changed while it was read" })
      }
    }).pipe(Effect.scoped))

  it.effect("is read in another process by what the job keeps of it, which is no content", () =>
    Effect.gen(function*() {
      const path = yield* fileOf("Id;profile.givenName\nada;\"A;da\"\n")
      const source = sourceOf(Input.csvFile(path, { delimiter: ";", columns: { Id: "externalId" } }))
      const { chunks, rows } = yield* planAndRead(source, users, 10)
      assert.deepStrictEqual(rows, [{ line: 2, value: { externalId: "ada", profile: { givenName: "A;da" } } }])
      assert.notInclude(source.description, "ada")
      const elsewhere = yield* fromDescription(source.description)
      assert.deepStrictEqual(elsewhere.description, source.description)
      assert.deepStrictEqual(yield* elsewhere.read(users, chunks[0]!.reference), rows)
      assert.strictEqual(yield* elsewhere.digest, yield* source.digest)
    }).pipe(Effect.scoped))

  it.effect("may be kept by the job too, with its header, and without lines that are too long", () =>
    Effect.gen(function*() {
      const text = `externalId,profile.givenName\na,Ada\n${"x".repeat(500)},b\nc,Grace\n`
      const path = yield* fileOf(text)
      const source = sourceOf(Input.csvFile(path, { staged: true, maxRowBytes: 100 }))
      const { chunks, refusals, rows } = yield* planAndRead(source, users, 2)
      yield* Effect.promise(() => rm(path))
      assert.deepStrictEqual(refusals.map(({ line }) => line), [3])
      assert.deepStrictEqual(rows.map(({ line, value }) => [line, value.externalId]), [[2, "a"], [4, "c"]])
      for (const { text } of chunks) assert.notInclude(inflateRawSync(text!).toString(), "xxx")
      const elsewhere = yield* fromDescription(source.description)
      const again = yield* Effect.forEach(chunks, ({ reference, text }) => elsewhere.read(users, reference, text))
      assert.deepStrictEqual(again.flat(), rows)
      const broken = yield* Effect.flip(elsewhere.read(users, chunks[0]!.reference, Buffer.from("nonsense")))
      assert.strictEqual(broken.kind, "Changed")
      const other = yield* Effect.flip(elsewhere.read(users, chunks[0]!.reference, chunks[1]!.text))
      assert.strictEqual(other.kind, "Changed")
    }).pipe(Effect.scoped))

  it.effect("with a line of any length is read in little memory", () =>
    Effect.gen(function*() {
      const path = yield* fileOf(`{"externalId":"${"x".repeat(3_000_000)}"}\n{"externalId":"b"}\n`)
      const { chunks, refusals, rows } = yield* planAndRead(sourceOf(Input.ndjsonFile(path)), users, 10)
      assert.deepStrictEqual(refusals.map(({ line, message }) => [line, message]), [[
        1,
        "the line is longer than 262144 bytes"
      ]])
      assert.deepStrictEqual(rows, [{ line: 2, value: { externalId: "b" } }])
      assert.deepStrictEqual(chunks.map(({ reference }) => [reference.lines, reference.rows]), [[2, 2]])
    }).pipe(Effect.scoped))

  it.effect("has chunks of no more than a few megabytes, whatever was asked for", () =>
    Effect.gen(function*() {
      const row = JSON.stringify({ externalId: "a", profile: { avatarUrl: `https://example.com/${"x".repeat(2000)}` } })
      const path = yield* fileOf(`${row}\n`.repeat(5000))
      const { chunks } = yield* planAndRead(sourceOf(Input.ndjsonFile(path)), users, 1_000_000)
      assert.isAbove(chunks.length, 1)
      for (const { reference } of chunks) assert.isBelow(reference.end - reference.start, 5_000_000)
    }).pipe(Effect.scoped))

  it.effect("of another version's description is told", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(fromDescription("{\"version\":2}"))
      assert.strictEqual(error.kind, "Unreadable")
    }))
})
