/** Where the flow of OAuth begins against the vendor's document: a browser goes there, so no row and no interaction says it. */
import { OAuth } from "@sunco/client/OAuth"
import { authorizePath, oauthBridgeUrl, OAuthOperations } from "@sunco/schemas/OAuthOperations"
import * as Effect from "effect/Effect"
import type { Deviation } from "./Deviation.ts"
import * as Operations from "./Operations.ts"

const subject = "Authorize"

const key = Operations.key({ method: "GET", path: authorizePath })

const least = { client_id: "5e4af71a81966cfff3ef6550" }

export const isAuthorize = (operation: Operations.Operation): boolean => Operations.key(operation) === key

/** What the URL that the client makes says otherwise than the document, which is given as text too. */
export const deviations = Effect.fnUntraced(function*(vendor: ReadonlyArray<Operations.Operation>, document: string) {
  const documented = vendor.find(isAuthorize)
  if (documented === undefined) return [{ subject, text: "operation: not documented by the vendor" }]
  const [short, long] = yield* Effect.all([
    OAuth.authorizeUrl(least),
    OAuth.authorizeUrl({ ...least, redirect_uri: "https://example.org" })
  ]).pipe(Effect.map((made) => made.map(({ url }) => new URL(url).searchParams)))
  const named = new Set(long?.keys())
  const queries = Array.from(documented.facts).flatMap(([about, facts]) =>
    about.startsWith("query ")
      ? [{ name: about.slice("query ".length), required: facts["required"] !== undefined }]
      : []
  )
  const texts = [
    ...queries.filter(({ name, required }) => !named.has(name) || required && short?.has(name) !== true)
      .map(({ name }) => `query ${name}: documented by the vendor, absent here`),
    ...Array.from(named).filter((name) => !queries.some((query) => query.name === name))
      .map((name) => `query ${name}: not documented by the vendor`),
    // It has the server of an operation in its descriptions alone.
    ...[authorizePath, OAuthOperations.getToken.path, OAuthOperations.tokenInfo.path]
      .filter((path) => !document.includes(oauthBridgeUrl + path))
      .map((path) => `server of ${path}: ${oauthBridgeUrl} is not documented by the vendor`)
  ]
  return texts.map((text): Deviation => ({ subject, text }))
})
