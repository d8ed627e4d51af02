import { assert, it } from "@effect/vitest"
import { Fault } from "@sunco/emulator/Fault"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"

it("the README has every fault in a line, in JSON that is taken", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
  const decode = Schema.decodeUnknownSync(Schema.toCodecJson(Fault), { onExcessProperty: "error" })
  const tags = Array.from(
    readme.matchAll(/^\| `(\{"_tag":.*?\})` \|/gm),
    ([, json = ""]) => decode(JSON.parse(json))._tag
  )
  assert.deepStrictEqual(tags, [
    "Status",
    "RateLimited",
    "Redirect",
    "HtmlBody",
    "EmptyBody",
    "TruncatedBody",
    "MistypedBody",
    "HugeBody",
    "SlowHeaders",
    "SlowBody",
    "CutBeforeApplied",
    "CutAfterApplied",
    "CloseAfterAnswer"
  ])
})
