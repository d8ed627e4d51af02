import type * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import type { Wrap } from "../Reading.ts"
import { byKind, compile, type Compiled, depthGuard, isObject, lost } from "./reading.ts"
import { isDigits } from "./digits.ts"
import { sealingOf, sealingWithin } from "./secret.ts"

/** Wraps every secret in a copy of the value, before anything else reads it. @internal */
export type Seal = (value: unknown, wrap: Wrap) => unknown

/**
 * What a reader does with secrets.
 *
 * @internal
 */
export interface Sealing {
  /** Takes what was sealed. */
  readonly secret: Compiled
  /** Of a schema that {@link compile} knows; where there can be no secret, there is none. */
  readonly sealOf: (ast: SchemaAST.AST) => Seal | undefined
  /** It is of all that an object holds and its schema does not declare, at any depth. */
  readonly isOfRest?: true
  /** What an answer has in the place of a secret of which a request says more. */
  readonly unchecked?: Schema.Codec<unknown, string>
}

/** What was wrapped, and whether it was text, as a secret is. */
const wrapped = new WeakMap<object, boolean>()

const isWrapped = (value: unknown): boolean => typeof value === "object" && value !== null && wrapped.has(value)

/** Of a secret nothing may be seen where it has another form than a secret, either: it is put aside, and stays wrapped. */
const sealed: Seal = (value, wrap) => {
  if (value === null || value === undefined || isWrapped(value)) return value
  const wrapper = wrap(value)
  wrapped.set(wrapper, typeof value === "string")
  return wrapper
}

const secret: Compiled = {
  fits: (value) => typeof value === "object" && value !== null && wrapped.get(value) === true,
  tolerate: (_, place, walk) => lost(place, walk)
}

const seals = new WeakMap<SchemaAST.AST, Seal | undefined>()

const sealOf = (ast: SchemaAST.AST): Seal | undefined => {
  if (!seals.has(ast)) seals.set(ast, sealAnew(ast))
  return seals.get(ast)
}

/** @internal */
export const sealing: Sealing = { secret, sealOf }

/** @internal */
export const sealingOfRest: Sealing = { ...sealing, isOfRest: true }

const sealAnew = (ast: SchemaAST.AST): Seal | undefined => {
  if (sealingOf(ast) !== undefined) return sealed
  switch (ast._tag) {
    case "Union":
      return sealOfUnion(ast)
    case "Arrays":
      return sealOfArray(ast)
    case "Objects":
      return sealOfObject(ast)
    case "Suspend":
      return sealOfSuspend(ast)
  }
  return undefined
}

const sealOfUnion = ({ types }: SchemaAST.Union): Seal | undefined => {
  const members = types.map((type) => ({ seal: sealOf(type), fits: compile(type)?.fits }))
  const seals = members.flatMap(({ seal }) => seal ?? [])
  if (seals.length === 0) return undefined
  const { named, others } = byKind(types, members)
  // An object of a type that is not known is what its own member says, or may hold what any of the known ones hides.
  const ofOthers = others.flatMap(({ seal }) => seal ?? [])
  const ofUnknown = ofOthers.length > 0 ? ofOthers : seals
  return (value, wrap) => {
    const member = named(value)
    if (member !== undefined) return member.seal === undefined ? value : member.seal(value, wrap)
    // A null or a text that another member is.
    if (!isObject(value) && members.some(({ fits, seal }) => seal === undefined && fits?.(value))) return value
    return ofUnknown.reduce((value, seal) => seal(value, wrap), value)
  }
}

const sealOfArray = ({ rest: [item] }: SchemaAST.Arrays): Seal | undefined => {
  const seal = item && sealOf(item)
  return seal && ((value, wrap) => Array.isArray(value) ? value.map((item) => seal(item, wrap)) : sealed(value, wrap))
}

