/**
 * The file of an export, which several workers write: each chunk is a part, and the log says whose part of a chunk counts.
 */
import * as SecureRandom from "effect/crypto/SecureRandom"
import * as Effect from "effect/Effect"
import { hash } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { appendFile, link, lstat, mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import type { OutputError } from "../../BulkError.ts"
import { outputError } from "../outputError.ts"
import type { ClaimedChunk } from "../store/log.ts"

/** Where an export goes, and whose it is. */
export interface Export {
  readonly to: string
  readonly job: string
  readonly createdAt: number
}

interface Part {
  readonly no: number
  readonly round: number
  readonly owner: string
}

/** Of one job alone, also where another, in this database or elsewhere, has the same file. Its name would be too long, or be no name of a file. */
const directoryOf = ({ createdAt, job, to }: Export): string =>
  `${to}.${hash("sha256", `${job} ${createdAt}`).slice(0, 12)}.parts`

const partOf = (directory: string, { no, owner, round }: Part): string =>
  join(directory, `${no}.${round}.${owner}.ndjson`)

/** Users are in it: nobody but the owner reads it. */
const mode = 0o600

/** Size and time of the files that this job has put at `to`, a line for each. */
const joinedFile = (directory: string): string => join(directory, "joined")

const written = (path: string, write: () => Promise<unknown>): Effect.Effect<void, OutputError> =>
  Effect.asVoid(Effect.tryPromise({
    try: write,
    catch: (error) => outputError(path, error)
  }))

/**
 * Writes what one worker has read of a chunk, in the order of its lines.
 *
 * @internal
 */
export const writePart = (
  of: Export,
  { key, owner }: ClaimedChunk,
  exported: ReadonlyMap<number, string>
): Effect.Effect<void, OutputError> => {
  if (exported.size === 0) return Effect.void
  const lines = Array.from(exported).sort(([one], [other]) => one - other).map(([, json]) => `${json}\n`)
  return written(of.to, async () => {
    const directory = await made(of)
    await writeFile(partOf(directory, { ...key, owner }), lines.join(""), { mode, flush: true })
  })
}

/**
 * Removes what one worker has written of a chunk that became another's meanwhile: users are in it. Where the job was purged by
 * then, it is all that is left of it.
 *
 * @internal
 */
export const removePart = (of: Export, { key, owner }: ClaimedChunk): Effect.Effect<void, OutputError> =>
  written(of.to, async () => {
    const directory = directoryOf(of)
    await rm(partOf(directory, { ...key, owner }), { force: true })
    // Others are in it, as a rule.
    await rmdir(directory).catch(() => {})
  })

const made = async (of: Export): Promise<string> => {
  const directory = directoryOf(of)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  return directory
}

/**
 * Puts the parts together that count. The file is there when it is whole; whoever does it at the same time writes the same. It is
 * put together among the parts, so that what is left of one who was killed goes with them.
 *
 * @internal
 */
export const joinParts = (of: Export, parts: ReadonlyArray<Part>): Effect.Effect<void, OutputError> =>
  Effect.suspend(() => {
    const whole = join(directoryOf(of), `whole.${SecureRandom.uuidV4Unsafe()}`)
    return Effect.ensuring(
      written(of.to, async () => {
        const directory = await made(of)
        await pipeline(
          async function*() {
            for (const part of parts) yield* createReadStream(partOf(directory, part))
          },
          createWriteStream(whole, { mode, flush: true })
        )
        await appendFile(joinedFile(directory), `${await marksOf(whole)}\n`, { mode })
        await put(whole, of)
      }),
      Effect.ignore(written(of.to, () => rm(whole, { force: true })))
    )
  })

const marksOf = async (path: string): Promise<string> => {
  const { mtimeMs, size } = await lstat(path)
  return `${size} ${Math.floor(mtimeMs)}`
}

/** What came to be at `to` meanwhile, or was changed there, is somebody else's, such as another export's: it stays. */
const put = async (whole: string, of: Export): Promise<void> => {
  try {
    // Unlike `rename` it writes over nothing.
    return await link(whole, of.to)
  } catch (error) {
    // Not every file system has links.
    const isThere = await lstat(of.to).then(() => true, () => false)
    if (isThere && !(await readFile(joinedFile(directoryOf(of)), "utf8")).split("\n").includes(await marksOf(of.to))) {
      throw error
    }
  }
  await rename(whole, of.to)
}

/** @internal */
export const removeParts = (of: Export): Effect.Effect<void, OutputError> =>
  written(directoryOf(of), () => rm(directoryOf(of), { recursive: true, force: true }))
