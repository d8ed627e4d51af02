/**
 * What this process has written, by contract and description.
 *
 * A pact holds one interaction per description and names of states, one without states taking the place of any; merging
 * replaces silently. The file cannot tell a clash from a change since the last run, but one process should not change
 * its mind.
 */
import { resolve } from "node:path"
import type { HttpInteraction, MessageInteraction } from "../Interaction.ts"

type Interaction = HttpInteraction | MessageInteraction

interface Written {
  readonly states: string
  readonly content: string
}

const written = new Map<string, Map<string, Array<Written>>>()

const keyOf = (pact: { readonly consumer: string; readonly provider: string; readonly directory: string }) =>
  JSON.stringify([resolve(pact.directory), pact.consumer, pact.provider])

const toWritten = (interaction: Interaction): Written => ({
  states: (interaction.states ?? []).map((state) => state.name).sort().join("\n"),
  content: JSON.stringify(interaction)
})

const clash = (a: Written, b: Written) =>
  a.content !== b.content && (a.states === b.states || a.states === "" || b.states === "")

/** The first of the interactions that would take another one's place. */
export const findClash = (pact: Parameters<typeof keyOf>[0], interactions: ReadonlyArray<Interaction>) => {
  const known = written.get(keyOf(pact))
  return interactions.find((interaction, index) => {
    const candidate = toWritten(interaction)
    const others = interactions.slice(0, index).filter((_) => _.description === interaction.description).map(toWritten)
    return [...known?.get(interaction.description) ?? [], ...others].some((other) => clash(other, candidate))
  })
}

export const remember = (pact: Parameters<typeof keyOf>[0], interactions: ReadonlyArray<Interaction>): void => {
  const key = keyOf(pact)
  const known = written.get(key) ?? new Map<string, Array<Written>>()
  written.set(key, known)
  for (const interaction of interactions) {
    const candidate = toWritten(interaction)
    const same = known.get(interaction.description) ?? []
    known.set(interaction.description, [...same.filter((_) => _.content !== candidate.content), candidate])
  }
}
