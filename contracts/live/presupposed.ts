/** What a request of the pact needs of an account, and no state says. */
import * as Json from "./json.ts"
import type { OwnInteraction } from "./OwnPact.ts"

/** Operations that are not called, whatever is arranged. */
export const never: { readonly [operationId: string]: string } = {
  CreateApp: "an account has few apps, and pays for them",
  CreateClient: "it links a channel, and writes to whoever has the number or the address there",
  CreateSwitchboard: "a switchboard decides who answers in every conversation of the app",
  GetToken: "it takes a client that Zendesk has registered, and somebody with a browser who lets it in",
  GetTokenInfo: "it is asked of another server than the account's",
  RevokeAccess: "it would take away the access with which it is called",
  DownloadMessageRef: "what there is to download, Apple says to a passthrough webhook",
  PostConversionEvents: "events count at Meta, and cost"
}

/** Why it is not replayed at all. */
export const whyNot = ({ body, json, operation }: OwnInteraction, brand: string | undefined): string | undefined => {
  const needsBrand = [body, json["providerStates"]].some((part) =>
    Json.hasField(part, (name, value) => name === "brandId" && value !== null)
  )
  return never[operation] ??
    (needsBrand && brand === undefined ? "no call makes a brand: --brand names one" : undefined)
}

/** What it needs that may well be missing, so that another answer says nothing of the contract. */
export const presupposed = ({ body }: OwnInteraction): ReadonlyArray<string> => [
  ...(Json.hasField(body, (name) => name === "destination" || name === "override" || name === "schema")
    ? ["it needs a channel that is linked"]
    : []),
  ...(Json.hasField(body, (name) => name === "mediaUrl" || name === "avatarUrl" || name === "iconUrl")
    ? ["the vendor may look for the pictures of the examples, which nobody has"]
    : [])
]
