import type { CreateMessengerIntegration, MessengerIntegration } from "@sunco/schemas/ChannelIntegration"
import type { CreateCustomIntegration, CustomIntegration } from "@sunco/schemas/CustomIntegration"
import type { Integration, UnrecognizedIntegration } from "@sunco/schemas/Integration"
import type { CreateIntegration, IntegrationType, UpdateIntegration } from "@sunco/schemas/IntegrationPayloads"
import type { IntegrationResponse } from "@sunco/schemas/IntegrationsOperations"
import type { AndroidIntegration, UpdateWebIntegration, WebIntegration } from "@sunco/schemas/SdkIntegration"
import type { Webhook } from "@sunco/schemas/Webhook"
import type * as Redacted from "effect/Redacted"
import { describe, expect, test } from "tstyche"

declare const integration: Integration

describe("an integration", () => {
  test("narrows by its type", () => {
    if (integration.type === "web") expect(integration).type.toBe<WebIntegration>()
    if (integration.type === "custom") {
      expect(integration).type.toBe<CustomIntegration>()
      expect(integration.webhooks).type.toBe<ReadonlyArray<Webhook> | undefined>()
    }
    // @ts-expect-error no overlap
    void (integration.type === "wbe")
  })

  test("of a kind that is not known is left over", () => {
    const { type } = integration
    const known: ReadonlyArray<IntegrationType> = []
    if (!known.some((each) => each === type)) expect(integration.id).type.toBe<string>()
    expect<Exclude<Integration, { readonly type: IntegrationType }>>().type.toBe<UnrecognizedIntegration>()
    expect<Exclude<Integration["type"], UnrecognizedIntegration["type"]>>().type.toBe<IntegrationType>()
  })

  test("has an id and a type, and everything else may be absent", () => {
    expect<{ id: string; type: "line" }>().type.toBeAssignableTo<Integration>()
    expect<{ type: "line" }>().type.not.toBeAssignableTo<Integration>()
    expect(integration.displayName).type.toBe<string | null | undefined>()
    expect<{ readonly integration: Integration }>().type.toBeAssignableTo<IntegrationResponse>()
  })

  test("has its secrets in what the program's Effect hides them in", () => {
    expect<AndroidIntegration["senderId"]>().type.toBe<Redacted.Redacted | null | undefined>()
    expect<AndroidIntegration<"hidden">["senderId"]>().type.toBe<"hidden" | null | undefined>()
    expect<Extract<Integration<"hidden">, { type: "messenger" }>>().type.toBe<MessengerIntegration<"hidden">>()
    expect<Webhook<"hidden">["secret"]>().type.toBe<"hidden" | undefined>()
  })

  test("has none of what is only sent, and what only answers have", () => {
    expect<AndroidIntegration>().type.not.toHaveProperty("privateKey")
    expect<AndroidIntegration>().type.not.toHaveProperty("defaultResponderId")
    expect<AndroidIntegration>().type.toHaveProperty("attachmentsEnabled")
    expect<MessengerIntegration>().type.not.toHaveProperty("appSecret")
    expect<MessengerIntegration["pageId"]>().type.toBe<string | undefined>()
    expect<CreateMessengerIntegration["pageId"]>().type.toBe<number | undefined>()
  })
})

describe("an integration to make", () => {
  test("takes secrets in Redacted alone", () => {
    expect<{ type: "telegram"; token: Redacted.Redacted }>().type.toBeAssignableTo<CreateIntegration>()
    expect<{ type: "telegram"; token: string }>().type.not.toBeAssignableTo<CreateIntegration>()
    expect<{ type: "telegram"; token: string }>().type.toBeAssignableTo<CreateIntegration<string>>()
  })

  test("has the fields of its type", () => {
    expect<CreateIntegration>().type.toBeAssignableFrom({ type: "web" as const, brandColor: "0099ff" })
    expect<CreateIntegration>().type.not.toBeAssignableFrom({ type: "line" as const, brandColor: "0099ff" })
    expect<CreateIntegration>().type.not.toBeAssignableFrom({ type: "web" as const, attachmentsEnabled: true })
    expect<CreateIntegration>().type.not.toBeAssignableFrom({ type: "fax" as const })
  })

  test("of a program's own has a webhook, whose secret the vendor makes, and no one who answers first", () => {
    type Made = CreateCustomIntegration["webhooks"][number]
    expect<Made>().type.not.toHaveProperty("secret")
    expect<CreateCustomIntegration>().type.not.toHaveProperty("defaultResponderId")
  })
})

describe("a change to an integration", () => {
  test("has the fields of a kind, and no type", () => {
    expect<UpdateIntegration>().type.toBeAssignableFrom({ displayName: null })
    expect<UpdateIntegration>().type.toBeAssignableFrom({ brandColor: "0099ff", displayStyle: "tab" as const })
    expect<UpdateIntegration>().type.toBeAssignableFrom<UpdateWebIntegration>()
    expect<UpdateIntegration>().type.not.toBeAssignableFrom({ type: "web" as const })
    expect<UpdateIntegration>().type.not.toBeAssignableFrom({ barndColor: "0099ff" })
    expect<UpdateWebIntegration>().type.not.toBeAssignableFrom({ storyRepliesEnabled: true })
  })
})
