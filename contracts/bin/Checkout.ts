/** What git knows of a directory. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as ChildProcess from "effect/process/ChildProcess"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"

/** There is no git, or no commit. */
export class NoCheckout extends Schema.TaggedError<NoCheckout>()("NoCheckout", { detail: Schema.String }) {
  override get message(): string {
    return this.detail
  }
}

const git = (directory: string, ...args: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const process = yield* ChildProcess.make("git", args, { cwd: directory, stdin: "ignore" })
    const text = (output: typeof process.stdout) =>
      Effect.map(Stream.mkString(Stream.decodeText(output)), (_) => _.trim())
    const [stdout, stderr, exitCode] = yield* Effect.all(
      [text(process.stdout), text(process.stderr), process.exitCode],
      { concurrency: "unbounded" }
    )
    return exitCode === 0 ? stdout : yield* new NoCheckout({ detail: `git ${args[0]}: ${stderr}` })
  }).pipe(
    Effect.scoped,
    Effect.catchTag("PlatformError", ({ message }) => new NoCheckout({ detail: message }))
  )

export const read = Effect.fnUntraced(function*(directory: string) {
  return {
    /** The full id. */
    commit: yield* git(directory, "rev-parse", "HEAD"),
    /** None where a build system has checked out the commit alone. */
    branch: Option.filter(Option.some(yield* git(directory, "branch", "--show-current")), (name) => name !== ""),
    /** Whether the commit has the directory as it is. */
    isClean: (yield* git(directory, "status", "--porcelain", "--", ".")) === ""
  }
})
