import * as Redacted from "effect/Redacted"
import { type ControlApi } from "../ControlApi.ts"
import { type Behaviours } from "./apiRoutes.ts"
import { type EmulatedApps } from "./emulatedApps.ts"
import { type FaultRules } from "./faultRules.ts"
import { appNotFound } from "./refusal.ts"
import { type RequestLog } from "./requestLog.ts"

/** @internal */
export interface ControlContext {
  readonly apps: EmulatedApps
  readonly faultRules: FaultRules
  readonly log: RequestLog
  readonly now: number
}

/**
 * What the emulator's own endpoints do.
 *
 * @internal
 */
export const control: Behaviours<typeof ControlApi, ControlContext>["Emulator"] = {
  health: () => ({ status: "ok" }),

  seed: ({ apps, now, payload, query }) => {
    const app = appOf(apps, query)
    return app === undefined ? appNotFound : { users: apps.seed(app, payload, now) }
  },

  users: ({ apps, query }) => {
    const app = appOf(apps, query)
    return app === undefined ? appNotFound : { users: app.store.all() }
  },

  requests: ({ log }) => ({ requests: log.all() }),

  faults: ({ faultRules }) => ({ faults: faultRules.left }),

  addFaults: ({ faultRules, payload }) => {
    faultRules.add(payload.faults)
    return { faults: faultRules.left }
  },

  clearFaults: ({ faultRules }) => {
    faultRules.clear()
    return {}
  },

  addKey: ({ apps, now, payload: { keyId, keySecret }, query }) => {
    const app = appOf(apps, query)
    if (app === undefined) return appNotFound
    const key = apps.addKey(app, {
      ...(keyId === undefined ? undefined : { keyId }),
      ...(keySecret === undefined ? undefined : { keySecret: Redacted.make(keySecret) })
    }, now)
    return { appId: app.appId, keyId: key.keyId, keySecret: Redacted.value(key.keySecret) }
  },

  addAccessToken: ({ apps, payload, query }) => {
    const app = appOf(apps, query)
    if (app === undefined) return appNotFound
    apps.credentials.addAccessToken(app.appId, Redacted.make(payload.accessToken))
    return {}
  },

  revoke: ({ apps, payload: { accessToken, keyId } }) => {
    if (keyId !== undefined) apps.credentials.revoke(keyId)
    if (accessToken !== undefined) apps.credentials.revoke(accessToken)
    return {}
  },

  reset: ({ apps, faultRules, log, now }) => {
    reset({ apps, faultRules, log, now })
    return {}
  }
}

/** @internal */
export const reset = ({ apps, faultRules, log, now }: ControlContext): void => {
  apps.reset(now)
  faultRules.clear()
  log.clear()
}

const appOf = (apps: EmulatedApps, { appId }: { readonly appId?: string }) =>
  appId === undefined ? apps.all[0] : apps.find(appId)
