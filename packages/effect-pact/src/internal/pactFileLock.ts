/**
 * One writer at a time. Pact reads, merges and rewrites the whole file; two processes at it, such as two workers of a
 * test runner, lose each other's interactions, and no error tells.
 */
import { createHash } from "node:crypto"
import { mkdirSync, realpathSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A write takes milliseconds. A lock this old belongs to a process that was killed while it wrote. */
const abandonedAfter = 10_000
const pause = 2

const wait = new Int32Array(new SharedArrayBuffer(4))

const isCode = (error: unknown, code: string) => error instanceof Error && "code" in error && error.code === code

const isAbandoned = (lock: string) => {
  try {
    return Date.now() - statSync(lock).mtimeMs > abandonedAfter
  } catch (error) {
    // Released meanwhile.
    if (isCode(error, "ENOENT")) return false
    throw error
  }
}

const acquire = (lock: string) => {
  for (;;) {
    try {
      return mkdirSync(lock)
    } catch (error) {
      if (!isCode(error, "EEXIST")) throw error
    }
    if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true })
    // The native write is synchronous, so there is nothing to yield to.
    Atomics.wait(wait, 0, 0, pause)
  }
}

/** Not in the directory itself, which is often under version control. */
export const lockOf = (directory: string): string =>
  join(
    tmpdir(),
    `effect-pact-${createHash("sha256").update(realpathSync(directory)).digest("hex").slice(0, 16)}`
  )

/** Runs `write` with the directory made and nobody else writing in it. */
export const withLock = (directory: string, write: (directory: string) => void): void => {
  mkdirSync(directory, { recursive: true })
  const lock = lockOf(directory)
  acquire(lock)
  try {
    write(directory)
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}
