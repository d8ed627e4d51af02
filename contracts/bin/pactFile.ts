import { consumer, provider } from "@sunco/contracts/Names"
import * as PactFile from "effect-pact/PactFile"
import { fileURLToPath } from "node:url"

export const pactDirectory = fileURLToPath(new URL("../pacts", import.meta.url))

/** The contract that this repository publishes. */
export const pactFile = `${pactDirectory}/${PactFile.fileName({ consumer, provider })}`
