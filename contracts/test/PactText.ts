/** A pact as text, held against the one that is committed. */
import { assert } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"

const decode = Schema.decodeUnknownSync(
  Schema.fromJsonString(Schema.Struct({
    interactions: Schema.Array(
      Schema.StructWithRest(Schema.Struct({ description: Schema.String }), [Schema.Record(Schema.String, Schema.Json)])
    )
  }))
)

/** By their descriptions. */
const interactionsOf = (pact: string): ReadonlyMap<string, string> =>
  new Map(decode(pact).interactions.map((interaction) => [interaction.description, JSON.stringify(interaction)]))

/** Names the interactions that differ, before all of the text is compared. */
export const assertCommitted = (pact: string, file: string): void => {
  const committed = readFileSync(file, "utf8")
  const [now, before] = [interactionsOf(pact), interactionsOf(committed)]
  const different = Array.from(new Set([...now.keys(), ...before.keys()])).filter((description) =>
    now.get(description) !== before.get(description)
  )
  const advice = `${file} is outdated: run pnpm contracts:generate`
  assert.deepStrictEqual(different, [], advice)
  assert.isTrue(pact === committed, advice)
}
