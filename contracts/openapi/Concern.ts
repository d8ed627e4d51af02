/** What a change of the vendor's document means to this client. */
import * as Effect from "effect/Effect"
import { clientOutcome } from "./clientOutcome.ts"
import type { Facts, Operation } from "./Operations.ts"
import type { Change } from "./SpecDiff.ts"

export interface Concern {
  /**
   * - `breaks`: a call would fail, or send what the vendor refuses
   * - `declare`: nothing breaks, and the declaration or the contracts are behind the document
   * - `harmless`: there is nothing to do
   */
  readonly weight: "breaks" | "declare" | "harmless"
  readonly meaning: string
}

const breaks = (meaning: string): Concern => ({ weight: "breaks", meaning })
const declare = (meaning: string): Concern => ({ weight: "declare", meaning })
const harmless = (meaning: string): Concern => ({ weight: "harmless", meaning })

const asDeclared = harmless("so it is declared here")

export const serverGone = breaks("this client may be configured with it")
export const serverAppeared = harmless("`baseUrl` reaches it")

/** `declared` has the facts of the same operation of `SunshineApi`. */
export const of = (change: Change, declared: Operation["facts"] = new Map()): Effect.Effect<Concern> => {
  const [side = ""] = change.about.split(" ")
  const ours = declared.get(change.about)
  switch (side) {
    case "operation":
      return Effect.succeed(ofOperation(change, ours))
    case "status":
      return ofStatus(change, ours)
    case "response":
      return Effect.succeed(ofResponse(change, ours))
    default:
      return Effect.succeed(ofRequest(change, ours))
  }
}

const credentialsWork = harmless("the credentials of this client go on working")

const ofOperation = (change: Change, ours: Facts | undefined): Concern => {
  if (change.kind === "new") return declare("there is no method for it; Sunshine.request reaches it")
  if (change.kind === "gone") return breaks("this client has a method for it")
  switch (change.fact) {
    case "request":
      return breaks(`this client sends ${change.before}`)
    case "security": {
      const offered = change.after === "none" ? undefined : change.after?.split(" or ")
      const lost = ours?.["security"]?.split(" or ").filter((scheme) => offered?.includes(scheme) === false) ?? []
      return lost.length === 0 ? credentialsWork : breaks(`this client has credentials for ${lost.join(" and ")}`)
    }
    case "scopes": {
      const offered = change.after?.split(",")
      const lost = change.before?.split(",").filter((scope) => offered?.includes(scope) === false) ?? []
      return lost.length === 0 ? credentialsWork : breaks(`keys and tokens may have it: ${lost.join(", ")}`)
    }
    case "servers":
      return breaks("this client asks the server that it is configured with, or that of OAuth")
    case "deprecated":
      return declare("the method that calls it will stop working one day")
    default:
      return declare("nothing that is sent changes")
  }
}

const ofStatus = Effect.fnUntraced(function*(change: Change, ours: Facts | undefined) {
  const name = change.about.slice("status ".length)
  if (change.kind === "gone") {
    if (ours === undefined) return harmless("it is not declared here")
    return name.startsWith("2")
      ? breaks("this client takes it for the success")
      : declare("it is declared here, and may not come any more")
  }
  if (change.kind === "new" && ours !== undefined) return asDeclared
  const status = Number(name)
  if (!Number.isInteger(status)) return declare("this client knows single statuses only")
  const codes = (text: string | undefined) => text?.split(",") ?? []
  const was = change.kind === "new" ? [] : codes(change.before)
  const is = codes(change.kind === "new" ? change.facts["codes"] : change.after)
  const outcomes = (codes: ReadonlyArray<string | undefined>) =>
    Effect.forEach(codes, (code) => clientOutcome(change.operation.operationId, status, code))
  const known = yield* outcomes(was)
  const fresh = is.filter((code) => !was.includes(code))
  const found = yield* outcomes(change.kind === "new" && is.length === 0 ? [undefined] : fresh)
  const becomes = `becomes ${Array.from(new Set(found)).join(" or ")}`
  if (change.kind === "new") {
    if (!name.startsWith("2")) return declare(becomes)
    return found.every((outcome) => outcome === "success")
      ? declare("this client takes it for a success")
      : breaks(becomes)
  }
  if (found.length === 0) return harmless("no code is new")
  if (found.every((outcome) => known.includes(outcome))) return harmless("this client makes the same of all of them")
  return was.some((code) => !is.includes(code))
    ? breaks(`${fresh.join(", ")} ${becomes}, and was ${known.join(" or ")}`)
    : declare(`${fresh.join(", ")} ${becomes}`)
})

