import { authorizePath } from "@sunco/schemas/OAuthOperations"
import { type Answer, answer } from "../delivery.ts"
import { badRequest, Refusal } from "../refusal.ts"
import { type Context, type Reached } from "../resource.ts"
import { letIn, type OAuthState } from "./oauth.ts"

const clientNotFound = badRequest("client_id: Expected that of a client that is registered")

/** The documents up to 14.4.0 have this status for it. */
const redirectNotFound = new Refusal(404, [{ code: "not_found", title: "Redirect URI not found" }])

/**
 * The page on which somebody lets an integration into an app, who does so at once, or refuses to: whatever the client's seed says.
 * Of several apps in which the client may ask, it is the first.
 *
 * @see OpenAPI 17.12.1, `Authorize`
 * @internal
 */
export const authorizePage = (
  url: string,
  { makeId, world }: Context<Reached & OAuthState>
): Answer | Refusal | undefined => {
  const [path, query = ""] = url.split("?", 2)
  if (path !== authorizePath) return undefined
  const asked = new URLSearchParams(query)
  if (asked.get("response_type") !== "code") return badRequest("response_type: Expected \"code\"")
  const clientId = asked.get("client_id") ?? ""
  const app = world.apps.all().find(({ state }) => state.oauthClients.find(clientId) !== undefined)?.state
  const client = app?.oauthClients.find(clientId)
  if (app === undefined || client === undefined) return clientNotFound
  const redirectUri = asked.get("redirect_uri") ?? client.redirect_uris[0] ?? ""
  if (!client.redirect_uris.includes(redirectUri)) return redirectNotFound
  const location = new URL(redirectUri)
  if (client.answer === "denied") location.searchParams.set("error", "access_denied")
  else location.searchParams.set("code", letIn(app, clientId, `code_${makeId()}`))
  const state = asked.get("state")
  if (state !== null) location.searchParams.set("state", state)
  return redirect(location.href)
}

const utf8 = new TextEncoder()

const redirect = (location: string): Answer =>
  answer(
    302,
    { "content-type": "text/plain; charset=utf-8", location },
    utf8.encode(`Found. Redirecting to ${location}`)
  )
