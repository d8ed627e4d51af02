import { type App } from "@sunco/schemas/App"
import { type UpdateApp } from "@sunco/schemas/AppPayloads"
import { type AppsOperations } from "@sunco/schemas/AppsOperations"
import { byteLength, maximumBytes } from "@sunco/schemas/Metadata"
import { type Assumptions } from "../../Assumptions.ts"
import { type Principal } from "../credentials.ts"
import { badRequest, foreignServiceAccount, planExceeded, Refusal } from "../refusal.ts"
import { type Behaviours, type Kept, type Reached, type Resource, type Seeds, type World } from "../resource.ts"
import { pageOf } from "../store.ts"
import { inOrder, pageFrom } from "./pageQuery.ts"

/** No call of the API gives an app to a service account, or changes what the account pays for. */
const seed: Pick<Seeds<Reached>, "accountApps" | "plans"> = {
  accountApps: ({ serviceAccountIds = [], ...fields }, { app }) => {
    const id = fields.id ?? app.appId
    const { about } = id === app.appId ? app : app.world.apps.find(id)?.state ?? app.world.addApp(id)
    for (const account of serviceAccountIds) about.serviceAccounts.add(account)
    about.app = { ...about.app, ...fields, id }
    return about.app
  },

  plans: (plan, { app: { world } }) => {
    world.maximumApps = plan.maximumApps
    return plan
  }
}

const stored: Kept<Reached>["Apps"] = ({ about }) => [about.app]

const behaviours: Behaviours<typeof AppsOperations, Reached> = {
  create: ({ assume, caller, makeId, payload, world }) => {
    if (world.apps.size >= world.maximumApps) return planExceeded
    const app = changed({ id: "" }, payload, assume)
    if (app instanceof Refusal) return app
    const { about } = world.addApp(makeId())
    about.app = { ...about.app, ...app, settings: { ...about.app.settings, ...app.settings }, id: about.app.id }
    if (caller?.serviceAccountId !== undefined) about.serviceAccounts.add(caller.serviceAccountId)
    return { app: withoutSubdomain(about.app) }
  },

  list: ({ assume, caller, query, world }) => {
    const asked = query["filter[serviceAccountId]"]
    if (asked !== undefined && !isServiceAccountOf(caller, asked, world)) return foreignServiceAccount
    const account = asked ?? caller?.serviceAccountId
    const reached = world.apps.all().map(({ state }) => state.about).filter(({ serviceAccounts }) =>
      account === undefined || serviceAccounts.has(account)
    )
    const page = pageOf(inOrder(reached.map(({ app }) => withoutSubdomain(app)), assume), pageFrom(query, assume))
    return page instanceof Refusal ? page : { apps: page.items, meta: page.meta }
  },

  get: ({ app: { about } }) => ({ app: about.app }),

  update: ({ app: { about }, assume, payload }) => {
    const app = changed(about.app, payload, assume)
    if (app instanceof Refusal) return app
    about.app = app
    return { app: withoutSubdomain(app) }
  },

  delete: ({ params, world }) => {
    world.apps.remove(params.appId)
    return {}
  }
}

/**
 * The Apps API. What is said of an app is a part of what the app has from the beginning, because it is there before anything else is.
 *
 * @internal
 */
export const apps = { state: () => ({}), seed, stored, behaviours } satisfies
  & Resource<typeof AppsOperations, {}, Reached>
  & { readonly seed: unknown; readonly stored: unknown }

/** A read of one app alone has the subdomain. */
const withoutSubdomain = (app: App): App => {
  const { subdomain: _, ...others } = app
  return others
}

/** A service account knows itself, and somebody with a key of the account every service account that may use an app. */
const isServiceAccountOf = (caller: Principal | undefined, account: string, { apps }: World): boolean =>
  caller?.serviceAccountId === undefined
    ? apps.all().some(({ state }) => state.about.serviceAccounts.has(account))
    : caller.serviceAccountId === account

const changed = (
  before: App,
  { displayName, metadata, settings = {} }: UpdateApp,
  { metadataUpdate }: Required<Assumptions>
): App | Refusal => {
  const isKept = metadata === undefined || (metadata !== null && metadataUpdate === "merged")
  const after = { ...(isKept ? before.metadata : undefined), ...metadata }
  // The vendor's words, in an answer of its document.
  if (byteLength(after) > maximumBytes) return badRequest(`App metadata is limited to ${maximumBytes} bytes in size.`)
  // Nothing came that is undefined.
  const chosen = { ...before.settings, ...settings } as NonNullable<App["settings"]>
  if (before.settings?.multiConvoEnabled === true && settings.multiConvoEnabled === false) return irreversible
  const needs = (["endSessionEnabled", "disableConversationReopen"] as const).find((name) => settings[name] === true)
  if (needs !== undefined && chosen.multiConvoEnabled !== true) {
    return badRequest(`settings.${needs}: Expected multiConvoEnabled`)
  }
  return {
    ...before,
    ...(displayName === undefined ? undefined : { displayName }),
    settings: chosen,
    metadata: after
  }
}

const irreversible = badRequest("settings.multiConvoEnabled: Expected true, which cannot be taken back")