const isMediaType = (about: string): boolean => /^(request|response \S+) [^$]/.test(about)

const ofResponse = (change: Change, ours: Facts | undefined): Concern => {
  if (change.kind === "new") {
    if (ours !== undefined) return asDeclared
    return harmless(isMediaType(change.about) ? "this client reads JSON" : "it is kept as an unknown field")
  }
  if (ours === undefined) return harmless("this client does not read it")
  if (change.kind === "gone") {
    return isMediaType(change.about) || ours["required"] === "yes"
      ? breaks("this client cannot read an answer without it")
      : declare("it is declared here, and may not come any more")
  }
  const { after, fact } = change
  const here = ours[fact]
  switch (fact) {
    case "type":
      return accepts(here, after) ? harmless("it is read here") : breaks(`this client reads ${here} only`)
    case "null":
      return after === undefined || here !== undefined
        ? harmless("it is read here")
        : breaks("this client reads no null")
    case "required":
      return after === undefined && here !== undefined
        ? breaks("this client cannot read an answer without it")
        : harmless("it is read here")
    case "deprecated":
      return declare("it may not come any more one day")
    default:
      return here === undefined || here === after
        ? harmless("it is read for its type only")
        : breaks(`this client reads ${here} only`)
  }
}

const ofRequest = (change: Change, ours: Facts | undefined): Concern => {
  if (change.about.startsWith("path ") && change.kind !== "changed") {
    return declare("nothing that is sent changes, but the name of a parameter")
  }
  if (change.kind === "new") {
    if (ours !== undefined) return asDeclared
    if (isMediaType(change.about)) return harmless("this client sends JSON")
    return change.facts["required"] === "yes"
      ? breaks("this client never sends it")
      : declare("this client has no way to send it")
  }
  if (ours === undefined) {
    return change.kind === "changed" && change.fact === "required" && change.after === "yes"
      ? breaks("this client never sends it")
      : harmless("this client does not send it")
  }
  if (change.kind === "gone") return breaks("this client sends it where it is given")
  const { after, fact } = change
  if (fact === "default") return harmless("it is for a value that is not sent")
  if (fact === "deprecated") return declare("it may be refused one day")
  const here = ours[fact]
  const isTaken = fact === "type" ? accepts(after, here) : isWithin(fact, here, after)
  const isAllThatIsTaken = fact === "type" ? accepts(here, after) : isWithin(fact, after, here)
  const rule = `this client has ${fact} ${here ?? "none"}`
  if (!isTaken) return breaks(`${rule}, and would send what is refused`)
  return isAllThatIsTaken ? harmless(rule) : declare(`${rule}, and refuses what is taken`)
}

/** Whether every value of the one type is one of the other. */
const accepts = (wide = "any", narrow = "any"): boolean => {
  const types = wide.split(" or ")
  return types.includes("any") ||
    narrow.split(" or ").every((type) => types.includes(type) || (type === "integer" && types.includes("number")))
}

/** Whether whatever keeps to the one limit keeps to the other. */
const isWithin = (fact: string, inner: string | undefined, outer: string | undefined): boolean => {
  if (fact === "null") return inner === undefined || outer !== undefined
  if (outer === undefined || inner === outer) return true
  if (inner === undefined) return false
  if (fact === "enum") {
    const values = outer.split(",")
    return inner.split(",").every((value) => values.includes(value))
  }
  if (/^max[A-Z]|^maximum$|^exclusiveMaximum$/.test(fact)) return Number(inner) <= Number(outer)
  if (/^min[A-Z]|^minimum$|^exclusiveMinimum$/.test(fact)) return Number(inner) >= Number(outer)
  return false
}
