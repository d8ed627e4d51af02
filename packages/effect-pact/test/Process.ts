/** Runs a module in a Node process of its own: what it loads and prints is not this one's. */
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

const here = fileURLToPath(new URL(".", import.meta.url))

export const run = (
  args: ReadonlyArray<string>,
  options: { readonly directory?: string; readonly environment?: Record<string, string> } = {}
) =>
  Effect.callback<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }>((resume) => {
    const child = spawn(process.execPath, args, {
      cwd: options.directory ?? here,
      env: { ...process.env, ...options.environment }
    })
    let stdout = ""
    let stderr = ""
    child.stdout.setEncoding("utf8").on("data", (chunk) => stdout += chunk)
    child.stderr.setEncoding("utf8").on("data", (chunk) => stderr += chunk)
    child.on("close", (exitCode) => resume(Effect.succeed({ exitCode, stdout, stderr })))
    return Effect.sync(() => child.kill("SIGKILL"))
  })
