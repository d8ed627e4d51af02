/**
 * `node packages/workshop/bench/size/main.ts [--write]`: what the client and a receiver of webhooks weigh in a bundle, and how that differs from the
 * figures that are committed. Fails above the limits; `--write` makes the figures of now the committed ones.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { mkdtempDisposableSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import { type Bundle, importsFrom, withEsbuild, withEsbuildAnd, withRolldown } from "./bundle.ts"

/** Bytes after gzip. `ours` is what the bundle has more than one of the same parts of Effect alone. */
interface Size {
  readonly total: number
  readonly ours: number
}

type Bundler = "esbuild" | "rolldown"

/** What an application imports, and how much of it there may be; of each bundler, for they differ in what they keep of Effect. */
const entries = {
  // The transport over `fetch` is ours too.
  users: {
    file: "entry.ts",
    limits: { esbuild: { total: 68_000, ours: 27_500 }, rolldown: { total: 68_000, ours: 26_500 } }
  },
  everything: { file: "everything.ts", limits: { esbuild: { total: 95_000 }, rolldown: { total: 95_000 } } },
  webHandler: { file: "webHandler.ts", limits: { esbuild: { total: 50_000 }, rolldown: { total: 50_000 } } },
  webhooksPromise: { file: "webhooksPromise.ts", limits: { esbuild: { total: 55_000 }, rolldown: { total: 55_000 } } }
} as const satisfies {
  readonly [name: string]: { readonly file: string; readonly limits: Readonly<Record<Bundler, Partial<Size>>> }
}

type Name = keyof typeof entries

const fileOf = (name: Name) => join(import.meta.dirname, entries[name].file)

const committed = join(import.meta.dirname, "size.json")

const logLimit = 2_500

const withoutLog = withEsbuildAnd({
  "internal/telemetry/callLog.ts": "export class CallLog {}",
  "internal/telemetry/log.ts": `
    import * as Effect from "effect/Effect"
    export const listeners = Effect.undefined
    export const startLog = () => undefined
  `
})

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1)

const gzipped = (code: string): number => gzipSync(code, { level: 9 }).length

const measured = async (name: Name): Promise<Readonly<Record<Bundler, Size>>> => {
  const file = fileOf(name)
  // Beside the entry, so that `effect` resolves to the same package.
  using directory = mkdtempDisposableSync(join(import.meta.dirname, "effectAlone-"))

  const effectAlone = join(directory.path, "effectAlone.js")

  writeFileSync(effectAlone, await importsFrom(["effect"], file))

  const measure = async (bundle: Bundle): Promise<Size> => {
    const total = gzipped(await bundle(file))
    return { total, ours: total - gzipped(await bundle(effectAlone)) }
  }

  return { esbuild: await measure(withEsbuild), rolldown: await measure(withRolldown) }
}

const size = async (write: boolean) => {
  const before: Readonly<Partial<Record<Name, Readonly<Record<Bundler, Size>>>>> = JSON.parse(
    readFileSync(committed, "utf8")
  )

  const sizes = {
    users: await measured("users"),
    everything: await measured("everything"),
    webHandler: await measured("webHandler"),
    webhooksPromise: await measured("webhooksPromise")
  }

  for (const name of ["users", "everything", "webHandler", "webhooksPromise"] as const) {
    for (const bundler of ["esbuild", "rolldown"] as const) {
      const size = sizes[name][bundler]
      const limits: Partial<Size> = entries[name].limits[bundler]
      for (const part of ["total", "ours"] as const) {
        const limit = limits[part] ?? Infinity
        const difference = size[part] - (before[name]?.[bundler][part] ?? 0)
        console.log(
          `${name.padEnd(15)} ${bundler.padEnd(8)} ${part.padEnd(5)} ${kilobytes(size[part]).padStart(4)} kB gzipped` +
            (limit === Infinity ? "" : ` of at most ${kilobytes(limit)}`),
          `(${difference >= 0 ? "+" : ""}${difference} B since the committed figures)`
        )
        if (size[part] > limit) process.exitCode = 1
      }
    }
  }

  const ofLog = sizes.users.esbuild.total - gzipped(await withoutLog(fileOf("users")))
  console.log(`esbuild  the log, which is in it: ${kilobytes(ofLog)} kB gzipped of at most ${kilobytes(logLimit)}`)
  if (ofLog > logLimit) process.exitCode = 1

  if (write) writeFileSync(committed, `${JSON.stringify(sizes, undefined, 2)}\n`)
}

CommandLine.run(
  Command.make("size", {
    write: Flag.Boolean("write").pipe(
      Flag.withDefault(false),
      Flag.withDescription("Makes the figures of now the committed ones")
    )
  }, ({ write }) => Effect.promise(() => size(write))).pipe(
    Command.withDescription("What the client and a receiver of webhooks weigh in a bundle.")
  )
)
