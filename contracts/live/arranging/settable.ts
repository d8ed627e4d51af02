import type { ProviderStates } from "@sunco/contracts/ProviderStates"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import { Scene } from "../Scene.ts"

/** What a state says. */
export type Given<Name extends keyof typeof ProviderStates["definitions"]> = Parameters<
  typeof ProviderStates.given<Name>
>[1]

/** What of a thing a create takes; what it does not is noted, and so is null, which is for the vendor alone to give. */
export const settable = Effect.fnUntraced(function*(thing: object, names: ReadonlyArray<string>) {
  const { without } = yield* Scene
  const taken = (value: unknown, path: string): unknown => {
    if (!Predicate.isReadonlyObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inside]) => {
        if (inside === undefined) return []
        if (inside !== null) return [[name, taken(inside, `${path}${name}.`)]]
        without(`${path}${name}: null`)
        return []
      })
    )
  }
  const entries = Object.entries(thing).filter(([, value]) => value !== undefined)
  for (const [name] of entries) if (!names.includes(name)) without(name)
  return taken(Object.fromEntries(entries.filter(([name]) => names.includes(name))), "")
})
