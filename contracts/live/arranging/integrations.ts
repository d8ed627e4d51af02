import * as Credentials from "@sunco/client/Credentials"
import { Webhooks } from "@sunco/client/Webhooks"
import { CreateIntegration, updatableFields } from "@sunco/schemas/IntegrationPayloads"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Account } from "../Account.ts"
import { channels, harmless } from "../presupposed.ts"
import { Scene, Unarranged } from "../Scene.ts"
import { makeIntegration, makeIntegrationKey, nowhere } from "../things.ts"
import { type Given, settable } from "./settable.ts"

interface GivenIntegration {
  readonly type: string
  readonly webhooks?: unknown
}

const fieldsOf: { readonly [type: string]: ReadonlyArray<string> } = { ...updatableFields, custom: ["displayName"] }

const webhookFields = ["target", "triggers", "includeFullUser", "includeFullSource"]

/** A custom integration is made with one webhook, and can do without it. */
const make = Effect.fnUntraced(function*({ webhooks, ...given }: GivenIntegration) {
  if (!harmless.has(given.type)) return yield* new Unarranged({ why: channels })
  const [webhook, ...others] = Array.isArray(webhooks) ? webhooks : [nowhere]
  if (others.length > 0) return yield* new Unarranged({ why: "a custom integration has one webhook" })
  const payload = Object.assign(
    {},
    yield* settable(given, ["type", ...fieldsOf[given.type] ?? []]),
    given.type === "custom" ? { webhooks: [yield* settable({ ...nowhere, ...webhook }, webhookFields)] } : undefined
  )
  const made = yield* makeIntegration(yield* Effect.orDie(Schema.decodeUnknownEffect(CreateIntegration)(payload)))
  if (given.type !== "custom") return { id: made.id }
  const [{ id: webhookId } = { id: undefined }] = yield* (yield* Webhooks).list(made.id)
  if (webhook !== undefined || webhookId === undefined) return { id: made.id, webhookId }
  yield* (yield* Webhooks).delete(made.id, webhookId)
  return { id: made.id }
})

const values = Effect.fnUntraced(
  function*({ id, webhookId }: { readonly id: string; readonly webhookId?: string | undefined }) {
    const { appId } = yield* Account
    return { appId, integrationId: id, ...(webhookId !== undefined && { webhookId }) }
  }
)

export const integration = Effect.fnUntraced(function*({ id, ...given }: Given<"an integration exists">) {
  const { standIn } = yield* Scene
  const made = yield* make(given)
  // Ids are the vendor's to give, so that another is the one of which the states behind this one speak.
  if (id !== undefined) standIn.set(id, made.id)
  return yield* values(made)
})

export const integrations = Effect.fnUntraced(function*({ integrations }: Given<"integrations exist">) {
  const [first = { id: "" }] = yield* Effect.forEach(integrations, make)
  return yield* values(first)
})

/** OAuth gives such a token, and so does the key of a custom integration, which signs one. */
export const tokenOfIntegration = Effect.fnUntraced(
  function*({ integrationId }: Given<"the access token is of an integration">) {
    const { callAs, standIn } = yield* Scene
    const { id, secret } = yield* makeIntegrationKey(standIn.get(integrationId) ?? integrationId)
    const { current } = yield* Credentials.makeJwt({ keyId: id, secret, scope: "integration" })
    callAs(yield* current)
  }
)

export const keysOfIntegration = Effect.fnUntraced(function*({ keys }: Given<"keys of an integration exist">) {
  const { without } = yield* Scene
  const made = yield* make({ type: "custom" })
  const [first] = yield* Effect.forEach(keys, ({ displayName }) => {
    if (typeof displayName !== "string") without("keys[].displayName: null")
    return makeIntegrationKey(made.id, displayName ?? undefined)
  })
  return { ...(yield* values(made)), ...(first && { integrationKeyId: first.id }) }
})
