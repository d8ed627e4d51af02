import { parseAst } from "rolldown/parseAst"

type Program = ReturnType<typeof parseAst>

type Statement = Program["body"][number]

type Declaration = Exclude<Extract<Statement, { type: "ExportNamedDeclaration" }>["declaration"], null>

type Class = Extract<Declaration, { superClass: unknown }>

type Expression = Exclude<
  Extract<Declaration, { type: "VariableDeclaration" }>["declarations"][number]["init"],
  null
>

/** Text that goes into a source at a place. */
type Insertion = readonly [at: number, text: string]

/**
 * What a module computes when it is loaded, each in a function that says that it does nothing else, so that any bundler leaves out
 * what nobody uses.
 *
 * That our modules do nothing else is in their manifests (`sideEffects`). But a bundler makes use of it for whole files only, and
 * where many modules are joined in one it would keep every call of a schema, a layer or a class that extends another.
 *
 * The lines stay where they are. Throws where a statement cannot be left out.
 */
export const leftOutUnlessUsed = (source: string, file: string): string => {
  const insertions = parseAst(source, { lang: "ts" }).body.flatMap((statement) => {
    const found = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement
    const wrapped = found === null ? [] : wrap(found)
    if (wrapped !== undefined) return wrapped
    throw new Error(`${file}: no bundler would leave out ${source.slice(statement.start, statement.end)}`)
  })
  return insertions.reduceRight((text, [at, inserted]) => text.slice(0, at) + inserted + text.slice(at), source)
}

const start = "/* @__PURE__ */ (() => "

/** `undefined` for a statement that does something. */
const wrap = (statement: Declaration | Statement): ReadonlyArray<Insertion> | undefined => {
  switch (statement.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "FunctionDeclaration":
      return []
    case "ClassDeclaration":
      if (isAtRest(statement)) return []
      return statement.id === null
        ? undefined
        : [[statement.start, `const ${statement.id.name} = ${start}`], [statement.end, ")();"]]
    case "VariableDeclaration": {
      const insertions: Array<Insertion> = []
      for (const { id, init } of statement.declarations) {
        if (isValue(init)) continue
        if (init === null || id.type !== "Identifier") return undefined
        insertions.push([init.start, `${start}(`], [init.end, "))()"])
      }
      return insertions
    }
  }
  // A type.
  return statement.type.startsWith("TS") ? [] : undefined
}

/** What is there without anything that has to run for it. */
const isValue = (expression: Expression | null): boolean => {
  switch (expression?.type) {
    case undefined:
    case "Literal":
    case "Identifier":
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return true
    case "TemplateLiteral":
      return expression.expressions.length === 0
    case "ArrayExpression":
      return expression.elements.every((element) => element?.type !== "SpreadElement" && isValue(element))
    case "ObjectExpression":
      return expression.properties.every((property) =>
        property.type === "Property" && !property.computed && isValue(property.value)
      )
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return isValue(expression.expression)
  }
  return false
}

const isAtRest = ({ body, superClass }: Class): boolean =>
  superClass === null &&
  body.body.every((member) =>
    member.type === "MethodDefinition" && !member.computed ||
    member.type === "PropertyDefinition" && !member.computed && (!member.static || isValue(member.value))
  )
