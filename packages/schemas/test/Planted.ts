import type { Operations } from "@sunco/schemas/Operation"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import type * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import { isDigits } from "../src/internal/digits.ts"
import { sealingOf, sealingWithin } from "../src/internal/secret.ts"

/** The answers of all operations that have secrets or are of something that has, each once, by the operation. */
export const answersWithSecrets: ReadonlyArray<readonly [operation: string, answer: Schema.Codec<unknown>]> = Object
  .entries<Operations>(SunshineOperations)
  .flatMap(([resource, operations]) =>
    Object.entries(operations).map(([name, { success }]) => [`${resource}.${name}`, success.schema] as const)
  )
  .filter(([, { ast }], index, all) =>
    sealingWithin(ast) !== undefined && all.findIndex(([, other]) => other.ast === ast) === index
  )

/** What stands for a secret: each has its own number after it. */
export const planted = "planted"

/** An answer, and the secrets that were planted in it. */
export interface Answer {
  readonly json: unknown
  readonly secrets: ReadonlyArray<string>
}

/** Names of fields that nobody declares, some of which mean something to JavaScript. */
const undeclared = ["more", "token", "apiKey", "constructor", "__proto__"]

/**
 * Makes an answer of the schema out of a number. In whatever is sealed, secrets stand where they are declared, in fields that are
 * not, in values that are none of what is declared, and in kinds that are not known.
 */
export const answerOf = ({ ast }: Schema.Codec<unknown>, seed: number, mayBeOdd: boolean): Answer => {
  const draw = drawing(seed)
  const secrets: Array<string> = []
  const plant = (): string => {
    const secret = `${planted}${secrets.length}`
    secrets.push(secret)
    return secret
  }
  const oneOf = <A>(choices: ReadonlyArray<() => A>): A => choices[draw(choices.length)]!()
  const isOdd = (): boolean => mayBeOdd && draw(6) === 0

  const forms: { readonly [tag: string]: () => unknown } = {
    String: plant,
    Arrays: () => [plant()],
    Objects: () => ({ deep: [{ token: plant() }] }),
    Null: () => null,
    Number: () => 7
  }

  /** What is none of what is declared. */
  const anythingBut = (...declared: ReadonlyArray<SchemaAST.AST>): unknown => {
    const tags = declared.map(({ _tag }) => _tag === "Literal" ? "String" : _tag)
    return oneOf(Object.keys(forms).flatMap((tag) => tags.some((declared) => declared === tag) ? [] : forms[tag] ?? []))
  }

  const text = (ast: SchemaAST.AST): unknown => isDigits(ast) && draw(2) === 0 ? 106731941223392 : "plain"

  const object = ({ indexSignatures: [rest], propertySignatures }: SchemaAST.Objects, sealed: boolean): unknown => {
    const fields: Array<readonly [name: string, value: unknown]> = []
    for (const { name, type } of propertySignatures) {
      if (!SchemaAST.isOptional(type) || draw(3) > 0) fields.push([String(name), make(type, sealed)])
    }
    if (rest !== undefined && propertySignatures.length === 0) fields.push(["key", make(rest.type, sealed)])
    else if (sealed && draw(2) === 0) fields.push([undeclared[draw(undeclared.length)]!, anythingBut()])
    return Object.fromEntries(fields)
  }

  /** `declared` is what may stand there too. */
  const make = (ast: SchemaAST.AST, inside: boolean, declared: ReadonlyArray<SchemaAST.AST> = [ast]): unknown => {
    if (sealingOf(ast) !== undefined) return isOdd() ? anythingBut() : plant()
    const sealed = inside || isSealed(ast)
    if (ast._tag !== "Union" && sealed && isOdd()) return anythingBut(...declared)
    switch (ast._tag) {
      case "Literal":
        return draw(9) === 0 ? "later" : ast.literal
      case "Union":
        return make(ast.types[draw(ast.types.length)]!, inside, ast.types)
      case "Arrays":
        return Array.from({ length: draw(3) }, () => make(ast.rest[0]!, inside))
      case "Objects":
        return object(ast, sealed)
      case "String":
        return text(ast)
      case "Number":
        return 7
      case "Boolean":
        return true
      case "Null":
        return null
    }
    throw new Error(`Nothing is known of how to make a ${ast._tag}`)
  }

  return { json: make(ast, false), secrets }
}

const isSealed = (ast: SchemaAST.AST): boolean =>
  ast._tag === "Union"
    ? ast.types.some(isSealed)
    : ast._tag === "Objects" && ast.indexSignatures.some(({ type }) => sealingOf(type)?.isOfRest)

/** Numbers below a count, always the same of a seed (Mulberry32). */
const drawing = (seed: number) => {
  let state = seed
  return (count: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count
  }
}
