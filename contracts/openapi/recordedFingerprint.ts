import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { Fingerprint } from "./Fingerprint.ts"

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Fingerprint))

/** What `pnpm spec:diff --record` made of the vendor's document 17.12.1. */
export const recordedFingerprint = (): Fingerprint =>
  decode(readFileSync(new URL("./fingerprint.json", import.meta.url), "utf8"))
