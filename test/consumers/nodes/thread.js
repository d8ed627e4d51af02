import { once } from "node:events"
import { Worker } from "node:worker_threads"

const [status] = await once(new Worker(new URL("program.js", import.meta.url)), "exit")
process.exitCode = status
