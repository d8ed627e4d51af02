import type { FilePart } from "@sunco/schemas/FilePart"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type { FileAtPath, UploadedFile } from "../../AttachmentsMethods.ts"

/**
 * A file with its bytes, read where they are elsewhere. It fails with what was expected.
 *
 * @internal
 */
export const filePartOf = (file: UploadedFile): Effect.Effect<FilePart, string> =>
  Effect.suspend(() => {
    if (file instanceof Blob) return ofBlob(file)
    // Whatever else it is, the operation's schema says what is wrong with it.
    return isAtPath(file) ? ofPath(file) : Effect.succeed(file as FilePart)
  })

const ofBlob = (blob: Blob): Effect.Effect<FilePart, string> =>
  Effect.map(
    readable(() => blob.arrayBuffer()),
    (buffer) => ({
      name: "name" in blob && typeof blob.name === "string" && blob.name !== "" ? blob.name : "file",
      ...(blob.type !== "" && { contentType: blob.type }),
      data: new Uint8Array(buffer)
    })
  )

/** As much as is needed of a platform that may have files. */
interface Platform {
  readonly process?: {
    readonly getBuiltinModule?: (name: "node:fs/promises") =>
      | { readonly readFile: (path: string | URL) => Promise<Uint8Array> }
      | undefined
  }
}

const isAtPath = (file: UploadedFile): file is FileAtPath => typeof file === "object" && file !== null && "path" in file

const ofPath = ({ contentType, name, path }: FileAtPath): Effect.Effect<FilePart, string> => {
  // Asked of the platform and not imported: a bundle for the edge has no such module.
  const files = (globalThis as Platform).process?.getBuiltinModule?.("node:fs/promises")
  if (files === undefined) return Effect.fail("bytes or a Blob: there are no files here")
  return Effect.map(
    readable(() => files.readFile(path)),
    (data) => ({ name: name ?? lastPart(path), ...(contentType !== undefined && { contentType }), data })
  )
}

const lastPart = (path: string | URL): string => {
  const [name = ""] = String(path).split(/[/\\]/).slice(-1)
  return path instanceof URL ? decodeURIComponent(name) : name
}

const readable = <A>(read: () => Promise<A>): Effect.Effect<A, string> =>
  Effect.tryPromise({ try: read, catch: (cause) => `a file that can be read${inBrackets(cause)}` })

/** A code of the system, such as ENOENT. The message has the path, which is not repeated. */
const inBrackets = (cause: unknown): string => {
  const code = Predicate.hasProperty(cause, "code") ? cause.code : undefined
  return typeof code === "string" && /^E[A-Z0-9]{1,20}$/.test(code) ? ` (${code})` : ""
}
