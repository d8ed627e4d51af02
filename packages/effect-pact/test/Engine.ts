/** Asks Pact's real engine: is this answer what that pattern asks for? */
import { assert } from "@effect/vitest"
import type { Pattern } from "effect-pact/Matcher"
import * as Interaction from "effect-pact/Interaction"
import { MockServer, Pact } from "effect-pact/Pact"
import * as Verifier from "effect-pact/Verifier"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import { provider, temporaryDirectory } from "./Fixtures.ts"

export interface Case {
  readonly pattern: Pattern
  /** The answer, as JSON text. */
  readonly answer: string
}

const perBody = 100

/** For each case, whether the engine is content. Many are fields of one body: its mismatches say which are wrong. */
export const accepts = Effect.fnUntraced(function*(cases: ReadonlyArray<Case>) {
  const directory = yield* temporaryDirectory
  const bodies = Arr.chunksOf(cases.map((one, index) => ({ ...one, key: `case${index}` })), perBody)
  yield* Effect.forEach(bodies, (body, index) => {
    const interaction = Interaction.http({
      description: "cases",
      request: { method: "GET", path: `/${index}` },
      response: { status: 200, body: Object.fromEntries(body.map(({ key, pattern }) => [key, pattern])) }
    })
    return Effect.flatMap(MockServer, ({ url }) => HttpClient.get(`${url}/${index}`)).pipe(
      Pact.verify(interaction),
      Effect.provide(Pact.layer({ consumer: `engine-${index}`, provider: "answers", directory }))
    )
  }).pipe(Effect.provide(FetchHttpClient.layer))

  const { url } = yield* provider(({ target }) => ({
    status: 200,
    body: `{${bodies[Number(target.slice(1))]!.map(({ answer, key }) => `"${key}":${answer}`).join()}}`
  }))
  const failures = yield* Verifier.verify({ provider: "answers", url, pacts: [directory] }).pipe(
    Effect.as<ReadonlyArray<Verifier.Failure>>([]),
    Effect.catchTag("VerificationFailed", (error) => Effect.succeed(error.failures))
  )
  const refused = new Set(failures.map(({ message, path }) => /^\$\.(case\d+)/.exec(path)?.[1] ?? assert.fail(message)))
  return cases.map((_, index) => !refused.has(`case${index}`))
}, Effect.scoped)
