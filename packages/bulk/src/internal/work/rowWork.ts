import type { Users } from "@sunco/client/Users"
import { CreateUser } from "@sunco/schemas/UserPayloads"
import type * as Effect from "effect/Effect"
import type { Outcome, OutcomeName } from "../../Outcome.ts"
import type { Row, RowKind } from "../ChunkSource.ts"
import { importRow } from "./importRow.ts"
import type { JobOptions } from "./jobOptions.ts"
import type { Ended, RowCalls, Stopped } from "./rowCalls.ts"

/** What a job does with a row. */
export interface RowWork<A> {
  readonly kind: RowKind<A>
  readonly run: (users: Users["Service"], row: Row<A>, calls: RowCalls) => Effect.Effect<Ended, Stopped>
  /** Nothing is sent twice after a request of which nobody knows. */
  readonly strict: boolean
  /** What is listed row by row; of the others there is only their number. */
  readonly isListed: (outcome: OutcomeName) => boolean
}

/** The outcomes of which a million is as good as one. */
const ordinary: ReadonlySet<OutcomeName> = new Set(["created", "found", "updated", "exported", "cancelled"])

const unlessOrdinary = (outcome: OutcomeName) => !ordinary.has(outcome)

/** (brandId, externalId), told apart from any other pair. */
const keyOf = (brandId: string | null | undefined, id: string): string => JSON.stringify([brandId ?? null, id])

/** @internal */
export const rowWorkOf = (options: JobOptions): RowWork<any> => {
  switch (options.kind) {
    case "import":
      return {
        kind: {
          schema: CreateUser,
          key: ({ brandId, externalId }: CreateUser) => externalId === undefined ? undefined : keyOf(brandId, externalId),
          keyFrom: options.externalIdFrom
        },
        // The input refuses rows without a key.
        run: (users, { value }: Row<CreateUser & { readonly externalId: string }>, calls) =>
          importRow(users, options.mode, value, calls),
        strict: false,
        isListed: unlessOrdinary
      }
  }
}

/** @internal */
export const keyOfOutcome = (row: Row<{ readonly externalId?: string; readonly id?: string }>): Pick<Outcome, "key"> => {
  const key = row.value.id ?? row.value.externalId
  return key === undefined ? {} : { key }
}
