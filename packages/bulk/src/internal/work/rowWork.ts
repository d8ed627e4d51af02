import type { Users } from "@sunco/client/Users"
import { BrandId, ExternalId, UserIdOrExternalId } from "@sunco/schemas/Ids"
import { CreateUser, UpdateUser } from "@sunco/schemas/UserPayloads"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Outcome, OutcomeName } from "../../Outcome.ts"
import type * as UserRows from "../../UserRows.ts"
import type { Row, RowKind } from "../ChunkSource.ts"
import { eraseRow, type OfChunk } from "./eraseRow.ts"
import { exportRow } from "./exportRow.ts"
import { importRow } from "./importRow.ts"
import type { JobOptions } from "./jobOptions.ts"
import type { Ended, RowCalls, Stopped } from "./rowCalls.ts"
import { updateRow } from "./updateRow.ts"

/** What a job does with a row. */
export interface RowWork<A> {
  readonly kind: RowKind<A>
  readonly run: (
    users: Users["Service"],
    row: Row<A>,
    calls: RowCalls,
    of: OfChunk
  ) => Effect.Effect<Ended, Stopped>
  /** Nothing is sent again after a request of which nobody knows. */
  readonly strict: boolean
  /** What is listed row by row; of the others there is only their number. */
  readonly isListed: (outcome: OutcomeName) => boolean
}

/** `any`: which rows a job has only its options say, and they are what reads the rows and what works on them. */
export type AnyRowWork = RowWork<any>

/** A row of such a job. */
export type AnyRow = Parameters<AnyRowWork["run"]>[1]

/** The outcomes of which a million is as good as one. */
const ordinary: ReadonlySet<OutcomeName> = new Set(["created", "found", "updated", "exported", "cancelled"])

const unlessOrdinary = (outcome: OutcomeName) => !ordinary.has(outcome)

/** (brandId, externalId), told apart from any other pair. */
const keyOf = (brandId: string | null | undefined, id: string): string => JSON.stringify([brandId ?? null, id])

const address = {
  // The vendor takes either there.
  id: Schema.optional(UserIdOrExternalId),
  externalId: Schema.optional(ExternalId),
  brandId: Schema.optional(BrandId)
}

const UserAddress: Schema.Codec<UserRows.UserAddress, unknown> = Schema.Struct(address)

// The codec of the package has no fields by its type; it is made of them.
const UpdateRow: Schema.Codec<UserRows.UpdateRow, unknown> = Schema.Struct({
  ...address,
  ...(UpdateUser as unknown as Schema.Struct<Schema.Struct.Fields>).fields
}) as unknown as Schema.Codec<UserRows.UpdateRow, unknown>

const addressOf = ({ brandId, externalId, id }: UserRows.UserAddress): string | undefined => {
  const key = id ?? externalId
  return key === undefined ? undefined : keyOf(brandId, key)
}

/** @internal */
export const rowWorkOf = (options: JobOptions): AnyRowWork => {
  switch (options.kind) {
    case "import":
      return {
        kind: {
          schema: CreateUser,
          key: ({ brandId, externalId }: CreateUser) =>
            externalId === undefined ? undefined : keyOf(brandId, externalId),
          keyFrom: options.externalIdFrom
        },
        // The input refuses rows without a key.
        run: (users, { value }: Row<CreateUser & { readonly externalId: string }>, calls) =>
          importRow(users, options.mode, value, calls),
        strict: false,
        isListed: unlessOrdinary
      }
    case "export":
      return {
        kind: { schema: UserAddress, key: addressOf },
        run: (users, row: Row<UserRows.UserAddress>, calls, { exported }) => exportRow(users, row, calls, exported),
        strict: false,
        isListed: unlessOrdinary
      }
    case "update":
      return {
        kind: { schema: UpdateRow, key: addressOf },
        run: (users, { value }: Row<UserRows.UpdateRow>, calls) => updateRow(users, value, calls),
        strict: options.strict,
        isListed: unlessOrdinary
      }
    case "erase":
      return {
        kind: { schema: UserAddress, key: addressOf },
        run: (users, row: Row<UserRows.UserAddress>, calls, of) => eraseRow(users, options.how, row, calls, of),
        strict: false,
        isListed: (outcome) => outcome !== "cancelled"
      }
  }
}

/** @internal */
export const keyOfOutcome = (
  row: Row<{ readonly externalId?: string; readonly id?: string }>
): Pick<Outcome, "key"> => {
  const key = row.value.id ?? row.value.externalId
  return key === undefined ? {} : { key }
}
