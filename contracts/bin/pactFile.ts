import { consumer, provider } from "@sunco/contracts/Names"
import { fileURLToPath } from "node:url"

export const pactDirectory = fileURLToPath(new URL("../pacts", import.meta.url))

/** The contract that this repository publishes. */
export const pactFile = `${pactDirectory}/${consumer}-${provider}.json`