const sealOfObject = (ast: SchemaAST.Objects): Seal | undefined => {
  const { indexSignatures, propertySignatures } = ast
  if (indexSignatures.some(({ type }) => sealingOf(type)?.isOfRest)) return guardOf(ast)
  const fields = new Map<PropertyKey, Seal | undefined>(
    propertySignatures.map(({ name, type }) => [name, sealOf(type)])
  )
  const [ofRest] = indexSignatures.flatMap(({ type }) => sealOf(type) ?? [])
  if (ofRest === undefined && [...fields.values()].every((seal) => seal === undefined)) return undefined
  return (value, wrap) => {
    if (!isObject(value) || isWrapped(value)) return sealed(value, wrap)
    return Object.fromEntries(
      Object.entries(value).map(([name, value]) => {
        const seal = fields.get(name) ?? ofRest
        return [name, seal === undefined ? value : seal(value, wrap)]
      })
    )
  }
}

const sealOfSuspend = (ast: SchemaAST.Suspend): Seal | undefined => {
  if (sealingWithin(ast) === undefined) return undefined
  const inside = depthGuard()
  const target = (): Seal => compile(ast.thunk()) && sealOf(ast.thunk()) || sealed
  return (value, wrap) => inside(() => target()(value, wrap), () => sealed(value, wrap))
}

const guards = new WeakMap<SchemaAST.AST, Seal>()

/** Wraps whatever the schema does not declare, and what is odd where it declares something. */
const guardOf = (ast: SchemaAST.AST): Seal => {
  const guard = guards.get(ast) ?? guardAnew(ast)
  guards.set(ast, guard)
  return guard
}

const guardAnew = (ast: SchemaAST.AST): Seal => {
  if (sealingOf(ast) !== undefined) return sealed
  switch (ast._tag) {
    case "Union":
      return guardOfUnion(ast)
    case "Arrays":
      return guardOfArray(ast)
    case "Objects":
      return guardOfObject(ast)
    case "Suspend":
      return guardOfSuspend(ast)
  }
  const fits = compile(ast)?.fits
  const plain: Seal = (value, wrap) => fits?.(value) ? value : odd(value, wrap)
  return isDigits(ast) ? (value, wrap) => plain(Number.isSafeInteger(value) ? String(value) : value, wrap) : plain
}

/** What no secret can be stays as it came: a number may be an id. */
const odd: Seal = (value, wrap) => typeof value === "number" || typeof value === "boolean" ? value : sealed(value, wrap)

const guardOfUnion = ({ types }: SchemaAST.Union): Seal => {
  const members = types.map((type) => ({ tag: type._tag, guard: guardOf(type), fits: compile(type)?.fits }))
  const { named, others } = byKind(types, members)
  return (value, wrap) => {
    const member = named(value)
    if (member !== undefined) return member.guard(value, wrap)
    const tag = Array.isArray(value) ? "Arrays" : isObject(value) ? "Objects" : undefined
    const guard = tag === undefined ? undefined : others.find((member) => member.tag === tag)?.guard
    if (guard !== undefined) return guard(value, wrap)
    return tag === undefined && others.some(({ fits }) => fits?.(value)) ? value : odd(value, wrap)
  }
}

const guardOfArray = ({ rest: [item] }: SchemaAST.Arrays): Seal => {
  const guard = item === undefined ? sealed : guardOf(item)
  return (value, wrap) => Array.isArray(value) ? value.map((item) => guard(item, wrap)) : odd(value, wrap)
}

const guardOfObject = ({ indexSignatures: [rest], propertySignatures }: SchemaAST.Objects): Seal => {
  const fields = new Map<PropertyKey, Seal>(propertySignatures.map(({ name, type }) => [name, guardOf(type)]))
  // A record declares all that it holds.
  const ofRest = rest === undefined || propertySignatures.length > 0 ? sealed : guardOf(rest.type)
  return (value, wrap) =>
    isObject(value) && !isWrapped(value)
      ? Object.fromEntries(
        Object.entries(value).map(([name, value]) => [name, (fields.get(name) ?? ofRest)(value, wrap)])
      )
      : odd(value, wrap)
}

const guardOfSuspend = (ast: SchemaAST.Suspend): Seal => {
  const inside = depthGuard()
  return (value, wrap) => inside(() => guardOf(ast.thunk())(value, wrap), () => sealed(value, wrap))
}
