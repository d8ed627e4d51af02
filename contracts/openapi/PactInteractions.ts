/** The interactions of a pact file against the operations of a document. */
import * as Schema from "effect/Schema"
import type { Deviation } from "./Deviation.ts"
import * as Operations from "./Operations.ts"

const Interaction = Schema.Struct({
  description: Schema.String,
  request: Schema.Struct({
    method: Schema.String,
    path: Schema.String,
    query: Schema.optionalKey(Schema.Record(Schema.String, Schema.Array(Schema.String))),
    body: Schema.optionalKey(Schema.Struct({ content: Schema.Json }))
  }),
  response: Schema.Struct({
    status: Schema.Int,
    body: Schema.optionalKey(Schema.Struct({ content: Schema.Json }))
  })
})

export type Interaction = typeof Interaction.Type

/** A pact file of version 4. */
export const Pact = Schema.Struct({ interactions: Schema.Array(Interaction) })

/** The operation that a request is for. */
export const operationOf = (
  operations: ReadonlyArray<Operations.Operation>,
  { request }: Interaction
): Operations.Operation | undefined =>
  operations.find(({ method, path }) =>
    method === request.method &&
    new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{[^}]*\}/g, "[^/]+")}$`).test(request.path)
  )

/**
 * What `Comparator` does not see: request fields and query parameters that are not documented, or missing; null where a document
 * overrules that it is allowed; and documented statuses of declared operations that no interaction has.
 */
export const deviations = (
  vendor: ReadonlyArray<Operations.Operation>,
  ours: ReadonlyArray<Operations.Operation>,
  interactions: ReadonlyArray<Interaction>
): ReadonlyArray<Deviation> => {
  const declared = new Set(ours.map(Operations.key))
  return [
    ...interactions.flatMap((interaction) => {
      const operation = operationOf(vendor, interaction)
      const texts = operation === undefined
        ? ["operation: not documented by the vendor"]
        : ofInteraction(operation, interaction)
      return texts.map((text) => ({ subject: interaction.description, text: `pact, ${text}` }))
    }),
    ...vendor.filter((operation) => declared.has(Operations.key(operation))).flatMap((operation) =>
      Operations.statuses(operation)
        .filter((status) =>
          !interactions.some((interaction) =>
            interaction.response.status === status && operationOf(vendor, interaction) === operation
          )
        )
        .map((status) => ({ subject: operation.operationId, text: `pact, status ${status}: in no interaction` }))
    )
  ]
}

const ofInteraction = (
  { facts }: Operations.Operation,
  { request, response }: Interaction
): ReadonlyArray<string> => {
  const parameters = Object.keys(request.query ?? {}).map((name) => `query ${name}`)
  const sent = request.body === undefined ? [] : valuesIn(facts, "request $", request.body.content)
  const received = response.body === undefined
    ? []
    : valuesIn(facts, `response ${response.status} $`, response.body.content)
  const required = Array.from(facts.keys()).filter((about) =>
    about.startsWith("query ") && facts.get(about)?.["required"]
  )
  return [
    ...[...parameters, ...sent.map(({ about }) => about)]
      .filter((about) => !isDocumented(facts, about))
      .map((about) => `${about}: not documented by the vendor`),
    ...required.filter((about) => !parameters.includes(about)).map((about) =>
      `${about}: required by the vendor, not sent`
    ),
    ...[...sent, ...received]
      .filter(({ about, value }) => value === null && facts.has(about) && facts.get(about)?.["null"] === undefined)
      .map(({ about }) => `${about}: null, which the vendor does not have there`)
  ]
}

/** By itself, or as something inside what may be anything. */
const isDocumented = (facts: Operations.Operation["facts"], about: string): boolean => {
  const parent = about.replace(/(\[\]|\.[^.]*)$/, "")
  return facts.has(about) || (parent !== about && (facts.has(`${parent}.*`) || isWithinAnything(facts, parent)))
}

const isWithinAnything = (facts: Operations.Operation["facts"], about: string): boolean =>
  !facts.has(about) && isDocumented(facts, about)

interface Value {
  readonly about: string
  readonly value: Schema.Json
}

/** Inside a member of a union the facts are about that member, and none is about what names it. */
const valuesIn = (facts: Operations.Operation["facts"], about: string, value: Schema.Json): ReadonlyArray<Value> => {
  const own = { about, value }
  if (value === null || typeof value !== "object") return [own]
  if (Array.isArray(value)) return [own, ...value.flatMap((item) => valuesIn(facts, `${about}[]`, item))]
  const fields = Object.entries(value)
  const memberNamed = ([, field]: readonly [string, Schema.Json]) => facts.has(`${about}(${String(field)})`)
  const naming = fields.find(memberNamed)
  const base = naming === undefined ? about : `${about}(${String(naming[1])})`
  return [
    own,
    ...fields.flatMap(([name, field]) => name === naming?.[0] ? [] : valuesIn(facts, `${base}.${name}`, field))
  ]
}
