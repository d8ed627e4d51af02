/** Asking before something is done that cannot be undone. */
import * as Prompt from "effect/cli/Prompt"
import * as Effect from "effect/Effect"
import type * as Terminal from "effect/Terminal"
import { Failure } from "./Failure.ts"
import { canAsk } from "./internal/streams.ts"
import { escaped } from "./Text.ts"

/** Asks, unless it was said before; `question` names what it is about, such as `Delete the user …`. */
export const confirm = (question: string, yes: boolean) =>
  yes ? Effect.void : confirmed(question, Prompt.run(Prompt.Confirm({ message: escaped(question) })))

/** Asks for the number of things that are deleted, as whoever has to type it has read it. */
export const confirmNumber = (number: number, question: string) =>
  number === 0 ? Effect.void : confirmed(
    question,
    Effect.map(
      Prompt.run(Prompt.String({ message: escaped(`${question}? Type ${number} to do it`) })),
      (typed) => typed.trim() === String(number)
    )
  )

const confirmed = <R>(question: string, asked: Effect.Effect<boolean, Terminal.QuitError, R>) =>
  canAsk
    ? Effect.flatMap(
      // Who leaves the question with Ctrl-C ends the command as everywhere else.
      Effect.catchTag(asked, "QuitError", () => Effect.interrupt),
      (isConfirmed) =>
        isConfirmed
          ? Effect.void
          : Effect.fail(new Failure({ kind: "failed", message: "not confirmed; nothing was done" }))
    )
    : Effect.fail(
      new Failure({
        kind: "usage",
        message: `${question}: not without --yes, as nobody can be asked here`,
        hint: "nothing was done"
      })
    )
