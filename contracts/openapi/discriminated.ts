/**
 * The vendor's document with what its discriminators need and it leaves out: the value that each member of a union has there.
 * Most have `type: string` with a default, some nothing; the mapping, or the name of the schema, says which it is. A base with a
 * mapping, which its members contain, becomes a union of them.
 */
interface Node {
  readonly $ref?: string
  discriminator?: { readonly propertyName: string; readonly mapping?: { readonly [value: string]: string } }
  oneOf?: ReadonlyArray<Node>
  allOf?: ReadonlyArray<Node>
  properties?: { readonly [name: string]: Property }
  required?: ReadonlyArray<string>
}

interface Property {
  readonly type?: unknown
  readonly default?: unknown
  readonly enum?: ReadonlyArray<unknown>
}

interface Document {
  readonly components?: { readonly schemas?: { [name: string]: Node } }
}

export const discriminated = <A>(document: A): A => {
  const copy = structuredClone(document)
  // What the parser gave, as far as it matters here; the document was checked before.
  const { components: { schemas = {} } = {} } = copy as Document
  const nameOf = ($ref: string) => $ref.slice($ref.lastIndexOf("/") + 1)
  for (const [name, base] of Object.entries(schemas)) {
    const mapped = Object.values(base.discriminator?.mapping ?? {})
    if (base.oneOf !== undefined || mapped.length === 0) continue
    const { discriminator, ...plain } = base
    for (const $ref of mapped) {
      const member = schemas[nameOf($ref)]
      if (member === undefined) continue
      member.allOf = (member.allOf ?? []).map((part) =>
        part.$ref !== undefined && nameOf(part.$ref) === name ? plain : part
      )
    }
    schemas[name] = { ...(discriminator && { discriminator }), oneOf: mapped.map(($ref) => ({ $ref })) }
  }
  for (const { discriminator, oneOf = [] } of Object.values(schemas)) {
    if (discriminator === undefined) continue
    const { mapping = {}, propertyName } = discriminator
    const mapped = new Map(Object.entries(mapping).map(([value, $ref]) => [nameOf($ref), value]))
    for (const { $ref = "" } of oneOf) {
      const name = nameOf($ref)
      const member = schemas[name]
      if (member === undefined) continue
      const owner = member.properties === undefined
        ? member.allOf?.findLast(({ properties }) => properties !== undefined) ?? member
        : member
      const property = owner.properties?.[propertyName]
      const value = mapped.get(name) ?? property?.default ?? name
      owner.properties = { ...owner.properties, [propertyName]: { type: "string", ...property, enum: [value] } }
      owner.required = Array.from(new Set([...owner.required ?? [], propertyName]))
    }
  }
  return copy
}
