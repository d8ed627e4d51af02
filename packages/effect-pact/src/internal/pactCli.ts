/**
 * Pact's own command line, the Rust binary itself: the wrapper script that npm installs does not pass signals on, and
 * would leave the binary running. Only this module knows `@pact-foundation/pact-cli`, and looks for it when it is first
 * used.
 */
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { createRequire } from "node:module"
import { loopbackHost } from "./urls.ts"

export interface Finished {
  /** Null when it was killed, as it is after the timeout. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

const require = createRequire(import.meta.url)

const locate = Effect.try({
  // Throws, with advice, when npm has not brought the binary of this platform.
  try: (): string => require("@pact-foundation/pact-cli/src/pact-standalone.js").standalone().pactFullPath,
  catch: (cause) =>
    new Error("effect-pact/Verifier and effect-pact/Broker need the package @pact-foundation/pact-cli: install it", {
      cause
    })
}).pipe(Effect.orDie)

/** What a program needs to run, and how to reach others from here; in any case, as Windows has some, and proxies all. */
const inherited = new Set([
  "PATH",
  "HOME",
  "USERPROFILE",
  "SYSTEMROOT",
  "TMPDIR",
  "TEMP",
  "TMP",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "ALL_PROXY",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "SSL_TRUST_STORE",
  "SSL_SKIP_VERIFICATION"
])

/**
 * The environment without what others keep in it, and without Pact's own settings, which the caller gives on purpose or
 * not at all. Nothing is reported to anyone, and no proxy stands between the verifier and this machine.
 */
export const environment = (settings: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const direct = [
    process.env["NO_PROXY"] ?? process.env["no_proxy"] ?? "",
    "127.0.0.1",
    loopbackHost(settings["PACT_BROKER_BASE_URL"] ?? "") ?? ""
  ]
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => inherited.has(name.toUpperCase()))),
    NO_PROXY: [...new Set(direct)].filter((host) => host !== "").join(","),
    PACT_DO_NOT_TRACK: "true",
    ...settings
  }
}

/** Runs it to its end; killed when interrupted, or when it takes longer than the timeout by the machine's clock. */
export const run = (
  args: ReadonlyArray<string>,
  options: { readonly settings: NodeJS.ProcessEnv; readonly timeoutMillis?: number }
): Effect.Effect<Finished> =>
  Effect.flatMap(locate, (binary) =>
    Effect.callback<Finished>((resume) => {
      const child = spawn(binary, args, {
        env: environment(options.settings),
        stdio: ["ignore", "pipe", "pipe"],
        windowsHide: true,
        killSignal: "SIGKILL",
        ...(options.timeoutMillis === undefined ? {} : { timeout: options.timeoutMillis })
      })
      let stdout = ""
      let stderr = ""
      child.stdout.setEncoding("utf8").on("data", (chunk) => stdout += chunk)
      child.stderr.setEncoding("utf8").on("data", (chunk) => stderr += chunk)
      child.on("error", (error) => resume(Effect.die(error)))
      child.on("close", (exitCode) => resume(Effect.succeed({ exitCode, stdout, stderr })))
      return Effect.callback<void>((released) => {
        child.removeAllListeners("close").on("close", () => released(Effect.void))
        child.kill("SIGKILL")
      })
    }))
