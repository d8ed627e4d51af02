import { parseAst } from "rolldown/parseAst"

type Program = ReturnType<typeof parseAst>

type Statement = Program["body"][number]

type Declaration = Exclude<Extract<Statement, { type: "ExportNamedDeclaration" }>["declaration"], null>

type Class = Extract<Declaration, { superClass: unknown }>

type Expression = Exclude<
  Extract<Declaration, { type: "VariableDeclaration" }>["declarations"][number]["init"],
  null
>

type Name = Extract<
  Extract<Declaration, { type: "VariableDeclaration" }>["declarations"][number]["id"],
  { type: "Identifier" }
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
 * What is declared as a `Schema.Codec`, of which nobody knows more than that, is made by the `deferred` of a module, if one is
 * given: when somebody asks for it. Most programs use few of all schemas, and to make them takes longer than to load them.
 *
 * The lines stay where they are. Throws where a statement cannot be left out.
 */
export const leftOutUnlessUsed = (source: string, file: string, deferred?: string): string => {
  const insertions = parseAst(source, { lang: "ts" }).body.flatMap((statement) => {
    const found = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement
    const wrapped = found === null ? [] : wrap(found, deferred !== undefined)
    if (wrapped !== undefined) return wrapped
    throw new Error(`${file}: no bundler would leave out ${source.slice(statement.start, statement.end)}`)
  })
  const imported = insertions.some(([, inserted]) => inserted === startDeferred)
    ? `import { deferred } from ${JSON.stringify(deferred)};`
    : ""
  return imported +
    insertions.reduceRight((text, [at, inserted]) => text.slice(0, at) + inserted + text.slice(at), source)
}

const start = "/* @__PURE__ */ (() => "

const startDeferred = "/* @__PURE__ */ deferred(() => ("

/** `undefined` for a statement that does something. */
const wrap = (statement: Declaration | Statement, defers: boolean): ReadonlyArray<Insertion> | undefined => {
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
        if (defers && isCodec(id)) insertions.push([init.start, startDeferred], [init.end, "))"])
        else insertions.push([init.start, `${start}(`], [init.end, "))()"])
      }
      return insertions
    }
  }
  // A type.
  return statement.type.startsWith("TS") ? [] : undefined
}

/** Whether it is declared as one. */
const isCodec = ({ typeAnnotation }: Name): boolean => {
  const type = typeAnnotation?.typeAnnotation
  return type?.type === "TSTypeReference" && type.typeName.type === "TSQualifiedName" &&
    type.typeName.right.name === "Codec"
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
