/**
 * `node test/vendorClient/compare.ts`: prints how this project's client compares with the vendor's, as a table in Markdown.
 */
import * as Effect from "effect/Effect"
import { comparison, header } from "./comparison.ts"

const rows = await Effect.runPromise(comparison)

console.log([...header, ...rows].join("\n"))
