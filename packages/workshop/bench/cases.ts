import type { Operation, Target } from "./calls.ts"
import type { Name } from "./contestants.ts"

export interface Case {
  readonly about: string
  readonly operation: Operation
  readonly credentials: Target["credentials"]
  readonly inFlight: number
  /** Of each contestant; about a tenth of a second for most. */
  readonly callsPerRound: number
  /** Measured in every round. */
  readonly inEveryRound: ReadonlyArray<Name>
  /** Measured in every third round: their figures are to be seen, not held against a limit. */
  readonly inSomeRounds: ReadonlyArray<Name>
}

const budgeted: ReadonlyArray<Name> = ["undici", "sunco", "sunco-traced"]

const compared: ReadonlyArray<Name> = [
  "dispatch",
  "fetch",
  "fetch-limited",
  "vendor",
  "effect",
  "effect-FetchHttpClient",
  "sunco-everything",
  "sunco-wrapped",
  "sunco-fetch",
  "sunco-fetch-everything",
  "sunco-promise",
  "sunco-FetchHttpClient",
  "sunco-layerUndici",
  "sunco-layerUndici-everything"
]

const of = (about: string, operation: Operation, callsPerRound: number, more?: Partial<Case>): Case => ({
  about,
  operation,
  credentials: "basic",
  inFlight: 64,
  callsPerRound,
  inEveryRound: [],
  inSomeRounds: ["undici", "fetch", "vendor", "effect", "sunco", "sunco-traced", "sunco-everything"],
  ...more
})

const others: ReadonlyArray<Name> = ["fetch", "vendor", "effect", "sunco-everything"]

const get: Operation = { name: "get", id: "small" }

export const cases = {
  "get-1": of("get, one at a time", get, 500, {
    inFlight: 1,
    inEveryRound: budgeted,
    inSomeRounds: compared
  }),
  "get-64": of("get, 64 in flight", get, 3_000, { inEveryRound: budgeted, inSomeRounds: compared }),
  "get-512": of("get, 512 in flight", get, 3_000, {
    inFlight: 512,
    inEveryRound: budgeted,
    inSomeRounds: ["dispatch", "effect", "sunco-everything"]
  }),
  create: of("create, 64 in flight", { name: "create" }, 2_000, { inEveryRound: budgeted, inSomeRounds: others }),
  missing: of("get of nobody (404), 64 in flight", { name: "missing" }, 2_000, {
    inEveryRound: budgeted,
    inSomeRounds: others
  }),
  "get-10kB": of("get of 10 kB, 64 in flight", { name: "get", id: "medium" }, 1_000),
  "get-90kB": of("get of 90 kB, 64 in flight", { name: "get", id: "large" }, 300),
  jwt: of("get with a JWT, 64 in flight", get, 2_000, { credentials: "jwt" })
} as const satisfies Record<string, Case>

export type CaseName = keyof typeof cases

export const caseNames = Object.keys(cases) as ReadonlyArray<CaseName>
