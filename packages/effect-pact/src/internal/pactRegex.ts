/**
 * Says a JavaScript regular expression again for Pact's engine.
 *
 * The engine is Oniguruma with Ruby's syntax, over code points, and a value must match as a whole. `\d`, `\w`, `\s`,
 * `\b` and case folding are Unicode's there, `.` takes `\r` and U+2028, `^` and `$` also match at line ends, `\h` is a
 * hexadecimal digit, and `&&` in a class intersects. Copied as it stands, an expression would let through text that
 * JavaScript refuses. The translation accepts nothing that the original refuses, and the same otherwise but for two
 * cases. Without the flag `u`, JavaScript counts UTF-16 units, so an astral character where a count has an upper bound
 * is refused; with `i` and `u`, so are the Kelvin sign for a k and the long s for an s.
 */
import { type AST, parseRegExpLiteral } from "@eslint-community/regexpp"
import * as Result from "effect/Result"

/** Oniguruma's ONIG_MAX_REPEAT_NUM. */
const maxRepeat = 100_000

const astral = "\\x{10000}-\\x{10FFFF}"
const lineTerminators = "\\n\\r\\u2028\\u2029"
const characterSets = {
  digit: "0-9",
  word: "A-Za-z0-9_",
  space: "\\t-\\r \\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF"
}
const everything = new Set(["[^]", "[\\s\\S]", "[\\S\\s]", "[\\d\\D]", "[\\D\\d]", "[\\w\\W]", "[\\W\\w]"])

class Untranslatable extends Error {}

const refuse = (what: string): never => {
  throw new Untranslatable(what)
}

const isSurrogate = (codePoint: number) => codePoint >= 0xd800 && codePoint <= 0xdfff

const hex = (codePoint: number, digits: number) => codePoint.toString(16).toUpperCase().padStart(digits, "0")

const literal = (codePoint: number, specials: RegExp): string => {
  const character = String.fromCodePoint(codePoint)
  if (codePoint === 0x0a) return "\\n"
  if (codePoint === 0x0d) return "\\r"
  if (codePoint === 0x09) return "\\t"
  if (codePoint < 0x20 || codePoint === 0x7f) return `\\x${hex(codePoint, 2)}`
  if (codePoint > 0xffff) return `\\x{${hex(codePoint, 5)}}`
  if (codePoint > 0x7e) return `\\u${hex(codePoint, 4)}`
  return specials.test(character) ? `\\${character}` : character
}

const outside = (codePoint: number) => literal(codePoint, /[\\^$.|?*+()[\]{}]/)
const inside = (codePoint: number) => literal(codePoint, /[\\^[\]\-&]/)

/** The letters of the other case between `min` and `max`, as ranges of a class. */
const otherCase = (min: number, max: number): string => {
  const shifted = (first: number, last: number, by: number) => {
    const low = Math.max(min, first)
    const high = Math.min(max, last)
    return low > high ? "" : low === high ? inside(low + by) : `${inside(low + by)}-${inside(high + by)}`
  }
  return shifted(0x61, 0x7a, -32) + shifted(0x41, 0x5a, 32)
}

