import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaParser from "effect/SchemaParser"
import { omitted } from "./omittable.ts"
import { compile as compileReading, interpretedIs, passes, toldApart } from "./reading.ts"

/** A part of a schema, compiled: checks a value and gives a copy of what is sent for it, or {@link refused}. */
type Write = (value: unknown) => unknown

/** Not by this compiler: the interpreter has the last word, and says what is wrong. */
const refused = Symbol()

/** Every issue at once, and a mistyped field is one: dropped in silence it would be lost. */
const strict = { errors: "all", onExcessProperty: "error" } as const

/** @internal */
export const writer = (
  schema: Schema.Codec<unknown>
): (value: unknown) => Result.Result<unknown, SchemaIssue.Issue> => {
  let write: Write | undefined
  let interpret: ReturnType<typeof interpreterOf> | undefined
  return (value) => {
    const sent = (write ??= compile(schema.ast))(value)
    if (sent !== refused) return Result.succeed(sent)
    const encoded = (interpret ??= interpreterOf(schema))(value)
    const odd = Result.isSuccess(encoded) ? whereNotPlain(value, encoded.success) : undefined
    return odd === undefined
      ? encoded
      : Result.fail(new SchemaIssue.Pointer(odd, new SchemaIssue.InvalidValue({ expected: "a plain object" })))
  }
}

const interpreterOf = (schema: Schema.Codec<unknown>) => SchemaParser.encodeUnknownResult(schema, strict)

