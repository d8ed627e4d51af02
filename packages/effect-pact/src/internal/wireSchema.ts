/** The wire side of a schema: what JSON it reads, before any transformation. */
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"

export const codecOf = (schema: Schema.ConstraintDecoder<unknown>) => Schema.toCodecJson(schema)

export const wireOf = (schema: Schema.ConstraintDecoder<unknown>): AST.AST => Schema.toEncoded(codecOf(schema)).ast

// An AST says nothing of its types to the compiler; on the wire side it needs no services and decodes to itself.
export const fromAst = (ast: AST.AST) => Schema.make<Schema.Codec<Schema.Json>>(ast)

export const accepts = (ast: AST.AST, json: Schema.Json): boolean => Schema.is(fromAst(ast))(json)

/** Any JSON, which is also how a declaration reads that has no codec of its own. */
export const isJson = (ast: AST.AST): boolean => AST.isDeclaration(ast) || AST.isUnknown(ast) || AST.isAny(ast)

export const isText = (ast: AST.AST): ast is AST.Literal & { readonly literal: string } =>
  AST.isLiteral(ast) && Predicate.isString(ast.literal)

/** `Schema.Number` is also these three texts on the wire, which no API means. */
const isNonFinite = (ast: AST.AST): boolean => isText(ast) && ["Infinity", "-Infinity", "NaN"].includes(ast.literal)

/** The members of a union that say something of their own; the schema itself, when it is no union. */
export const members = (ast: AST.AST): ReadonlyArray<AST.AST> => {
  if (AST.isSuspend(ast)) return members(ast.thunk())
  if (!AST.isUnion(ast)) return [ast]
  const all = ast.types.flatMap(members)
  const hasNumber = all.some(AST.isNumber)
  // Literals beside any string document an open set.
  const isOpen = all.some((member) => AST.isString(member) && member.checks === undefined)
  return all.filter((member) => !(hasNumber && isNonFinite(member)) && !(isOpen && isText(member)))
}
