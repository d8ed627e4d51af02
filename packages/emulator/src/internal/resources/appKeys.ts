import { type AppKey, type CreatedAppKey } from "@sunco/schemas/AppKey"
import { type AppKeysOperations } from "@sunco/schemas/AppKeysOperations"
import * as Redacted from "effect/Redacted"
import { type StoredAppKey } from "../../Stored.ts"
import { appNotFound, badRequest, resourceNotFound } from "../refusal.ts"
import { type Behaviours, type Context, type Kept, type Reached, type Resource, type Seeds } from "../resource.ts"
import { makeSecret } from "./integrationsState.ts"

/** An eleventh is refused as is assumed. */
const maximumKeys = 10

const seed: Pick<Seeds<Reached>, "appKeys"> = {
  appKeys: ({ displayName, id, secret }, { app, makeId }) =>
    shown(add(app, {
      id: id ?? `app_${makeId()}`,
      displayName: displayName ?? id ?? "Key",
      secret: Redacted.make(secret ?? makeSecret(makeId))
    }))
}

const stored: Kept<Reached>["AppKeys"] = ({ credentials }) => credentials.appKeys().map(shown)

const behaviours: Behaviours<typeof AppKeysOperations, Reached> = {
  create: ({ app, makeId, payload: { displayName } }) =>
    app.credentials.appKeys().length >= maximumKeys
      ? hasTen
      : { key: add(app, { id: `app_${makeId()}`, displayName, secret: Redacted.make(makeSecret(makeId)) }) },

  list: ({ app, assume }) => ({ keys: app.credentials.appKeys().map((key) => again(key, assume)) }),

  get: ({ app, assume, params: { keyId } }) => {
    const key = find(app, keyId)
    return key === undefined ? resourceNotFound : { key: again(key, assume) }
  },

  delete: ({ app, assume, params: { keyId } }) => {
    const key = find(app, keyId)
    if (key === undefined) return assume.missingAppKey === "appNotFound" ? appNotFound : resourceNotFound
    app.credentials.revoke(key.id)
    return {}
  }
}

/**
 * The App Keys API: the keys with which an app is called, whichever way they were added.
 *
 * @internal
 */
export const appKeys = { state: () => ({}), seed, stored, behaviours } satisfies
  & Resource<typeof AppKeysOperations, {}, Reached>
  & { readonly seed: unknown; readonly stored: unknown }

const hasTen = badRequest(`An app has at most ${maximumKeys} keys`)

const find = ({ credentials }: Reached, keyId: string): CreatedAppKey | undefined =>
  credentials.appKeys().find(({ id }) => id === keyId)

/** It calls the API from now on. */
const add = ({ credentials }: Reached, key: CreatedAppKey): CreatedAppKey => {
  credentials.addKey({ keyId: key.id, keySecret: key.secret, scope: "app", displayName: key.displayName })
  return key
}

/** As an answer has a key that was not just made. */
const again = (key: CreatedAppKey, { keySecrets }: Context["assume"]): AppKey => {
  const { secret: _, ...withoutSecret } = key
  return keySecrets === "always" ? key : withoutSecret
}

const alreadyShown = new WeakMap<CreatedAppKey, StoredAppKey>()

/** Always the same object for the same key, with its secret as text. */
const shown = (key: CreatedAppKey): StoredAppKey => {
  const known = alreadyShown.get(key)
  if (known !== undefined) return known
  const made = { ...key, secret: Redacted.value(key.secret) }
  alreadyShown.set(key, made)
  return made
}
