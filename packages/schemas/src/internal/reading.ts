import type * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import * as SchemaParser from "effect/SchemaParser"
import type { Path, PutAside, Read, Unreadable, Wrap } from "../Reading.ts"
import { isEssential } from "./essential.ts"
import { isOpenUnion } from "./openUnion.ts"
import { keepOriginal } from "./originals.ts"
import { sealingOf, sealingWithin } from "./secret.ts"

type Check = Predicate.Predicate<unknown>

/** A part of a schema, compiled. @internal */
export interface Compiled {
  /** Whether the value is what is declared, and can be handed on as it is. */
  readonly fits: Check
  /** Reads a value that does not fit: a copy without what is odd, or {@link unreadable}. */
  readonly tolerate: (value: unknown, place: Place, walk: Walk) => unknown
}

/** Where in an answer something stands. The key of a record is `*`: it is nobody's name but the user's. */
interface Place {
  readonly parent: Place | undefined
  readonly name: string | number
}

/** What one walk over an answer finds. */
interface Walk {
  readonly putAside: Array<Place>
  /** Why the value that was walked last could not be read. */
  lost: Place
}

const unreadable = Symbol.for("@sunco/schemas/internal/unreadable")

/** @internal */
export const reader = <A>(schema: Schema.Codec<A, unknown>): Reader<A> => {
  let read: Reader<A> | undefined
  return (json, wrap) => (read ??= readerOf(schema))(json, wrap)
}

type Reader<A> = (json: unknown, wrap?: Wrap) => Result.Result<Read<A>, Unreadable>

const readerOf = <A>(schema: Schema.Codec<A, unknown>): Reader<A> => {
  const part = compile(schema.ast)
  if (part === undefined) {
    const decode = SchemaParser.decodeUnknownResult(schema)
    return (json) =>
      Result.mapBoth(decode(json), {
        onSuccess: (value) => ({ value, putAside: nothing }),
        onFailure: () => ({ path: [] })
      })
  }
  const seal = sealingWithin(schema.ast)?.sealOf(schema.ast)
  return (answer, wrap = Redacted.make) => {
    const json = seal === undefined ? answer : seal(answer, wrap)
    // What fits is a decoded value, since decoding would change nothing of it.
    if (part.fits(json)) return Result.succeed({ value: json as A, putAside: nothing })
    const walk: Walk = { putAside: [], lost: root }
    const value = part.tolerate(json, root, walk)
    return value === unreadable
      ? Result.fail({ path: pathOf(walk.lost) })
      // And so is a copy without what did not fit.
      : Result.succeed({ value: value as A, putAside: counted(walk.putAside) })
  }
}

const root: Place = { parent: undefined, name: "" }

const nothing: ReadonlyArray<PutAside> = []

const pathOf = ({ name, parent }: Place): Path => parent === undefined ? [] : [...pathOf(parent), name]

const fieldOf = (path: Path): string =>
  path.map((name, index) => typeof name === "number" ? "[]" : index === 0 ? name : `.${name}`).join("")

/** As many as there are fields, however many entries a list has. */
const counted = (places: ReadonlyArray<Place>): ReadonlyArray<PutAside> => {
  const fields = new Map<string, PutAside>()
  for (const place of places) {
    const path = pathOf(place)
    const field = fieldOf(path)
    const before = fields.get(field)
    fields.set(field, { field, path: before?.path ?? path, count: (before?.count ?? 0) + 1 })
  }
  return [...fields.values()]
}

const compiled = new WeakMap<SchemaAST.AST, Compiled | undefined>()

/**
 * Compiles a schema whose decoding checks and changes nothing, once; `undefined` for any other.
 *
 * Where decoding only checks, which is so for every answer of this API, the checks become closures and parsed JSON is handed
 * on as it is: an eighth of what the schema's interpreter costs, and it keeps what the schema does not name by never touching
 * it.
 *
 * @internal
 */
