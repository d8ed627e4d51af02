import { assumed, type Fact, unasked } from "../Fact.ts"

const registered = "it takes a client that Zendesk has registered, and somebody with a browser who lets it in"

export const oauth: ReadonlyArray<Fact> = [
  assumed({
    name: "refusedCode",
    assumption: "refusedCode",
    question: "An OAuth code that is exchanged again gets",
    answers: { unauthorized: "401", badRequest: "400" },
    assumed: "unauthorized",
    unasked: registered
  }),
  unasked({
    name: "deniedAccess",
    question: "A browser in which somebody does not let an integration in comes back with",
    answers: { error: "error=access_denied and the state", nothing: "nothing" },
    assumed: "error",
    unasked: registered
  }),
  unasked({
    name: "revokedToken",
    question: "An access token that was revoked gets",
    answers: { unauthorized: "401", forbidden: "403" },
    assumed: "unauthorized",
    unasked: registered
  })
]
