import { type User } from "@sunco/schemas/User"
import * as Redacted from "effect/Redacted"
import { type AppOptions, type EmulatorOptions } from "../Emulator.ts"
import { type Seed } from "../Seed.ts"
import { Credentials } from "./credentials.ts"
import { makeObjectIds } from "./objectIds.ts"
import { newUser } from "./users.ts"
import { UserStore } from "./userStore.ts"

/** @internal */
export interface App {
  readonly appId: string
  readonly keyId: string
  readonly keySecret: Redacted.Redacted
  readonly store: UserStore
  readonly start: AppOptions
}

// The id of the vendor's own examples.
const defaultAppId = "5d8cff3cd55b040010928b5b"

/**
 * The apps with their users, and who may use them.
 *
 * @internal
 */
export class EmulatedApps {
  readonly credentials = new Credentials()
  readonly makeId = makeObjectIds()
  readonly all: readonly [App, ...ReadonlyArray<App>]
  private readonly byId: ReadonlyMap<string, App>

  constructor({ apps = [], ...first }: EmulatorOptions, now: number) {
    this.all = [makeApp(first), ...apps.map(makeApp)]
    this.byId = new Map(this.all.map((app) => [app.appId, app]))
    this.reset(now)
  }

  find(appId: string | undefined): App | undefined {
    return appId === undefined ? undefined : this.byId.get(appId)
  }

  reset(now: number): void {
    this.credentials.clear()
    for (const app of this.all) {
      app.store.clear()
      this.credentials.addKey(app.appId, app.keyId, app.keySecret)
      for (const token of app.start.accessTokens ?? []) this.credentials.addAccessToken(app.appId, token)
      this.seed(app, app.start, now)
    }
  }

  seed({ store }: App, { users = [], zendeskUsers = [] }: Seed, now: number): Array<User> {
    for (const zendeskUser of zendeskUsers) store.zendeskUsers.set(zendeskUser.id, zendeskUser)
    return users.map((user) => {
      const id = user.id ?? this.makeId(now)
      const externalId = user.externalId ?? undefined
      const before = externalId === undefined ? undefined : store.withExternalId(externalId, user.brandId)
      if (before !== undefined) store.remove(before.user)
      return store.put({ ...newUser(id, now, { externalId, brandId: user.brandId }), ...user, id }).user
    })
  }

  addKey(
    app: App,
    key: { readonly keyId?: string; readonly keySecret?: Redacted.Redacted },
    now: number
  ): { readonly keyId: string; readonly keySecret: Redacted.Redacted } {
    const keyId = key.keyId ?? `app_${this.makeId(now)}`
    const keySecret = key.keySecret ?? Redacted.make(`secret_${this.makeId(now)}`)
    this.credentials.addKey(app.appId, keyId, keySecret)
    return { keyId, keySecret }
  }
}

const makeApp = (start: AppOptions): App => {
  const appId = start.appId ?? defaultAppId
  return {
    appId,
    keyId: start.keyId ?? `app_${appId}`,
    keySecret: start.keySecret ?? Redacted.make(`secret_${appId}`),
    store: new UserStore(),
    start
  }
}
