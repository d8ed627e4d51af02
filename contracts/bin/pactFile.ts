import { consumer, provider, webhooksConsumer, webhooksProvider } from "@sunco/contracts/Names"
import * as PactFile from "effect-pact/PactFile"
import { fileURLToPath } from "node:url"

export const pactDirectory = fileURLToPath(new URL("../pacts", import.meta.url))

/** The contract of the client with the API. */
export const pactFile = `${pactDirectory}/${PactFile.fileName({ consumer, provider })}`

/** The contract of the receiver with what sends deliveries to webhooks. */
export const webhooksPactFile = `${pactDirectory}/${
  PactFile.fileName({ consumer: webhooksConsumer, provider: webhooksProvider })
}`
