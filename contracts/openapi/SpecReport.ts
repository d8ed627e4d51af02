/** What another document of the vendor changes for this client, for people and for programs. */
import * as Effect from "effect/Effect"
import * as Concern from "./Concern.ts"
import { declaredOperations } from "./declaredOperations.ts"
import type * as Fingerprint from "./Fingerprint.ts"
import type { OpenApiDocument } from "./OpenApiDocument.ts"
import * as Operations from "./Operations.ts"
import * as SpecDiff from "./SpecDiff.ts"

export interface Finding extends Concern.Concern {
  /** The operationId. */
  readonly operation: string
  /** Such as `request $.externalId: maxLength is 1024, was 2048`. */
  readonly change: string
}

export interface SpecReport extends Pick<SpecDiff.SpecDiff, "from" | "to" | "others" | "schemas"> {
  readonly findings: ReadonlyArray<Finding>
}

const declared = new Map(declaredOperations.map((operation) => [Operations.key(operation), operation.facts]))

export const make = Effect.fnUntraced(function*(recorded: Fingerprint.Fingerprint, document: OpenApiDocument) {
  const { changes, from, others, schemas, servers, to } = SpecDiff.between(recorded, document)
  const findings = yield* Effect.forEach(
    changes,
    (change) =>
      Effect.map(Concern.of(change, declared.get(Operations.key(change.operation))), (concern): Finding => ({
        ...concern,
        operation: change.operation.operationId,
        change: textOf(change)
      }))
  )
  const ofServer = (url: string, kind: string, concern: Concern.Concern): Finding => ({
    ...concern,
    operation: "every operation",
    change: `server ${url}: ${kind}`
  })
  const report: SpecReport = {
    from,
    to,
    findings: [
      ...servers.gone.map((url) => ofServer(url, "gone", Concern.serverGone)),
      ...servers.appeared.map((url) => ofServer(url, "new", Concern.serverAppeared)),
      ...findings
    ],
    others,
    schemas
  }
  return report
})

const textOf = (change: SpecDiff.Change): string => {
  if (change.kind === "changed") {
    return `${change.about}: ${change.fact} is ${change.after ?? "none"}, was ${change.before ?? "none"}`
  }
  const facts = Object.entries(change.facts).map(([fact, value]) => `${fact} ${value}`).join(", ")
  return `${change.about}: ${change.kind}${facts === "" ? "" : ` (${facts})`}`
}

/** Whether there is something to do. */
export const concernsClient = ({ findings }: SpecReport): boolean =>
  findings.some(({ weight }) => weight !== "harmless")

const titles = { breaks: "BREAKS THIS CLIENT", declare: "TO BE DECLARED", harmless: "HARMLESS" } as const

export const format = ({ findings, from, others, schemas, to }: SpecReport): string =>
  [
    `${to} compared with ${from}, of which this client is made:`,
    ...(findings.length === 0 ? ["", "Nothing has changed for this client."] : []),
    ...(["breaks", "declare", "harmless"] as const).flatMap((weight) => {
      const found = findings.filter((finding) => finding.weight === weight)
      return found.length === 0 ? [] : [
        "",
        `${titles[weight]} (${found.length})`,
        ...Array.from(
          Map.groupBy(found, ({ change, meaning }) => `  ${change}\n    ${meaning}`),
          ([text, same]) => `${text}\n    ${same.map(({ operation }) => operation).join(", ")}`
        )
      ]
    }),
    "",
    ...linesOf("The rest of the API, which Sunshine.request reaches", "operations", others),
    ...linesOf("By name, those of events to webhooks among them", "schemas", schemas)
  ].join("\n")

const linesOf = (title: string, things: string, { appeared, changed, count, gone }: SpecDiff.Digested) => [
  `${title}: ${count} ${things}, ${appeared.length} new, ${gone.length} gone, ${changed.length} changed`,
  ...appeared.map((name) => `  new: ${name}`),
  ...gone.map((name) => `  gone: ${name}`),
  ...changed.map((name) => `  changed: ${name}`)
]
