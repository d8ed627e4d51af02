import type { CreateUser, Metadata, ProfileInput, SyncUser, UpdateUser } from "@sunco/schemas"
import type * as Schema from "effect/Schema"
import { describe, expect, test } from "tstyche"

declare const create: (payload: CreateUser) => void
declare const update: (payload: UpdateUser) => void

test("a payload has the type of its interface", () => {
  expect<typeof CreateUser>().type.toBe<Schema.Codec<CreateUser>>()
  expect<typeof UpdateUser>().type.toBe<Schema.Codec<UpdateUser>>()
  expect<typeof SyncUser>().type.toBe<Schema.Codec<SyncUser>>()
})

test("a field is documented, spelled right, and nullable where the vendor takes null", () => {
  expect<CreateUser>().type.toBe<{
    readonly externalId?: string | undefined
    readonly brandId?: string | null | undefined
    readonly signedUpAt?: string | undefined
    readonly toBeRetained?: boolean | undefined
    readonly profile?: ProfileInput | undefined
    readonly metadata?: Metadata | null | undefined
  }>()
  expect<UpdateUser>().type.toBe<{
    readonly signedUpAt?: string | undefined
    readonly toBeRetained?: boolean | undefined
    readonly profile?: ProfileInput | undefined
    readonly metadata?: Metadata | null | undefined
  }>()
  expect<ProfileInput>().type.toBe<{
    readonly givenName?: string | null | undefined
    readonly surname?: string | null | undefined
    readonly email?: string | null | undefined
    readonly avatarUrl?: string | null | undefined
    readonly locale?: string | null | undefined
  }>()
  expect<SyncUser>().type.toBe<{ readonly survivingZendeskId?: string | undefined }>()
})

describe("a literal", () => {
  test("may leave out, undefine and, where it is allowed, clear a field", () => {
    create({})
    create({ externalId: undefined, profile: { givenName: null, surname: undefined }, metadata: null })
    update({ profile: undefined, metadata: { plan: "pro", seats: 3, trial: false } })
  })

  test("with a mistyped or fixed field does not compile", () => {
    // @ts-expect-error 'extenalId' does not exist in type 'CreateUser'
    create({ extenalId: "ada" })
    // @ts-expect-error 'fristName' does not exist in type 'ProfileInput'
    create({ profile: { fristName: "Ada" } })
    // @ts-expect-error 'externalId' does not exist in type 'UpdateUser'
    update({ externalId: "ada" })
    // @ts-expect-error 'brandId' does not exist in type 'UpdateUser'
    update({ brandId: "1" })
    // @ts-expect-error 'identities' does not exist in type 'UpdateUser'
    update({ identities: [] })
  })

  test("with null where the vendor takes none does not compile", () => {
    // @ts-expect-error Type 'null' is not assignable to type 'string | undefined'.
    create({ externalId: null })
    // @ts-expect-error Type 'null' is not assignable to type 'ProfileInput | undefined'.
    update({ profile: null })
    // @ts-expect-error Type 'null' is not assignable to type 'boolean | undefined'.
    update({ toBeRetained: null })
  })

  test("with nested metadata does not compile", () => {
    // @ts-expect-error Type '{ city: string; }' is not assignable to type 'string | number | boolean'.
    update({ metadata: { address: { city: "Zürich" } } })
    // @ts-expect-error Type 'null' is not assignable to type 'string | number | boolean'.
    update({ metadata: { plan: null } })
  })
})
