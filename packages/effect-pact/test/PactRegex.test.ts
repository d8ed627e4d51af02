import { assert, describe, it } from "@effect/vitest"
import { type Rule } from "effect-pact/Matcher"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as PactRegex from "../src/internal/pactRegex.ts"
import { accepts } from "./Engine.ts"

const texts = [
  "",
  "a",
  "A",
  "ab",
  "ba",
  "aab",
  "abc",
  "xabcx",
  "b",
  "k",
  "\u212a",
  "s",
  "\u017f",
  "1",
  "12",
  "\u0663",
  "_",
  "-",
  ".",
  "..",
  "...",
  "&",
  "[",
  "]",
  "^",
  "$",
  "\\",
  "/",
  " ",
  "\t",
  "\n",
  "\r",
  "\u00a0",
  "\u2028",
  "\u0085",
  "a\n",
  "\na",
  "a\nb",
  "é",
  "É",
  "ß",
  "ss",
  "日本",
  "🦊",
  "🦊🦊",
  "a🦊",
  "🦊a",
  "ada@example.com",
  "application/json",
  "application/json; charset=utf-8",
  "2026-11-23T10:00:00.000Z",
  "f00dF00D",
  "null",
  "h"
]

/** Expressions whose meaning differs, were they copied into the engine's dialect, and plain ones. */
const expressions = [
  /^a+$/,
  /^a|b$/,
  /^(a|ab)$/,
  /a|ab/,
  /abc/,
  /^ab/,
  /ab$/,
  /^$/,
  /(?:)/,
  /^a*?b$/,
  /^a{2}b$/,
  /^.$/,
  /^.$/u,
  /^.$/s,
  /^.$/su,
  /^..$/,
  /^.{2,}$/,
  /^.*$/,
  /^.+$/u,
  /^\d$/,
  /^\D$/,
  /^\D$/u,
  /^\w+$/,
  /^\W$/u,
  /^\s$/,
  /^\S+$/,
  /^\S$/u,
  /^[\s\S]{1,2}$/,
  /^[\s\S]{1,2}$/u,
  /^[^a]$/,
  /^[^a]$/u,
  /^[\S ]$/,
  /^[\d.]+$/,
  /^[a-c]+$/i,
  /^k$/i,
  /^k$/iu,
  /^s+$/i,
  /^[^k]$/i,
  /^[_-]$/,
  /^[&&a]$/,
  /^[[\]^$\\/]$/,
  /^h$/,
  /^é$/u,
  /^[à-ÿ]$/,
  /^🦊$/u,
  /^[🦊a]+$/u,
  /^(?=.*b)\w+$/,
  /^(?!\.\.?$).+$/u,
  /a$\nb/,
  /^a\nb$/,
  /^[^@\s]+@[^@\s]+$/,
  /^application\/json(;.*)?$/,
  /^\d{4}-\d\d-\d\dT.*Z$/,
  /^[0-9a-f]+$/i,
  /^(?<year>\d)$/,
  /^[^]$/u
]

const untranslatable = [
  /^(a)\1$/,
  /\bword/,
  /(?<=a)b/,
  /^\p{L}$/u,
  /^a$/m,
  /^é$/i,
  /^🦊$/,
  /^(?!a).$/,
  /^[^k]$/iu,
  /^a{100001}$/,
  new RegExp("[]"),
  /^[\p{L}--a]$/v,
  /(?i:a)/
]

const asPattern = (regex: string) => ({
  "pact:matcher:type": [{ "pact:matcher:type": "type" }, {
    "pact:matcher:type": "regex",
    regex
  }] satisfies ReadonlyArray<Rule>,
  value: "irrelevant"
})

describe("a regular expression in Pact's engine", () => {
  it.effect("takes nothing that JavaScript refuses, and refuses little else", () =>
    Effect.gen(function*() {
      const cases = expressions.flatMap((expression) => {
        const regex = Result.getOrThrow(PactRegex.fromRegExp(expression))
        return texts.map((text) => ({ expression, text, pattern: asPattern(regex), answer: JSON.stringify(text) }))
      })
      const results = yield* accepts(cases)
      const wrong = cases.filter(({ expression, text }, index) => {
        const isStricter = expression.test(text) && results[index] === false
        const mayBeStricter = expression.unicode
          ? expression.ignoreCase && /[\u212A\u017F]/u.test(text)
          : /[\u{10000}-\u{10FFFF}]/u.test(text)
        return expression.test(text) !== results[index] && !(isStricter && mayBeStricter)
      })
      assert.deepStrictEqual(
        wrong.map(({ expression, pattern, text }) => [expression, text, pattern["pact:matcher:type"][1]]),
        []
      )
    }), 60_000)

  it.each(untranslatable)("is refused where the engine has no equal: %s", (expression) => {
    assert.isTrue(Result.isFailure(PactRegex.fromRegExp(expression)))
  })

  it.effect("counts the length of a text at least as strictly as JavaScript", () =>
    Effect.gen(function*() {
      const bounds = [[0, 0], [0, 1], [1, 1], [0, 2], [1, 3], [2, 4], [3, 4], [1, Infinity]] as const
      const cases = bounds.flatMap(([min, max]) => {
        const regex = Result.getOrThrow(PactRegex.utf16Units(min, max))
        return ["", "a", "é", "\n", "ab", "🦊", "a🦊", "🦊🦊", "abcd", "abcde"].map((text) => ({
          text,
          min,
          max,
          pattern: asPattern(regex),
          answer: JSON.stringify(text)
        }))
      })
      const results = yield* accepts(cases)
      const fits = ({ max, min, text }: typeof cases[number]) => text.length >= min && text.length <= max
      const unsound = cases.filter((one, index) => results[index] === true && !fits(one))
      const strict = cases.filter((one, index) => results[index] === false && fits(one) && !one.text.includes("🦊"))
      assert.deepStrictEqual([...unsound, ...strict].map(({ max, min, text }) => ({ min, max, text })), [])
    }))

  it("keeps what is the same in both dialects as it was written", () => {
    for (const expression of [/^[A-Za-z0-9]+$/, /^(Basic|Bearer) [A-Za-z0-9+=]{1,20}$/, /^\/users\/[0-9a-f]{24}$/u]) {
      assert.deepStrictEqual(PactRegex.fromRegExp(expression), Result.succeed(expression.source.replaceAll("\\/", "/")))
    }
  })
})