export const compile = (ast: SchemaAST.AST): Compiled | undefined => {
  if (!compiled.has(ast)) compiled.set(ast, compileAnew(ast))
  return compiled.get(ast)
}

/** @internal */
export const is = (schema: Schema.Codec<unknown>): Check => {
  let check: Check | undefined
  return (value) => (check ??= checkOf(schema))(value)
}

const checkOf = (schema: Schema.Codec<unknown>): Check => {
  const part = compile(schema.ast)
  // What the reader wraps is a secret to it, and any `Redacted` is one to the schema.
  return part === undefined || sealingWithin(schema.ast) !== undefined ? interpretedIs(schema) : part.fits
}

/**
 * `Schema.is`, made of what a reader has anyway: Effect's own way would weigh on every bundle.
 *
 * @internal
 */
export const interpretedIs = (schema: Schema.Codec<unknown>): Check => {
  const decode = SchemaParser.decodeUnknownResult(Schema.toType(schema))
  return (value) => Result.isSuccess(decode(value))
}

const compileAnew = (ast: SchemaAST.AST): Compiled | undefined => {
  const sealing = sealingOf(ast)
  if (sealing !== undefined) return sealing.secret
  return ast.encoding === undefined ? withChecks(ast, compileType(ast)) : undefined
}

/** `any`, as in `SchemaAST.Checks`: whose values a filter takes is known to the schema alone. */
export const passes = (check: SchemaAST.Check<any>, value: unknown, ast: SchemaAST.AST): boolean =>
  check._tag === "Filter"
    ? check.run(value, ast, {}) === undefined
    : check.checks.every((check) => passes(check, value, ast))

const withChecks = (ast: SchemaAST.AST, inner: Compiled | undefined): Compiled | undefined => {
  const { checks } = ast
  if (checks === undefined || inner === undefined) return inner
  const holds = (value: unknown) => checks.every((check) => passes(check, value, ast))
  return {
    fits: (value) => inner.fits(value) && holds(value),
    tolerate: (value, place, walk) => {
      const read = inner.fits(value) ? value : inner.tolerate(value, place, walk)
      return read === unreadable || holds(read) ? read : lost(place, walk)
    }
  }
}

/** @internal */
export const lost = (place: Place, walk: Walk): typeof unreadable => {
  walk.lost = place
  return unreadable
}

const typeNames: { readonly [tag: string]: string } = { Number: "number", Boolean: "boolean", Undefined: "undefined" }

const compileType = (ast: SchemaAST.AST): Compiled | undefined => {
  switch (ast._tag) {
    case "Unknown":
    case "Any":
      return leaf(() => true)
    case "String":
      return text
    case "Null":
      return leaf((value) => value === null)
    case "Literal":
      return leaf((value) => value === ast.literal)
    case "Union":
      return compileUnion(ast)
    case "Arrays":
      return compileArray(ast)
    case "Objects":
      return compileObject(ast)
    case "Suspend":
      return compileSuspend(ast)
  }
  const name = typeNames[ast._tag]
  return name === undefined ? undefined : leaf((value) => typeof value === name)
}

const leaf = (fits: Check): Compiled => ({
  fits,
  tolerate: (_, place, walk) => lost(place, walk)
})

/** An id that comes as a number is its digits, as long as JSON's numbers have kept them all. */
const text: Compiled = {
  fits: (value) => typeof value === "string",
  tolerate: (value, place, walk) => {
    if (!Number.isSafeInteger(value) || !isOfId(place)) return lost(place, walk)
    walk.putAside.push(place)
    return String(value)
  }
}

const isOfId = ({ name, parent }: Place): boolean =>
  typeof name === "string" ? /^id$|Id$/.test(name) : /^ids$|Ids$/.test(String(parent?.name))

const all = (asts: ReadonlyArray<SchemaAST.AST>): ReadonlyArray<Compiled> | undefined => {
  const parts = asts.map(compile)
  return parts.every((part) => part !== undefined) ? parts : undefined
}

