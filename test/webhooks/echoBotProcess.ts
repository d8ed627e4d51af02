/** `node echoBotProcess.ts PORT`: the bot of the README, which may be killed at any time. Prints a line when it can be reached. */
import type { Server } from "node:http"
import { importExample } from "../documents/importExample.ts"

const { server } = await importExample<{ readonly server: Server }>("packages/webhooks/README.md", "postOnce")

server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("ready"))
