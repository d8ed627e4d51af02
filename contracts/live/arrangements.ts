/** The states of `ProviderStates` as far as calls of the API bring them about, with things of their own. */
import { ProviderStates } from "@sunco/contracts/ProviderStates"
import * as Effect from "effect/Effect"
import { Account } from "./Account.ts"
import { conversation, crowdedConversation } from "./arranging/conversations.ts"
import { file, noFile } from "./arranging/files.ts"
import { integration, integrations, keysOfIntegration, tokenOfIntegration } from "./arranging/integrations.ts"
import { crowdedSwitchboard, noSwitchboard, switchboard } from "./arranging/switchboards.ts"
import { clients, user } from "./arranging/users.ts"
import { Run } from "./Run.ts"
import { Unarranged } from "./Scene.ts"
import { makeAppKey } from "./things.ts"

/** What has to be there is there, and what must not be has an id that nothing has. */
const asItIs = () => Effect.map(Account, ({ appId }) => ({ appId }))

/** It is nothing that a run can make. */
const unarranged = (why: string) => () => Effect.fail(new Unarranged({ why }))

const fewApps = unarranged("an account has few apps, and pays for them")

export const arrangements = ProviderStates.handlers({
  "an app exists": asItIs,
  "no app exists": () => Effect.void,
  "the app does not exist": () => Effect.map(Run, ({ falseId }) => ({ appId: falseId() })),
  "an app with properties exists": unarranged("what its app is like, the account alone says"),
  "other apps exist": fewApps,
  "the plan of the account allows no other app": fewApps,
  "no service account exists": () => Effect.void,
  "a key of the app exists": Effect.fnUntraced(function*({ displayName }) {
    const { appId } = yield* Account
    const { id } = yield* makeAppKey(displayName)
    return { appId, appKeyId: id }
  }),
  "no key of the app exists": asItIs,

  "a user exists": user,
  "no user exists": asItIs,
  "no user is known by this email address": asItIs,
  "a core Zendesk user exists": unarranged("users of Zendesk itself are no matter of this API"),
  "clients exist": clients,
  "no client exists": asItIs,
  "devices exist": unarranged("a device is there when an SDK runs on it"),
  "no device exists": asItIs,

  "a conversation exists": conversation,
  "no conversation exists": asItIs,
  "a conversation with as many participants as it can have exists": () => crowdedConversation,
  "a conversation with as many messages as it can have exists": unarranged("it would take 30,000 messages"),
  "a file exists": () => file,
  "no file exists": () => noFile,

  "an integration exists": integration,
  "integrations exist": integrations,
  "an SDK integration of Admin Center exists": unarranged("Admin Center alone makes one"),
  "no integration exists": asItIs,
  "no webhook exists": () => Effect.void,
  "keys of an integration exist": keysOfIntegration,
  "the access token is of an integration": tokenOfIntegration,
  "a switchboard exists": switchboard,
  "no switchboard exists": () => noSwitchboard,
  "a switchboard with as many integrations as it can have exists": () => crowdedSwitchboard,
  "an integration was let in": unarranged(
    "it takes a client that Zendesk has registered, and somebody with a browser who lets it in"
  )
})
