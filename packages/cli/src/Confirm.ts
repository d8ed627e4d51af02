/** Asking before something is done that cannot be undone. */
import * as Prompt from "effect/cli/Prompt"
import * as Effect from "effect/Effect"
import { Failure } from "./Failure.ts"
import { canAsk } from "./internal/streams.ts"
import { escaped } from "./Text.ts"

/** Asks, unless it was said before; `question` names what it is about, such as `Delete the user …`. */
export const confirm = (question: string, yes: boolean) =>
  yes
    ? Effect.void
    : canAsk
    ? Effect.flatMap(askedFor(question), (isConfirmed) =>
      isConfirmed
        ? Effect.void
        : Effect.fail(new Failure({ kind: "failed", message: "not confirmed; nothing was done" })))
    : Effect.fail(
      new Failure({
        kind: "usage",
        message: `${question}: not without --yes, as nobody can be asked here`,
        hint: "nothing was done"
      })
    )

/** Who leaves the question with Ctrl-C ends the command as everywhere else. */
const askedFor = (question: string) =>
  Prompt.run(Prompt.Confirm({ message: escaped(question) })).pipe(Effect.catchTag("QuitError", () => Effect.interrupt))

/** Asks for the number of things that are deleted, as whoever has to type it has read it. */
export const confirmNumber = (number: number, question: string) =>
  number === 0
    ? Effect.void
    : canAsk
    ? Effect.flatMap(typedFor(`${question}? Type ${number} to do it`), (typed) =>
      typed.trim() === String(number)
        ? Effect.void
        : Effect.fail(new Failure({ kind: "failed", message: "not confirmed; nothing was done" })))
    : Effect.fail(
      new Failure({
        kind: "usage",
        message: `${question}: not without --yes, as nobody can be asked here`,
        hint: "nothing was done"
      })
    )

const typedFor = (question: string) =>
  Prompt.run(Prompt.String({ message: escaped(question) })).pipe(Effect.catchTag("QuitError", () => Effect.interrupt))
