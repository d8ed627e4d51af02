/** What a request of the pact needs of an account, and no state says. */
import * as Json from "./json.ts"
import type { OwnInteraction } from "./OwnPact.ts"
import type { Options } from "./Run.ts"

/** Operations that are not called, whatever is arranged. */
export const never: { readonly [operationId: string]: string } = {
  CreateApp: "an account has few apps, and pays for them",
  CreateClient: "it links a channel, and writes to whoever has the number or the address there",
  GetToken: "it takes a client that Zendesk has registered, and somebody with a browser who lets it in",
  GetTokenInfo: "it is asked of another server than the account's",
  RevokeAccess: "it would take away the access with which it is called",
  DownloadMessageRef: "what there is to download, Apple says to a passthrough webhook",
  PostConversionEvents: "events count at Meta, and cost"
}

/** The types of integrations that need nobody's credentials; the webhook of a custom one leads nowhere. */
export const harmless: ReadonlySet<string> = new Set(["android", "custom", "ios", "unity", "web"])

export const ofEveryConversation = "every conversation of the app would pass its switchboard: --switchboard agrees"

export const channels = "a channel needs credentials of its own"

const makesChannel = ({ body, operation, status }: OwnInteraction): boolean =>
  operation === "CreateIntegration" && status < 300 && !harmless.has(String(Json.isObject(body) && body["type"]))

/** Why it is not replayed at all. */
export const whyNot = (interaction: OwnInteraction, { brand, switchboard }: Options): string | undefined => {
  const { body, json, operation } = interaction
  const needsBrand = [body, json["providerStates"]].some((part) =>
    Json.hasField(part, (name, value) => name === "brandId" && value !== null)
  )
  if (makesChannel(interaction)) return channels
  if (operation === "CreateSwitchboard" && !switchboard) return ofEveryConversation
  return never[operation] ??
    (needsBrand && brand === undefined ? "no call makes a brand: --brand names one" : undefined)
}

/** What it needs that may well be missing, so that another answer says nothing of the contract. */
export const presupposed = ({ body }: OwnInteraction): ReadonlyArray<string> => [
  ...(Json.hasField(body, (name) => name === "destination" || name === "override" || name === "schema")
    ? ["it needs a channel that is linked"]
    : []),
  ...(Json.hasField(body, (name) => name === "privateKey" || name === "certificate")
    ? ["the vendor may try the credentials of the examples, which are nobody's"]
    : []),
  ...(Json.hasField(body, (name) => name === "mediaUrl" || name === "avatarUrl" || name === "iconUrl")
    ? ["the vendor may look for the pictures of the examples, which nobody has"]
    : [])
]
