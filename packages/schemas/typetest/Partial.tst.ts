import { partial, type Profile, User } from "@sunco/schemas"
import type * as Schema from "effect/Schema"
import { describe, expect, test } from "tstyche"

const SomeUser = partial(User)

describe("partial", () => {
  test("is the model with every field optional, and no other", () => {
    expect<typeof SomeUser.Type>().type.toBe<Partial<User>>()
    expect<typeof SomeUser.Encoded>().type.toBe<Partial<User>>()
    expect<{}>().type.toBeAssignableTo<typeof SomeUser.Type>()
    expect<{ id: number }>().type.not.toBeAssignableTo<typeof SomeUser.Type>()
    expect<typeof SomeUser.Type>().type.not.toHaveProperty("hasPaymentInfo")
  })

  test("has each field by name, as one that may be absent", () => {
    expect(SomeUser.fields.id).type.toBe<Schema.optionalKey<Schema.Codec<string>>>()
    expect<typeof SomeUser.fields.profile.Type>().type.toBe<Profile>()
    expect(SomeUser.fields).type.not.toHaveProperty("hasPaymentInfo")
  })
})
