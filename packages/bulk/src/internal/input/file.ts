import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type FileHandle, open, stat } from "node:fs/promises"
import { InputError } from "../../InputError.ts"

const blockBytes = 64 * 1024

/** Node's own words repeat the path, which is there already. */
const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "it cannot be read"

const attempt = <A>(path: string, read: () => Promise<A>): Effect.Effect<A, InputError> =>
  Effect.tryPromise({
    try: read,
    catch: (error) =>
      new InputError({ kind: "Unreadable", path, problem: `the file cannot be read (${codeOf(error)})` })
  })

/** A pipe has no size, cannot be read twice, and is not even opened before somebody writes into it. */
const checked = (path: string): Effect.Effect<void, InputError> =>
  Effect.flatMap(attempt(path, () => stat(path)), (found) =>
    found.isFile()
      ? Effect.void
      : Effect.fail(
        new InputError({
          kind: "Unreadable",
          path,
          problem: `it is ${found.isDirectory() ? "a directory" : "no file"}`
        })
      ))

const opened = (path: string) =>
  Effect.andThen(
    checked(path),
    Effect.acquireRelease(attempt(path, () => open(path, "r")), (file) => Effect.promise(() => file.close()))
  )

/** A new buffer for each block: what was found in one may be kept. */
const readBlock = async (file: FileHandle, position: number, most: number): Promise<Buffer> => {
  const buffer = Buffer.allocUnsafeSlow(Math.min(most, blockBytes))
  const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
  return buffer.subarray(0, bytesRead)
}

/** The bytes of a file from `start` to `end`, or as far as it goes. */
export const blocksOf = (path: string, start = 0, end = Infinity): Stream.Stream<Buffer, InputError> =>
  Stream.unwrap(Effect.map(opened(path), (file) =>
    Stream.unfold(start, (position) =>
      position >= end
        ? Effect.succeed(undefined)
        : Effect.map(
          attempt(path, () => readBlock(file, position, end - position)),
          (block) => block.length === 0 ? undefined : [block, position + block.length] as const
        ))))

interface Version {
  readonly size: number
  readonly modified: number
}

const versionOf = (path: string): Effect.Effect<Version, InputError> =>
  Effect.scoped(
    Effect.flatMap(opened(path), (file) =>
      Effect.map(
        attempt(path, () => file.stat()),
        ({ mtimeMs, size }) => ({ size, modified: mtimeMs })
      ))
  )

/** The whole file, which must not be written to meanwhile. */
export const wholeFile = (path: string): Stream.Stream<Buffer, InputError> =>
  Stream.unwrap(Effect.map(versionOf(path), (before) =>
    Stream.concat(
      // No further than it went: one that grows would have no end.
      blocksOf(path, 0, before.size),
      Stream.unwrap(Effect.flatMap(versionOf(path), (after) =>
        before.size === after.size && before.modified === after.modified
          ? Effect.succeed(Stream.empty)
          : Effect.fail(new InputError({ kind: "Changed", path, problem: "the file was changed while it was read" }))))
    )))