const compileUnion = (ast: SchemaAST.Union): Compiled | undefined => {
  const { types } = ast
  const members = all(types)
  if (members === undefined) return undefined
  const isOpen = isOpenUnion(ast)
  const { areNamed, named, others } = byKind(types, members)
  const fitsOther = others.reduce<Check | undefined>(
    (some, { fits }) => some === undefined ? fits : (value) => some(value) || fits(value),
    undefined
  ) ?? (() => false)
  return {
    fits: areNamed ? (value) => named(value)?.fits(value) === true || fitsOther(value) : fitsOther,
    // By the member that is named, and else by the one that puts least aside, and the first of those.
    tolerate: (value, place, walk) => {
      const { putAside } = walk
      const mark = putAside.length
      let why = place
      const member = named(value)
      if (member !== undefined) {
        const read = member.tolerate(value, place, walk)
        if (read !== unreadable) return read
        putAside.length = mark
        why = walk.lost
        if (isOpen) {
          putAside.push(why)
          // Of no known type, so that whoever compares `type` gets what the type says. The original keeps what was sent.
          const read = others[0]!.tolerate({ ...value as object, type: "" }, place, walk)
          return read === unreadable ? read : keepOriginal(read as object, value as object)
        }
      }
      let best: { readonly read: unknown; readonly putAside: ReadonlyArray<Place> } | undefined
      for (const part of others) {
        const read = part.fits(value) ? value : part.tolerate(value, place, walk)
        const aside = putAside.splice(mark)
        if (read === unreadable) why = why === place ? walk.lost : why
        else if (best === undefined || aside.length < best.putAside.length) best = { read, putAside: aside }
      }
      if (best === undefined) return lost(why, walk)
      for (const place of best.putAside) putAside.push(place)
      return best.read
    }
  }
}

/**
 * By which field a literal tells the members of a union apart (`type: "text"`), and the literal of each member that has one: a
 * value is up against one of them only.
 *
 * @internal
 */
export const toldApart = (types: ReadonlyArray<SchemaAST.AST>) => {
  const fields = types.map((type) =>
    type._tag === "Objects"
      ? type.propertySignatures.flatMap(({ name, type }) =>
        type._tag === "Literal" && !SchemaAST.isOptional(type) ? [{ name, literal: type.literal }] : []
      )
      : []
  )
  const kind = fields.flat()[0]?.name
  return { kind, literals: fields.map((fields) => fields.find(({ name }) => name === kind)?.literal) }
}

/**
 * What belongs to the members of a union, by the member that a value names, and that of all others.
 *
 * @internal
 */
export const byKind = <A>(types: ReadonlyArray<SchemaAST.AST>, parts: ReadonlyArray<A>) => {
  const { kind, literals } = toldApart(types)
  const byLiteral = new Map<unknown, A>()
  const others = parts.filter((part, index) => {
    const literal = literals[index]
    if (literal !== undefined) byLiteral.set(literal, part)
    return literal === undefined
  })
  const areNamed = kind !== undefined
  return {
    areNamed,
    others,
    named: (value: unknown) => areNamed && isObject(value) ? byLiteral.get(value[kind]) : undefined
  }
}

const compileArray = ({ elements, rest }: SchemaAST.Arrays): Compiled | undefined => {
  const [item] = rest
  if (elements.length > 0 || rest.length !== 1 || item === undefined) return undefined
  const part = compile(item)
  return part && {
    fits: (value) => Array.isArray(value) && value.every(part.fits),
    tolerate: (value, place, walk) => {
      if (!Array.isArray(value)) return lost(place, walk)
      const items: Array<unknown> = []
      for (let index = 0; index < value.length; index++) {
        const read = readPart(part, value[index], place, index, walk)
        if (read !== unreadable) items.push(read)
      }
      return keepOriginal(items, value)
    }
  }
}

