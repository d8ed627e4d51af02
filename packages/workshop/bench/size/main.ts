/**
 * `node packages/workshop/bench/size/main.ts [--write]`: what the client weighs in a bundle, and how that differs from the figures that are
 * committed. Fails above the limits; `--write` makes the figures of now the committed ones.
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

/** Of each bundler: they differ in what they keep of Effect. The transport over `fetch` is ours too. */
const limits = {
  esbuild: { total: 68_000, ours: 27_500 },
  rolldown: { total: 68_000, ours: 26_500 }
} as const satisfies Readonly<Record<string, Size>>

type Bundler = keyof typeof limits

const entry = join(import.meta.dirname, "entry.ts")

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

const size = async (write: boolean) => {
  // Beside the entry, so that `effect` resolves to the same package.
  using directory = mkdtempDisposableSync(join(import.meta.dirname, "effectAlone-"))

  const effectAlone = join(directory.path, "effectAlone.js")

  writeFileSync(effectAlone, await importsFrom(["effect"], entry))

  const measure = async (bundle: Bundle): Promise<Size> => {
    const total = gzipSync(await bundle(entry), { level: 9 }).length
    return { total, ours: total - gzipSync(await bundle(effectAlone), { level: 9 }).length }
  }

  const sizes: Readonly<Record<Bundler, Size>> = {
    esbuild: await measure(withEsbuild),
    rolldown: await measure(withRolldown)
  }

  const before: Readonly<Record<Bundler, Size>> = JSON.parse(readFileSync(committed, "utf8"))

  for (const bundler of ["esbuild", "rolldown"] as const) {
    const size = sizes[bundler]
    const limit = limits[bundler]
    for (const part of ["total", "ours"] as const) {
      const difference = size[part] - before[bundler][part]
      console.log(
        `${bundler.padEnd(8)} ${part.padEnd(5)} ${kilobytes(size[part]).padStart(4)} kB gzipped of at most`,
        `${kilobytes(limit[part])} (${difference >= 0 ? "+" : ""}${difference} B since the committed figures)`
      )
      if (size[part] > limit[part]) process.exitCode = 1
    }
  }

  const ofLog = sizes.esbuild.total - gzipSync(await withoutLog(entry), { level: 9 }).length
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
    Command.withDescription("What the client weighs in a bundle.")
  )
)