const translate = (source: RegExp): string => {
  const { flags, pattern } = parseRegExpLiteral(source)
  const unicode = flags.unicode || flags.unicodeSets
  if (flags.multiline) refuse("the flag m")

  const checkCase = (codePoint: number) => {
    if (flags.ignoreCase && codePoint > 0x7f) refuse("the flag i beyond ASCII")
  }

  const negated = (negate: boolean) => {
    if (negate && flags.ignoreCase && unicode) refuse("a negation under the flags i and u")
    return negate
  }

  const range = (min: number, max: number): string => {
    checkCase(max)
    const plain = min === max ? inside(min) : `${inside(min)}-${inside(max)}`
    return flags.ignoreCase ? plain + otherCase(min, max) : plain
  }

  const classElement = (element: AST.CharacterClass["elements"][number]): string => {
    switch (element.type) {
      case "Character":
        return range(element.value, element.value)
      case "CharacterClassRange":
        return range(element.min.value, element.max.value)
      case "CharacterSet":
        if (element.kind === "property") return refuse(element.raw)
        return negated(element.negate) ? `[^${characterSets[element.kind]}]` : characterSets[element.kind]
      default:
        return refuse(element.raw)
    }
  }

  const set = (element: AST.CharacterClass | AST.CharacterSet, bounded: boolean): string => {
    const withoutAstral = bounded && !unicode ? astral : ""
    if (element.type === "CharacterSet") {
      if (element.kind === "property") return refuse(element.raw)
      if (element.kind !== "any") {
        return negated(element.negate)
          ? `[^${characterSets[element.kind]}${withoutAstral}]`
          : `[${characterSets[element.kind]}]`
      }
      if (!flags.dotAll) return `[^${lineTerminators}${withoutAstral}]`
    } else {
      if (!everything.has(element.raw)) {
        if (element.elements.length === 0) return refuse(element.raw)
        const hasNegation = element.elements.some((_) => _.type === "CharacterSet" && _.kind !== "property" && _.negate)
        const elements = element.elements.map(classElement).join("")
        return negated(element.negate)
          ? `[^${elements}${withoutAstral}]`
          : hasNegation && withoutAstral !== ""
          ? `[${elements}&&[^${withoutAstral}]]`
          : `[${elements}]`
      }
    }
    return withoutAstral === "" ? "[\\s\\S]" : `[^${withoutAstral}]`
  }

  const quantifier = (element: AST.Quantifier): string => {
    const { max, min } = element
    if (element.element.type === "Assertion") refuse(element.raw)
    if (min > maxRepeat || (max !== Infinity && max > maxRepeat)) refuse(`a repetition beyond ${maxRepeat}`)
    const operand = element.element.type === "CharacterClass" || element.element.type === "CharacterSet"
      ? set(element.element, max !== Infinity)
      : element_(element.element)
    // Laziness is dropped: it changes which match is found, never whether the whole value matches.
    if (max === Infinity) return operand + (min === 0 ? "*" : min === 1 ? "+" : `{${min},}`)
    return operand + (min === 0 && max === 1 ? "?" : min === max ? `{${min}}` : `{${min},${max}}`)
  }

  const element_ = (element: AST.Element): string => {
    switch (element.type) {
      case "Character": {
        if (isSurrogate(element.value)) return refuse("an astral character without the flag u")
        checkCase(element.value)
        const other = flags.ignoreCase ? otherCase(element.value, element.value) : ""
        return other === "" ? outside(element.value) : `[${inside(element.value)}${other}]`
      }
      case "CharacterClass":
      case "CharacterSet":
        return set(element, true)
      case "Quantifier":
        return quantifier(element)
      case "CapturingGroup":
        return `(${alternatives(element.alternatives)})`
      case "Group":
        return element.modifiers ? refuse(element.raw) : `(?:${alternatives(element.alternatives)})`
      case "Assertion":
        if (element.kind === "start") return "\\A"
        if (element.kind === "end") return "\\z"
        if (element.kind !== "lookahead") return refuse(element.raw)
        if (element.negate && !unicode) return refuse("a negative lookahead without the flag u")
        return `(?${element.negate ? "!" : "="}${alternatives(element.alternatives)})`
      default:
        return refuse(element.raw)
    }
  }

  const sequence = (elements: ReadonlyArray<AST.Element>) => elements.map(element_).join("")
  const alternatives = (all: ReadonlyArray<AST.Alternative>) => all.map((one) => sequence(one.elements)).join("|")

  const [only] = pattern.alternatives
  if (pattern.alternatives.length !== 1 || only === undefined) {
    return `^[\\s\\S]*(?:${alternatives(pattern.alternatives)})[\\s\\S]*$`
  }
  const first = only.elements[0]
  const last = only.elements.at(-1)
  const anchoredAtStart = first?.type === "Assertion" && first.kind === "start"
  const anchoredAtEnd = last?.type === "Assertion" && last.kind === "end"
  const body = sequence(only.elements.slice(anchoredAtStart ? 1 : 0, anchoredAtEnd ? -1 : undefined))
  return `^${anchoredAtStart ? "" : "[\\s\\S]*"}${body}${anchoredAtEnd ? "" : "[\\s\\S]*"}$`
}

/** The expression in the engine's dialect, or what in it the dialect cannot say. */
export const fromRegExp = (regExp: RegExp): Result.Result<string, string> => {
  // A deep recursive descent is plainer with an exception, which never leaves this function.
  try {
    return Result.succeed(translate(regExp))
  } catch (error) {
    if (error instanceof Untranslatable) {
      return Result.fail(`${regExp}: Pact's engine has no equal for ${error.message}`)
    }
    throw error
  }
}

/** Exactly this text, at the start, at the end or anywhere. */
export const containing = (text: string, where: "start" | "end" | "anywhere"): string =>
  `^${where === "start" ? "" : "[\\s\\S]*"}${Array.from(text, (_) => outside(_.codePointAt(0)!)).join("")}${
    where === "end" ? "" : "[\\s\\S]*"
  }$`

/** One of these texts. */
export const oneOf = (texts: ReadonlyArray<string>): string =>
  `^(${texts.map((text) => Array.from(text, (_) => outside(_.codePointAt(0)!)).join("")).join("|")})$`

/** Text of so many code points. */
export const codePoints = (min: number, max: number): Result.Result<string, string> =>
  min > maxRepeat || (max !== Infinity && max > maxRepeat)
    ? Result.fail(`Pact's engine counts no further than ${maxRepeat}`)
    : Result.succeed(`^[\\s\\S]{${min},${max === Infinity ? "" : max}}$`)

/**
 * Text of so many UTF-16 units, which is how JavaScript measures length. The engine counts code points, each of one or
 * two units, so either all are of one, or there are at most half as many: what lies between is refused.
 */
export const utf16Units = (min: number, max: number): Result.Result<string, string> => {
  const half = Math.floor(max / 2)
  return max === Infinity || half < Math.max(1, min)
    ? Result.map(codePoints(min, max), (all) => max === Infinity ? all : `^[\\u0000-\\uFFFF]{${min},${max}}$`)
    : Result.map(codePoints(min, max), () => `^(?:[\\u0000-\\uFFFF]{${min},${max}}|[\\s\\S]{${min},${half}})$`)
}
