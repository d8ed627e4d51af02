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

export interface SpecReport extends Pick<SpecDiff.SpecDiff, "from" | "to" | "others"> {
  readonly findings: ReadonlyArray<Finding>
}

const declared = new Map(declaredOperations.map((operation) => [Operations.key(operation), operation.facts]))

export const make = Effect.fnUntraced(function*(recorded: Fingerprint.Fingerprint, document: OpenApiDocument) {
  const { changes, from, others, servers, to } = SpecDiff.between(recorded, document)
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
    others
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

export const format = ({ findings, from, others, to }: SpecReport): string =>
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
    `The rest of the API, which Sunshine.request reaches: ${others.count} operations, ${others.appeared.length} new, ` +
    `${others.gone.length} gone, ${others.changed.length} changed`,
    ...others.appeared.map((key) => `  new: ${key}`),
    ...others.gone.map((key) => `  gone: ${key}`),
    ...others.changed.map((key) => `  changed: ${key}`)
  ].join("\n")
