/** Files for the secrets that the API makes. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { Failure } from "./Failure.ts"

/** A new file that nobody else can read, before anything is made whose secret it is for. */
export const make = (path: string) =>
  Effect.gen(function*() {
    const files = yield* FileSystem.FileSystem
    const refused = (code: string) =>
      new Failure({ kind: "usage", message: `--secret-file ${path}: ${code}`, hint: "nothing was sent" })
    yield* files.writeFileString(path, "", { flag: "wx", mode: 0o600 }).pipe(
      Effect.mapError(({ reason }) =>
        refused(reason._tag === "AlreadyExists" ? "it is there already" : `it cannot be made (${reason._tag})`)
      )
    )
    return {
      write: (text: string) => files.writeFileString(path, text),
      remove: Effect.ignore(files.remove(path))
    }
  })
