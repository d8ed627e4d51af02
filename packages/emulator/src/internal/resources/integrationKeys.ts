import { type CreatedIntegrationKey, type IntegrationKey } from "@sunco/schemas/IntegrationKey"
import { type IntegrationKeysOperations } from "@sunco/schemas/IntegrationKeysOperations"
import * as Redacted from "effect/Redacted"
import { type StoredIntegrationKey } from "../../Stored.ts"
import { badRequest, integrationNotFound, keyNotFound, Refusal, resourceNotFound } from "../refusal.ts"
import { type Behaviours, type Context, type Kept, type Reached, type Resource, type Seeds } from "../resource.ts"
import { IntegrationParts } from "./integrationParts.ts"
import { integrations } from "./integrations.ts"
import { type IntegrationsState, type KeptIntegration, makeSecret } from "./integrationsState.ts"
import { inOrder } from "./pageQuery.ts"

/** @internal */
export interface IntegrationKeysState {
  readonly integrationKeys: IntegrationParts<CreatedIntegrationKey>
}

type App = Reached & IntegrationsState & IntegrationKeysState

/** Of an integration: what an eleventh gives is not documented, and assumed. */
const mostKeys = 10

/** A key calls the API as long as it is there, and goes with its integration. */
const state = ({ credentials, integrations }: Reached & IntegrationsState): IntegrationKeysState => {
  const integrationKeys = new IntegrationParts<CreatedIntegrationKey>(integrations)
  integrationKeys.onRemove(({ id }) => credentials.revoke(id))
  return { integrationKeys }
}

const add = (
  { credentials, integrationKeys }: App,
  integrationId: string,
  key: CreatedIntegrationKey
): CreatedIntegrationKey => {
  credentials.addKey({ keyId: key.id, keySecret: key.secret, scope: "integration", integrationId })
  return integrationKeys.add(integrationId, key)
}

const newKey = (
  { id, secret, ...fields }: Partial<IntegrationKey<string>>,
  makeId: () => string
): CreatedIntegrationKey => ({
  ...fields,
  id: id ?? `int_${makeId()}`,
  secret: Redacted.make(secret ?? makeSecret(makeId))
})

const seed: Pick<Seeds<App>, "integrationKeys"> = {
  integrationKeys: ({ integrationId, ...key }, context) => {
    const { app, makeId } = context
    if (app.integrations.find(integrationId) === undefined) {
      integrations.seed.integrations({ id: integrationId, type: "custom" }, context)
    }
    return shown(integrationId, add(app, integrationId, newKey(key, makeId)))
  }
}

const stored: Kept<App>["IntegrationKeys"] = ({ integrationKeys }) =>
  integrationKeys.all().map(({ integrationId, record }) => shown(integrationId, record))

const alreadyShown = new WeakMap<CreatedIntegrationKey, StoredIntegrationKey>()

/** Always the same object for the same key, with its secret as text. */
const shown = (integrationId: string, key: CreatedIntegrationKey): StoredIntegrationKey => {
  const known = alreadyShown.get(key)
  if (known !== undefined) return known
  const made = { ...key, secret: Redacted.value(key.secret), integrationId }
  alreadyShown.set(key, made)
  return made
}

interface Asking extends Pick<Context, "assume"> {
  readonly app: App
  readonly params: { readonly integrationId: string }
}

const integrationOf = ({ app, params }: Asking): KeptIntegration | Refusal => {
  const kept = app.integrations.find(params.integrationId)
  if (kept === undefined) return integrationNotFound
  return kept.integration.type === "custom" ? kept : onlyForCustom
}

const keyOf = (asking: Asking, keyId: string): CreatedIntegrationKey | Refusal => {
  const kept = integrationOf(asking)
  if (kept instanceof Refusal) return kept
  return asking.app.integrationKeys.findOf(kept.id, keyId) ??
    (asking.assume.missingIntegrationKey === "notFound" ? resourceNotFound : keyNotFound)
}

/** As an answer has a key that was not just made. */
const again = (key: CreatedIntegrationKey, { keySecrets }: Context["assume"]): IntegrationKey => {
  const { secret: _, ...rest } = key
  return keySecrets === "always" ? key : rest
}

const behaviours: Behaviours<typeof IntegrationKeysOperations, App> = {
  create: (context) => {
    const { app, makeId, payload } = context
    const kept = integrationOf(context)
    if (kept instanceof Refusal) return kept
    if (app.integrationKeys.of(kept.id).length >= mostKeys) return hasTen
    return { key: add(app, kept.id, newKey(payload, makeId)) }
  },

  list: (context) => {
    const kept = integrationOf(context)
    if (kept instanceof Refusal) return kept
    const { app, assume } = context
    return { keys: inOrder(app.integrationKeys.of(kept.id), assume).map((key) => again(key, assume)) }
  },

  get: (context) => {
    const key = keyOf(context, context.params.keyId)
    return key instanceof Refusal ? key : { key: again(key, context.assume) }
  },

  delete: (context) => {
    const key = keyOf(context, context.params.keyId)
    if (key instanceof Refusal) return key
    context.app.integrationKeys.remove(key.id)
    return {}
  }
}

/** @internal */
export const integrationKeys = { state, seed, stored, behaviours } satisfies
  & Resource<typeof IntegrationKeysOperations, IntegrationKeysState, Reached & IntegrationsState>
  & { readonly seed: unknown; readonly stored: unknown }

const onlyForCustom = badRequest("API keys are available only for custom integrations")

const hasTen = badRequest(`An integration has at most ${mostKeys} keys`)