/** A part that may be missing: what cannot be read of it is put aside as a whole. */
const readPart = (part: Compiled, value: unknown, parent: Place, name: string | number, walk: Walk): unknown => {
  if (part.fits(value)) return value
  const place = { parent, name }
  const mark = walk.putAside.length
  const read = part.tolerate(value, place, walk)
  if (read === unreadable) {
    walk.putAside.length = mark
    walk.putAside.push(place)
  }
  return read
}

/** Whether any text passes, as in most fields: seen without a call of the check, which is half of all the work. */
const takesText = (ast: SchemaAST.AST): boolean =>
  ast.checks === undefined && (ast._tag === "String" || ast._tag === "Union" && ast.types.some(takesText))

/** @internal */
export const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const compileObject = ({ indexSignatures, propertySignatures }: SchemaAST.Objects): Compiled | undefined => {
  const fieldParts = all(propertySignatures.map(({ type }) => type))
  const restParts = all(indexSignatures.map(({ type }) => type))
  if (fieldParts === undefined || restParts === undefined) return undefined
  if (indexSignatures.some(({ parameter }) => parameter._tag !== "String" || parameter.checks !== undefined)) {
    return undefined
  }
  const required = propertySignatures.filter(({ type }) => !SchemaAST.isOptional(type)).map(({ name }) => name)
  const fields = new Map(
    propertySignatures.map(({ name, type }, index) => {
      const part = fieldParts[index]!
      return [name, { part, check: part.fits, isText: takesText(type), isEssential: isEssential(type) }]
    })
  )
  const rest = restParts.filter((_, index) => indexSignatures[index]!.type._tag !== "Unknown")
  const fitsRest = rest.map(({ fits }) => fits)
  return {
    fits: (value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return false
      const object = value as Record<PropertyKey, unknown>
      for (const name of required) if (!Object.hasOwn(object, name)) return false
      for (const name in object) {
        const value = object[name]
        const field = fields.get(name)
        if (field !== undefined && !(field.isText && typeof value === "string") && !field.check(value)) return false
        for (const check of fitsRest) if (!check(value)) return false
      }
      return true
    },
    tolerate: (value, place, walk) => {
      if (!isObject(value)) return lost(place, walk)
      const missing = required.find((name) => !Object.hasOwn(value, name))
      if (missing !== undefined) return lost({ parent: place, name: String(missing) }, walk)
      const kept: Array<readonly [name: string, value: unknown]> = []
      for (const name of Object.keys(value)) {
        const field = fields.get(name)
        let read = value[name]
        if (field !== undefined && !field.check(read)) {
          read = field.isEssential
            ? field.part.tolerate(read, { parent: place, name }, walk)
            : readPart(field.part, read, place, name, walk)
          if (read === unreadable && field.isEssential) return unreadable
        }
        for (const part of rest) {
          if (read !== unreadable) read = readPart(part, read, place, field === undefined ? "*" : name, walk)
        }
        if (read !== unreadable) kept.push([name, read])
      }
      // A key `__proto__` is a key like others to it.
      return keepOriginal(Object.fromEntries(kept), value)
    }
  }
}

/** How often a schema is walked inside itself: JSON may be nested deeper than the stack is. */
const maximumDepth = 64

/** @internal */
export const depthGuard = () => {
  let depth = 0
  return <A>(run: () => A, tooDeep: () => A): A => {
    if (depth >= maximumDepth) return tooDeep()
    depth++
    // A filter may throw, and the next answer must not find the depth of this one.
    try {
      return run()
    } finally {
      depth--
    }
  }
}

const compileSuspend = (ast: SchemaAST.Suspend): Compiled => {
  const inside = depthGuard()
  let part: Compiled | undefined
  const target = (): Compiled => part ??= compile(ast.thunk()) ?? leaf(interpretedIs(Schema.make(ast.thunk())))
  return {
    fits: (value) => inside(() => target().fits(value), () => false),
    tolerate: (value, place, walk) => inside(() => target().tolerate(value, place, walk), () => lost(place, walk))
  }
}
