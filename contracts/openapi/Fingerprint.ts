/**
 * What this project keeps of the vendor's OpenAPI document, which is not ours to publish: what it says of the operations that
 * are declared here, and a digest of every other one and of every schema.
 */
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { createHash } from "node:crypto"
import { declaredOperations } from "./declaredOperations.ts"
import type { OpenApiDocument } from "./OpenApiDocument.ts"
import * as Operations from "./Operations.ts"

const Facts = Schema.Record(Schema.String, Schema.String)

/** By the name of what they are of. */
const Digests = Schema.Record(Schema.String, Schema.String)

export type Digests = typeof Digests.Type

export const Fingerprint = Schema.Struct({
  version: Schema.String,
  servers: Schema.Array(Schema.String),
  /** The operations of ours, and those with a tag that one of these has, whatever we call it. */
  operations: Schema.Array(Schema.Struct({
    operationId: Schema.String,
    method: Schema.String,
    path: Schema.String,
    tags: Schema.Array(Schema.String),
    facts: Schema.Record(Schema.String, Facts)
  })),
  /** The digest of each other operation, by method and path. */
  others: Digests,
  /** The digest of each schema, and of each webhook, whose events no operation has. */
  schemas: Digests
})

export type Fingerprint = typeof Fingerprint.Type

export const fromDocument = (document: OpenApiDocument): Fingerprint => {
  const operations = Operations.fromDocument(document)
  const tags = Operations.tagsOf(operations, declaredOperations)
  const { others = [], watched = [] } = Object.groupBy(
    operations,
    (operation) => operation.tags.some((tag) => tags.has(tag)) ? "watched" : "others"
  )
  return {
    version: document.info.version,
    servers: serversOf(document),
    operations: watched.map((operation) => ({ ...operation, facts: Object.fromEntries(operation.facts) })),
    others: digests(others),
    schemas: schemasOf(document)
  }
}

export const serversOf = ({ servers = [] }: OpenApiDocument): ReadonlyArray<string> => servers.map(({ url }) => url)

export const digests = (operations: ReadonlyArray<Operations.Operation>): Digests =>
  Object.fromEntries(operations.map((operation) => {
    const lines = Array.from(
      operation.facts,
      ([about, facts]) =>
        `${about} ${JSON.stringify(Object.entries(facts).filter(([name]) => name !== "operationId").sort())}`
    )
    return [Operations.key(operation), digest(lines.sort().join("\n"))]
  }))

/** Texts and examples have no part in them. */
export const schemasOf = (document: OpenApiDocument): Digests =>
  Object.fromEntries(
    [document.components?.schemas, document.webhooks, document["x-webhooks"]].flatMap((named = {}) =>
      Object.entries(named).map(([name, schema]) => [name, digest(JSON.stringify(schema, inOrder))])
    )
  )

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12)

/** Keys that stand in another order say the same. */
const inOrder = (_: string, value: unknown): unknown =>
  Predicate.isReadonlyObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1))
    : value

export const operationsOf = ({ operations }: Fingerprint): ReadonlyArray<Operations.Operation> =>
  operations.map((operation) => ({ ...operation, facts: new Map(Object.entries(operation.facts)) }))

/** JSON with a line for each fact and each digest, so that a change of it can be read. */
export const format = (fingerprint: Fingerprint): string =>
  JSON.stringify(fingerprint, undefined, 2)
    .replaceAll(/(?<=^ {8}".*": )\{[^{}]*\}/gm, (facts) => facts.replaceAll(/\n */g, " ")) + "\n"