/** Objects whose content is in their own fields, and no built-in class that keeps it elsewhere. @internal */
export const isPlain = (value: object): boolean => {
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  // The second is an object literal of another realm.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return true
  if (ArrayBuffer.isView(value)) return false
  return Object.prototype.toString.call(value) === "[object Object]" && Object.keys(value).length > 0
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null

/**
 * What a schema takes for an object without fields may hold all that was meant: a Map, a FormData, a promise. What the schema
 * makes a text of, such as a secret, may be anything.
 */
const whereNotPlain = (
  value: unknown,
  sent: unknown,
  path: ReadonlyArray<PropertyKey> = []
): ReadonlyArray<PropertyKey> | undefined => {
  if (!isObject(value) || !isObject(sent)) return undefined
  if (!isPlain(value)) return path
  for (const name in value) {
    const found = whereNotPlain(value[name], sent[name], [...path, Array.isArray(value) ? Number(name) : name])
    if (found !== undefined) return found
  }
  return undefined
}

const compiled = new WeakMap<SchemaAST.AST, Write>()

const compile = (ast: SchemaAST.AST): Write => {
  let write = compiled.get(ast)
  if (write === undefined) compiled.set(ast, write = compileNode(ast))
  return write
}

const compileNode = (ast: SchemaAST.AST): Write => {
  const { checks, encoding } = ast
  // Those of the encoded side, which a schema that was turned round has.
  if (encoding !== undefined || "encodingChecks" in ast && ast.encodingChecks !== undefined) return interpreted(ast)
  if (ast._tag === "Declaration") return declared(ast)
  if (ast._tag === "Unknown" && checks === undefined) return anything
  const compileWhole = wholes[ast._tag]
  if (compileWhole === undefined) {
    const fits = compileReading(ast)?.fits
    // What is no object is sent as it is.
    return fits === undefined ? interpreted(ast) : (value) => !isObject(value) && fits(value) ? value : refused
  }
  const write = compileWhole(ast)
  if (write === undefined) return interpreted(ast)
  return checks === undefined ? write : (value) => {
    const sent = write(value)
    // Of what is sent, because a getter may say something else when it is asked again.
    return sent !== refused && checks.every((check) => passes(check, sent, ast)) ? sent : refused
  }
}

/** Whatever JSON there is; of objects a copy, which is read once. */
const anything: Write = (value) => {
  if (!isObject(value)) return value
  if (!isPlain(value)) return refused
  const copy: Array<unknown> | Record<string, unknown> = Array.isArray(value) ? [] : {}
  for (const name of Object.keys(value)) {
    const sent = isOdd(name) ? refused : anything(value[name])
    if (sent === refused) return refused
    Reflect.set(copy, name, sent)
  }
  return copy
}

/** What a declaration takes is sent as it is, a file with its bytes: it knows what it is. */
const declared = (ast: SchemaAST.Declaration): Write => {
  const is = interpretedIs(Schema.make(ast))
  return (value) => is(value) ? value : refused
}

/** A part that this compiler does not know, such as a secret. */
const interpreted = (ast: SchemaAST.AST): Write => {
  const encode = interpreterOf(Schema.make(ast))
  return (value) => {
    const encoded = encode(value)
    return Result.isSuccess(encoded) && whereNotPlain(value, encoded.success) === undefined ? encoded.success : refused
  }
}

const compileUnion = ({ options, types }: SchemaAST.Union): Write | undefined => {
  if (options?.mode === "oneOf") return undefined
  const { kind, literals } = toldApart(types)
  const members = types.map((type, index) => ({ write: compile(type), literal: literals[index] }))
  return (given) => {
    // Several may look at a field, and none may see another value than the others.
    const value = isObject(given) && !Array.isArray(given) && isPlain(given) ? { ...given } : given
    const found = kind !== undefined && isObject(value) ? value[kind as string] : undefined
    for (const { literal, write } of members) {
      const sent = literal === undefined || literal === found ? write(value) : refused
      if (sent !== refused) return sent
    }
    return refused
  }
}

const compileArray = ({ elements, rest }: SchemaAST.Arrays): Write | undefined => {
  const [item] = rest
  if (elements.length > 0 || rest.length !== 1 || item === undefined || SchemaAST.isOptional(item)) return undefined
  const write = compile(item)
  return (value) => {
    if (!Array.isArray(value)) return refused
    const items: Array<unknown> = []
    for (let index = 0; index < value.length; index++) {
      const sent = write(value[index])
      if (sent === refused) return refused
      items.push(sent)
    }
    return items
  }
}

const compileObject = ({ indexSignatures, propertySignatures }: SchemaAST.Objects): Write | undefined => {
  const [{ parameter, type: restType } = {}, ...more] = indexSignatures
  const isKnown = parameter === undefined
    ? propertySignatures.length > 0
    : parameter._tag === "String" && parameter.checks === undefined && parameter.encoding === undefined &&
      !SchemaAST.isOptional(restType!) && more.length === 0 &&
      // What is said of every name is said of the declared ones too, unless it is nothing.
      (propertySignatures.length === 0 || restType!._tag === "Unknown" && restType!.checks === undefined)
  if (!isKnown || propertySignatures.some(({ name, type }) => isOdd(name) || mayBeFilledIn(type))) return undefined
  const fields = propertySignatures.map(({ name, type }) => {
    const value = omitted(type)
    return {
      name: name as string,
      isOmittable: value !== undefined,
      mayBeAbsent: SchemaAST.isOptional(type) && value?.encoding === undefined,
      write: compile(value ?? type)
    }
  })
  const names = new Set(fields.map(({ name }) => name))
  const writeRest = restType && compile(restType)
  return (value) => {
    if (!isObject(value) || Array.isArray(value) || !isPlain(value) || Object.getOwnPropertySymbols(value).length > 0) {
      return refused
    }
    const copy: Record<string, unknown> = {}
    for (const { isOmittable, mayBeAbsent, name, write } of fields) {
      const field = value[name]
      if (field === undefined && (isOmittable || !(name in value))) {
        if (mayBeAbsent) continue
        return refused
      }
      const sent = write(field)
      if (sent === refused) return refused
      copy[name] = sent
    }
    for (const name of Object.keys(value)) {
      if (names.has(name)) continue
      const sent = writeRest === undefined || isOdd(name) ? refused : writeRest(value[name])
      if (sent === refused) return refused
      copy[name] = sent
    }
    return copy
  }
}

/** A transformation may know a value for nothing. */
const mayBeFilledIn = (type: SchemaAST.AST) =>
  SchemaAST.isOptional(type) && type.encoding !== undefined && omitted(type) === undefined

/** To assign it would set what a copy inherits from. */
const isOdd = (name: PropertyKey) => typeof name !== "string" || name === "__proto__"

const compileSuspend = (ast: SchemaAST.Suspend): Write => {
  let write: Write | undefined
  return (value) => (write ??= compile(ast.thunk()))(value)
}

/** Of what has parts. `any`: by its tag each is given what it takes. */
const wholes: { readonly [tag: string]: (ast: any) => Write | undefined } = {
  Union: compileUnion,
  Arrays: compileArray,
  Objects: compileObject,
  Suspend: compileSuspend
}
