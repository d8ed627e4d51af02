/** Something that the vendor says nowhere, and that this project has to assume: a question, the answers that there may be, and how to ask. */
import type * as AllResources from "@sunco/client/AllResources"
import type { Sunshine } from "@sunco/client/Sunshine"
import type { Assumptions } from "@sunco/emulator/Assumptions"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Account } from "./Account.ts"
import type { Ledger } from "./Ledger.ts"
import type { Run } from "./Run.ts"

/** What asking may need. */
export type Services = AllResources.AllResources | Sunshine | Account | Ledger | Run | Scope.Scope

/** What was found: one of the answers, or another that nobody has thought of. */
export interface Found<Answer extends string> {
  readonly answer: Answer | "another"
  /** What it was seen by, such as `400 bad_request`: nothing that could be anybody's. */
  readonly said: string
}

interface Question<Answer extends string> {
  /** In one word, by which it is spoken of. */
  readonly name: string
  /** The beginning of a sentence that each answer ends. */
  readonly question: string
  readonly answers: { readonly [Name in Answer]: string }
  readonly assumed: NoInfer<Answer>
  /** The option of the emulator that takes the answers by the same names. */
  readonly assumption?: keyof Assumptions
}

export interface Askable<Answer extends string = string> extends Question<Answer> {
  readonly ask: Effect.Effect<Found<NoInfer<Answer>>, { readonly message: string }, Services>
}

/** What no run asks, and why. */
export interface Unaskable<Answer extends string = string> extends Question<Answer> {
  readonly unasked: string
}

export type Fact = Askable | Unaskable

/** Makes one that can be asked. */
export const asked = <const Answer extends string>(fact: Askable<Answer>): Fact => fact

/** Makes one that cannot. */
export const unasked = <const Answer extends string>(fact: Unaskable<Answer>): Fact => fact

type Answers<Name extends keyof Assumptions> = NonNullable<Assumptions[Name]>

/** Makes one that the emulator can answer in each of these ways. */
export const assumed = <const Name extends keyof Assumptions>(
  fact: (Askable<Answers<Name>> | Unaskable<Answers<Name>>) & { readonly assumption: Name }
): Fact => fact
