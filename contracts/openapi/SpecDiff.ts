/** What another OpenAPI document of the vendor says otherwise than the one of a fingerprint. */
import * as Fingerprint from "./Fingerprint.ts"
import type { OpenApiDocument } from "./OpenApiDocument.ts"
import * as Operations from "./Operations.ts"

export type Change =
  & {
    /** The operation as it was; as it is, when it is new. */
    readonly operation: Operations.Operation
    /** As in `Operation.facts`. */
    readonly about: string
  }
  & (
    /** All of it, and what is in it. */
    | { readonly kind: "new"; readonly facts: Operations.Facts }
    | { readonly kind: "gone"; readonly facts: Operations.Facts }
    | {
      readonly kind: "changed"
      readonly fact: string
      readonly before: string | undefined
      readonly after: string | undefined
    }
  )

/** What is known by a digest alone. */
export interface Digested {
  readonly count: number
  readonly appeared: ReadonlyArray<string>
  readonly gone: ReadonlyArray<string>
  readonly changed: ReadonlyArray<string>
}

export interface SpecDiff {
  readonly from: string
  readonly to: string
  readonly servers: { readonly appeared: ReadonlyArray<string>; readonly gone: ReadonlyArray<string> }
  readonly changes: ReadonlyArray<Change>
  /** The operations that are not declared here, by method and path. */
  readonly others: Digested
  /** By name; webhooks are among them. */
  readonly schemas: Digested
}

export const between = (recorded: Fingerprint.Fingerprint, document: OpenApiDocument): SpecDiff => {
  const before = Fingerprint.operationsOf(recorded)
  const all = Operations.fromDocument(document)
  const tags = new Set(before.flatMap((operation) => operation.tags))
  const pairs = before.map((one) =>
    [
      one,
      all.find((other) => Operations.key(other) === Operations.key(one)) ??
        all.find(({ operationId }) => operationId === one.operationId)
    ] as const
  )
  const known = new Set(pairs.map(([, other]) => other))
  const { others = [], fresh = [] } = Object.groupBy(
    all.filter((operation) => !known.has(operation)),
    (operation) => operation.tags.some((tag) => tags.has(tag)) ? "fresh" : "others"
  )
  const servers = Fingerprint.serversOf(document)
  return {
    from: recorded.version,
    to: document.info.version,
    servers: {
      appeared: servers.filter((url) => !recorded.servers.includes(url)),
      gone: recorded.servers.filter((url) => !servers.includes(url))
    },
    changes: [
      ...pairs.flatMap(([one, other]) => other === undefined ? [whole("gone", one)] : ofOperation(one, other)),
      ...fresh.map((operation) => whole("new", operation))
    ],
    others: digested(recorded.others, Fingerprint.digests(others)),
    schemas: digested(recorded.schemas, Fingerprint.schemasOf(document))
  }
}

const digested = (before: Fingerprint.Digests, after: Fingerprint.Digests): Digested => {
  const was = new Map(Object.entries(before))
  const is = new Map(Object.entries(after))
  return {
    count: is.size,
    appeared: Array.from(is.keys()).filter((name) => !was.has(name)),
    gone: Array.from(was.keys()).filter((name) => !is.has(name)),
    changed: Array.from(is.keys()).filter((name) => was.has(name) && was.get(name) !== is.get(name))
  }
}

const line = ({ method, path }: Operations.Operation): string => `${method} ${path}`

const whole = (kind: "new" | "gone", operation: Operations.Operation): Change => ({
  kind,
  operation,
  about: "operation",
  facts: { request: line(operation) }
})

const ofOperation = (before: Operations.Operation, after: Operations.Operation): ReadonlyArray<Change> => {
  const of = (about: string) => ({ operation: before, about })
  const changed = (about: string, fact: string, was: string | undefined, is: string | undefined): Change => ({
    ...of(about),
    kind: "changed",
    fact,
    before: was,
    after: is
  })
  const appeared = Array.from(after.facts.keys()).filter((about) => !before.facts.has(about))
  const gone = Array.from(before.facts.keys()).filter((about) => !after.facts.has(about))
  return [
    ...(Operations.key(before) === Operations.key(after)
      ? []
      : [changed("operation", "request", line(before), line(after))]),
    ...outermost(gone).map((about): Change => ({ ...of(about), kind: "gone", facts: before.facts.get(about) ?? {} })),
    ...outermost(appeared).map((about): Change => ({ ...of(about), kind: "new", facts: after.facts.get(about) ?? {} })),
    ...Array.from(before.facts).flatMap(([about, was]) => {
      const is = after.facts.get(about)
      return is === undefined ? [] : Array.from(new Set([...Object.keys(was), ...Object.keys(is)]))
        .filter((fact) => was[fact] !== is[fact])
        .map((fact) => changed(about, fact, was[fact], is[fact]))
    })
  ]
}

/** Without what is in another one of them. */
const outermost = (abouts: ReadonlyArray<string>): ReadonlyArray<string> =>
  abouts.filter((about) => !abouts.some((outer) => isIn(about, outer)))

const isIn = (about: string, outer: string): boolean =>
  about.startsWith(`${outer}.`) ||
  about.startsWith(`${outer}[`) ||
  (outer === "request" && about.startsWith("request ")) ||
  (outer.startsWith("status ") && about.startsWith(`response ${outer.slice("status ".length)} `))
