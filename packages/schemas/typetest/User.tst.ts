import type { ErrorEntry, ErrorEnvelope, Identity, Metadata, Profile, User } from "@sunco/schemas"
import type { UserResponse } from "@sunco/schemas/UsersOperations"
import type * as Schema from "effect/Schema"
import { describe, expect, test } from "tstyche"

declare const user: User
declare const profile: Profile

describe("a response", () => {
  test("has the type of its interface", () => {
    expect<typeof User.Type>().type.toBe<User>()
    expect<typeof User.Encoded>().type.toBe<User>()
    expect<typeof Profile.Type>().type.toBe<Profile>()
    expect<typeof Metadata.Type>().type.toBe<Metadata>()
    expect<typeof Identity.Type>().type.toBe<Identity>()
    expect<typeof ErrorEntry.Type>().type.toBe<ErrorEntry>()
    expect<typeof User>().type.toBe<Schema.Codec<User>>()
  })

  test("has no field but those of its interface: a mistyped name does not compile", () => {
    expect(user).type.not.toHaveProperty("extenalId")
    expect(profile).type.not.toHaveProperty("fristName")
    // @ts-expect-error Property 'extenalId' does not exist on type 'User'.
    void user.extenalId
    // @ts-expect-error Property 'hasPaymentInfo' does not exist on type 'User'.
    void user["hasPaymentInfo"]
  })

  test("has an id, and everything else may be absent", () => {
    expect<{ id: string }>().type.toBeAssignableTo<User>()
    expect<{}>().type.not.toBeAssignableTo<User>()
    expect<{}>().type.toBeAssignableTo<Profile>()
    expect<{}>().type.toBeAssignableTo<Identity>()
    expect<{}>().type.toBeAssignableTo<ErrorEntry>()
  })

  test("is null, absent or present exactly where the vendor says so", () => {
    expect(user.id).type.toBe<string>()
    expect(user.authenticated).type.toBe<boolean | undefined>()
    expect(user.externalId).type.toBe<string | null | undefined>()
    expect(user.zendeskId).type.toBe<string | null | undefined>()
    expect(user.brandId).type.toBe<string | null | undefined>()
    expect(user.signedUpAt).type.toBe<string | undefined>()
    expect(user.toBeRetained).type.toBe<boolean | undefined>()
    expect(user.profile).type.toBe<Profile | undefined>()
    expect(user.metadata).type.toBe<Metadata | undefined>()
    expect(user.identities).type.toBe<ReadonlyArray<Identity> | undefined>()
    expect(profile.givenName).type.toBe<string | null | undefined>()
  })

  test("never has undefined as the value of a key that is there", () => {
    expect<{ id: string; signedUpAt: undefined }>().type.not.toBeAssignableTo<User>()
    expect<{ email: undefined }>().type.not.toBeAssignableTo<Profile>()
  })

  test("is read-only", () => {
    // @ts-expect-error Cannot assign to 'id' because it is a read-only property.
    user.id = "2"
    // @ts-expect-error Property 'push' does not exist on type 'readonly Identity[]'.
    user.identities?.push({})
  })

  test("takes a wider object, so that undocumented fields can ride along", () => {
    expect<{ id: string; hasPaymentInfo: boolean }>().type.toBeAssignableTo<User>()
    expect<{ user: User; requestId: string }>().type.toBeAssignableTo<UserResponse>()
    expect<{ errors: ReadonlyArray<{ code: string; pointer: string }> }>().type.toBeAssignableTo<ErrorEnvelope>()
  })
})

test("metadata is flat: strings, numbers and booleans", () => {
  expect<{ a: string; b: number; c: boolean }>().type.toBeAssignableTo<Metadata>()
  expect<{ a: null }>().type.not.toBeAssignableTo<Metadata>()
  expect<{ a: undefined }>().type.not.toBeAssignableTo<Metadata>()
  expect<{ a: { b: string } }>().type.not.toBeAssignableTo<Metadata>()
  expect<{ a: ReadonlyArray<string> }>().type.not.toBeAssignableTo<Metadata>()
  expect<{ a: bigint }>().type.not.toBeAssignableTo<Metadata>()
  expect<Metadata[string]>().type.toBe<string | number | boolean>()
})
