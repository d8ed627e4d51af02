/**
 * The file of an export, which several workers write: each chunk is a part, and the log says whose part of a chunk counts.
 */
import * as SecureRandom from "effect/crypto/SecureRandom"
import * as Effect from "effect/Effect"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdir, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { OutputError } from "../../BulkError.ts"
import type { ClaimedChunk } from "../store/log.ts"

const directoryOf = (to: string): string => `${to}.parts`

const partOf = (to: string, part: { readonly no: number; readonly round: number; readonly owner: string }): string =>
  join(directoryOf(to), `${part.no}.${part.round}.${part.owner}.ndjson`)

/** Users are in it: nobody but the owner reads it. */
const mode = 0o600

const written = (path: string, write: () => Promise<unknown>): Effect.Effect<void, OutputError> =>
  Effect.asVoid(Effect.tryPromise({
    try: write,
    catch: (error) => {
      const code = (error as { readonly code?: unknown } | null)?.code
      return new OutputError({ path, code: typeof code === "string" ? code : "unknown" })
    }
  }))

/**
 * Writes what one worker has read of a chunk, in the order of its lines.
 *
 * @internal
 */
export const writePart = (
  to: string,
  { key, owner }: ClaimedChunk,
  exported: ReadonlyMap<number, string>
): Effect.Effect<void, OutputError> => {
  if (exported.size === 0) return Effect.void
  const lines = Array.from(exported).sort(([one], [other]) => one - other).map(([, json]) => `${json}\n`)
  return written(to, async () => {
    await mkdir(directoryOf(to), { recursive: true, mode: 0o700 })
    await writeFile(partOf(to, { ...key, owner }), lines.join(""), { mode, flush: true })
  })
}

/**
 * Puts the parts together that count. The file is there when it is whole; whoever does it at the same time writes the same.
 *
 * @internal
 */
export const joinParts = (
  to: string,
  parts: ReadonlyArray<{ readonly no: number; readonly round: number; readonly owner: string }>
): Effect.Effect<void, OutputError> =>
  Effect.suspend(() => {
    const whole = `${to}.${SecureRandom.uuidV4Unsafe()}`
    return Effect.onError(
      written(to, async () => {
        await pipeline(
          async function*() {
            for (const part of parts) yield* createReadStream(partOf(to, part))
          },
          createWriteStream(whole, { mode, flush: true })
        )
        await rename(whole, to)
      }),
      () => Effect.ignore(written(to, () => rm(whole, { force: true })))
    )
  })

/** @internal */
export const removeParts = (to: string): Effect.Effect<void, OutputError> =>
  written(to, () => rm(directoryOf(to), { recursive: true, force: true }))
