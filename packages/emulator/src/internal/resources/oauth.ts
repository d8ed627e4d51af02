import { type OAuthOperations } from "@sunco/schemas/OAuthOperations"
import * as Redacted from "effect/Redacted"
import { type SeedOAuthClient } from "../../Seed.ts"
import { badRequest, notFound, unauthorized } from "../refusal.ts"
import { type Behaviours, type Reached, type Resource, type Seeds } from "../resource.ts"
import { Store } from "../store.ts"
import { decodeIntegration, type IntegrationsState } from "./integrationsState.ts"
import { type SwitchboardsState, takeOut } from "./switchboardsState.ts"

/** An integration of a partner, as it is registered. */
interface OAuthClient extends SeedOAuthClient {
  /** Its `client_id`. */
  readonly id: string
}

/** What a browser brings back, until it is exchanged. */
interface Code {
  readonly id: string
  readonly clientId: string
}

/** @internal */
export interface OAuthState {
  /** Who may ask to be let into the app. */
  readonly oauthClients: Store<OAuthClient>
  readonly oauthCodes: Store<Code>
}

type App = Reached & IntegrationsState & SwitchboardsState & OAuthState

/**
 * Somebody lets a client in.
 *
 * @internal
 */
export const letIn = ({ oauthCodes }: OAuthState, clientId: string, code: string): string =>
  oauthCodes.put({ id: code, clientId }).id

/** One client is one integration of an app, however often it is let in: of a type that is called as the client is. */
const integrationOf = ({ integrations }: App, type: string, makeId: () => string): string => {
  const known = integrations.all().find(({ integration }) => integration.type === type)
  if (known !== undefined) return known.id
  const id = makeId()
  const integration = decodeIntegration({ id, type, status: "active" })
  return integrations.put({ id, integration, writeOnly: {}, isOfAdminCenter: false }).id
}

const seed: Pick<Seeds<App>, "oauthClients"> = {
  oauthClients: ({ code, ...client }, { app, makeId }) => {
    const { id } = app.oauthClients.put({ ...client, id: client.client_id })
    return { client_id: id, code: letIn(app, id, code ?? `code_${makeId()}`) }
  }
}

const behaviours: Behaviours<typeof OAuthOperations, App> = {
  getToken: ({ assume, makeId, payload: { client_id, client_secret, code }, world }) => {
    for (const { state: app } of world.apps.all()) {
      const { credentials, oauthClients, oauthCodes } = app
      const found = oauthCodes.find(Redacted.value(code))
      const client = oauthClients.find(client_id)
      if (found?.clientId !== client_id || client?.client_secret !== Redacted.value(client_secret)) continue
      oauthCodes.remove(found.id)
      const access_token = Redacted.make(`oauth_${makeId()}`)
      credentials.addAccessToken(access_token, integrationOf(app, client_id, makeId))
      return { access_token, token_type: "Bearer" }
    }
    return assume.refusedCode === "unauthorized" ? unauthorized : badRequest("Invalid authorization code")
  },

  tokenInfo: ({ caller, world }) => {
    const app = world.apps.find(caller?.appId ?? "")
    return app === undefined ? notFound : { app: app.state.about.app }
  },

  revokeAccess: ({ assume, caller, world }) => {
    const app = world.apps.find(caller?.appId ?? "")?.state
    if (app === undefined || caller === undefined) return notFound
    const { integrationId } = caller
    app.credentials.revokeWhere((other) => other === caller)
    if (integrationId !== undefined) {
      app.integrations.remove(integrationId)
      if (assume.turnOfDeletedIntegration === "lost") takeOut(app, integrationId)
      revokeTokensOf(app, integrationId)
    }
    return {}
  }
}

const revokeTokensOf = ({ credentials }: Reached, id: string): void =>
  credentials.revokeWhere(({ integrationId }) => integrationId === id)

/** @internal */
export const oauth = {
  state: (app) => {
    app.integrations.onRemove(({ id }) => revokeTokensOf(app, id))
    return { oauthClients: new Store<OAuthClient>(), oauthCodes: new Store<Code>() }
  },
  seed,
  behaviours
} satisfies Resource<typeof OAuthOperations, OAuthState, Reached & IntegrationsState & SwitchboardsState> & {
  readonly seed: unknown
}
