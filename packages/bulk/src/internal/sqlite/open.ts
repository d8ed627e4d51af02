import { closeSync, openSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"

/**
 * A file that is made by this is for its owner alone, as what is in it is about people; `-wal` and `-shm` have the mode of the
 * file. One that is there keeps its own.
 *
 * @internal
 */
export const open = (filename: string, busyTimeoutMillis: number): DatabaseSync => {
  if (isPath(filename)) {
    try {
      closeSync(openSync(filename, "wx", 0o600))
    } catch {
      // It is there, or SQLite says why it cannot be.
    }
  }
  return new DatabaseSync(filename, { timeout: busyTimeoutMillis })
}

/** The others are in memory, in a file that SQLite names and deletes, or at a place that SQLite reads out of a URI. */
const isPath = (filename: string): boolean => !/^(:memory:|file:.*|)$/s.test(filename)
