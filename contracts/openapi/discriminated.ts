/**
 * The vendor's document with what its discriminators need and it leaves out: the value that each member of a union has there.
 * Most have `type: string` with a default, some nothing; the mapping, or the name of the schema, says which it is.
 */
interface Node {
  readonly $ref?: string
  readonly discriminator?: { readonly propertyName: string; readonly mapping?: { readonly [value: string]: string } }
  readonly oneOf?: ReadonlyArray<Node>
  readonly allOf?: ReadonlyArray<Node>
  properties?: { readonly [name: string]: Property }
  required?: ReadonlyArray<string>
}

interface Property {
  readonly type?: unknown
  readonly default?: unknown
  readonly enum?: ReadonlyArray<unknown>
}

interface Document {
  readonly components?: { readonly schemas?: { readonly [name: string]: Node } }
}

export const discriminated = <A>(document: A): A => {
  const copy = structuredClone(document)
  // What the parser gave, as far as it matters here; the document was checked before.
  const { components: { schemas = {} } = {} } = copy as Document
  const nameOf = ($ref: string) => $ref.slice($ref.lastIndexOf("/") + 1)
  for (const { discriminator, oneOf = [] } of Object.values(schemas)) {
    if (discriminator === undefined) continue
    const { mapping = {}, propertyName } = discriminator
    const mapped = new Map(Object.entries(mapping).map(([value, $ref]) => [nameOf($ref), value]))
    for (const { $ref = "" } of oneOf) {
      const name = nameOf($ref)
      const member = schemas[name]
      if (member === undefined) continue
      const owner = member.properties === undefined
        ? member.allOf?.find(({ properties }) => properties !== undefined) ?? member
        : member
      const property = owner.properties?.[propertyName]
      const value = mapped.get(name) ?? property?.default ?? name
      owner.properties = { ...owner.properties, [propertyName]: { type: "string", ...property, enum: [value] } }
      owner.required = Array.from(new Set([...owner.required ?? [], propertyName]))
    }
  }
  return copy
}
