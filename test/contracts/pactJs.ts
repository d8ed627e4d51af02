/**
 * Verifies the emulator with Pact's own verifier for JavaScript. A program of its own, because that one reports every interaction
 * on standard output, from native code, whether it is kept or not.
 */
import { Verifier } from "@pact-foundation/pact"
import { pactJs } from "@sunco/contracts/EmulatedProvider"
import { provider } from "@sunco/contracts/Names"
import { Emulator } from "@sunco/emulator/promise"

const pact = new URL("../../contracts/pacts/sunco-client-sunshine-conversations-api.json", import.meta.url).pathname

await using emulator = await Emulator.start()

await new Verifier({ provider, pactUrls: [pact], logLevel: "error", ...pactJs(emulator) }).verifyProvider()
