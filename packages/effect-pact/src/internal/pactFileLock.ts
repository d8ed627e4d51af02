/**
 * One writer at a time. Pact reads, merges and rewrites the whole file; two processes at it, such as two workers of a
 * test runner, lose each other's interactions, and no error tells.
 */
import { lstatSync, mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"

/** A write takes milliseconds. A lock this old belongs to a process that was killed while it wrote. */
const abandonedAfter = 10_000
const pause = 2

const wait = new Int32Array(new SharedArrayBuffer(4))

const isCode = (error: unknown, code: string) => error instanceof Error && "code" in error && error.code === code

const isAbandoned = (lock: string) => {
  try {
    return Date.now() - lstatSync(lock).mtimeMs > abandonedAfter
  } catch (error) {
    // Released meanwhile.
    if (isCode(error, "ENOENT")) return false
    throw error
  }
}

const acquire = (lock: string) => {
  for (;;) {
    try {
      return mkdirSync(lock, { mode: 0o700 })
    } catch (error) {
      if (!isCode(error, "EEXIST")) throw error
    }
    if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true })
    // The native write is synchronous, so there is nothing to yield to.
    Atomics.wait(wait, 0, 0, pause)
  }
}

/** In the directory itself, where only those write who may write pacts: a folder that all share has squatters. */
export const lockOf = (directory: string): string => join(directory, ".effect-pact.lock")

/** Runs `write` with the directory made and nobody else writing in it; it may use the lock as a place of its own. */
export const withLock = (directory: string, write: (lock: string) => void): void => {
  mkdirSync(directory, { recursive: true })
  const lock = lockOf(directory)
  acquire(lock)
  try {
    write(lock)
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}
