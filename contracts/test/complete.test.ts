import { assert, describe, it } from "@effect/vitest"
import * as Contract from "@sunco/contracts/Contract"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import { ErrorEnvelope } from "@sunco/schemas/ErrorEnvelope"
import type { Operation } from "@sunco/schemas/Operation"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import * as Matcher from "effect-pact/Matcher"
import * as SchemaMatchers from "effect-pact/SchemaMatchers"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import { readFileSync } from "node:fs"
import { pactFile } from "../bin/pactFile.ts"
import { declaredOperations } from "../openapi/declaredOperations.ts"
import * as Fingerprint from "../openapi/Fingerprint.ts"
import * as Operations from "../openapi/Operations.ts"
import * as PactInteractions from "../openapi/PactInteractions.ts"
import { recordedFingerprint } from "../openapi/recordedFingerprint.ts"

const { interactions } = Schema.decodeUnknownSync(Schema.fromJsonString(PactInteractions.Pact))(
  readFileSync(pactFile, "utf8")
)

const unique = (texts: ReadonlyArray<string>) => Array.from(new Set(texts)).sort()

/** Documented operations that no program calls, and why. */
const noCalls: { readonly [operationId: string]: string } = {
  Authorize: "It is where a browser is sent, of which a program needs the URL alone."
}

describe("the pact", () => {
  it("has an interaction for every status of every declared operation, and for no other", () => {
    assert.deepStrictEqual(
      unique(interactions.map((interaction) => {
        const operation = PactInteractions.operationOf(declaredOperations, interaction)
        return `${operation?.operationId ?? interaction.description} ${interaction.response.status}`
      })),
      unique(
        declaredOperations.flatMap((operation) =>
          Operations.statuses(operation).map((status) => `${operation.operationId} ${status}`)
        )
      )
    )
  })

  it("has every status that the vendor documents, of every operation that is a call", () => {
    const recorded = recordedFingerprint()
    const documented = Fingerprint.operationsOf(recorded).filter(({ operationId }) => !(operationId in noCalls))
    const pairs = documented.flatMap((operation) =>
      Operations.statuses(operation).map((status) => `${operation.operationId} ${status}`)
    )
    assert.deepStrictEqual(
      unique(
        interactions.map((interaction) =>
          `${PactInteractions.operationOf(documented, interaction)?.operationId} ${interaction.response.status}`
        )
      ),
      unique(pairs)
    )
    // All that there is: nothing of the document is watched without being ours.
    assert.deepStrictEqual(recorded.others, {})
    assert.lengthOf(documented, 67)
    assert.lengthOf(pairs, 137)
  })

  it("has every contract, each under a description of its own", () => {
    assert.lengthOf(unique(SunshineContracts.map(({ interaction }) => interaction.description)), interactions.length)
    assert.lengthOf(SunshineContracts, interactions.length)
  })

  it("has requests with both kinds of credentials, and without where they have none", () => {
    const schemes = SunshineContracts.map(({ credentials, interaction: { request } }) =>
      `${credentials}: ${String(Matcher.example(request.headers?.["Authorization"] ?? "none")).split(" ", 1).join()}`
    )
    assert.deepStrictEqual(unique(schemes), ["basic: Basic", "bearer: Bearer", "none: none"])
  })
})

/** What no example of a success shows, and everything below it. */
const notShown: ReadonlyArray<string | RegExp> = [
  // The vendor requires no field of any response, and has no example of an identity without one of these.
  "UserResponse $.user.identities[*].type",
  "UserResponse $.user.identities[*].value",
  "UserResponse $.user.identities[*].verification",
  // The same user as of every other response, which show what can be there.
  "UserListResponse $.users[*]",
  // A pending client has no more than four fields; the list shows what can be there.
  "ClientResponse $.client",
  // The vendor's examples always have it where something is paged, and never a cursor of null.
  "ClientListResponse $.meta",
  // No example has any, and the client follows cursors.
  "ClientListResponse $.links",
  // The same device as of the other response, which shows what can be there.
  "DeviceListResponse $.devices[*]",
  // So it is of webhooks, and of the keys of integrations.
  "WebhookListResponse $.webhooks[*]",
  "IntegrationKeyListResponse $.keys[*]",
  // It is made with a name, which the answer says again.
  "CreatedIntegrationKeyResponse $.key.displayName",
  // The same as of another response, which shows what can be there: `ConversationResponse`, and the lists.
  "ConversationListResponse $.conversations[*]",
  "ParticipantResponse $.participant",
  "MessagesResponse $.messages",
  /^MessageListResponse \S*\.quotedMessage\(message\)\.message\./,
  // A state names participants by it, and the vendor's examples say both of every client.
  /^ParticipantListResponse \S*\.userExternalId: never null$/,
  /^ParticipantListResponse \S*\.clientAssociations\[\*\]\.(type|clientId): never absent$/,
  // The buttons of a text show what can be in them.
  /^MessageListResponse \S*\.content\((carousel|list)\)\S*\.actions\[\*\]\(/,
  // The vendor's examples always have it where something is paged, and never a cursor of null.
  "ConversationListResponse $.meta",
  "ParticipantListResponse $.meta",
  "MessageListResponse $.meta",
  // No example has any, and the client follows cursors.
  "ConversationListResponse $.links",
  "ParticipantListResponse $.links",
  "MessageListResponse $.links",
  // The same apps as of the other response, which shows what can be there; the subdomain comes with that one alone.
  "AppListResponse $.apps[*]",
  // The vendor's examples always have it where something is paged, and never a cursor of null.
  "AppListResponse $.meta",
  // No example has any, and the client follows cursors.
  "AppListResponse $.links",
  // An app that nobody can call is of no use.
  /^AppKeyListResponse \$\.keys: never empty$/,
  // Nobody can say what a type will be that there is not yet.
  /^(MessageListResponse|Integration(List)?Response) .*: never an object$/,
  // What the vendor requires of what is sent is in every example of what comes, and lists have one item at least.
  /^MessageListResponse \S*\.(text|uri|amount|payload|fallback|mediaUrl|items|title|actions|fields|name|label|coordinates): never absent$/,
  /^MessageListResponse \S*\.(items|actions|fields|references): never empty$/,
  // The document has four of the six there.
  /^MessageListResponse \S*\.content\((carousel|list)\)\S*\.actions\[\*\]: never of the kind (locationRequest|reply)$/,
  // It has no null there.
  /^MessageListResponse \$\.messages\[\*\]\.(activity|activity\.data|references\[\*\]\.(title|description)): never null$/,
  // It is for requests alone.
  /^MessageListResponse \S*\.markdownText: never present$/,
  // They are of the form, not of the answer to one.
  /^MessageListResponse \S*\.content\(formResponse\)\.fields\[\*\]\.(placeholder|minSize|maxSize|options): never present$/,
  // The same as in the list of each type, which shows what can be there.
  /^IntegrationResponse \$\.integration\(/,
  // The vendor's examples always have it where something is paged, and never a cursor of null.
  "IntegrationListResponse $.meta",
  // No example has any, and the client follows cursors.
  "IntegrationListResponse $.links",
  // A number to the vendor, whose own example is text: both are read.
  "IntegrationListResponse $.integrations[*](messenger).pageId",
  // Messages show what can be in a form, and what triggers there are is the caller's to say.
  /^IntegrationListResponse \S*\.prechatCapture\.fields\[\*\]/,
  "IntegrationListResponse $.integrations[*](custom).webhooks[*].triggers",
  // No state can name the id of another one, and what is cleared is absent: one shows what the other does not.
  /^SwitchboardIntegrationListResponse \S*\.nextSwitchboardIntegrationId: never a string$/,
  /^SwitchboardIntegrationResponse \S*\.(nextSwitchboardIntegrationId|messageHistoryCount): never null$/,
  // It is for deliveries to webhooks alone.
  "MessageListResponse $.messages[*].source.client",
  "MessageListResponse $.messages[*].source.device"
]

describe("the examples", () => {
  const bodiesOf = (contracts: ReadonlyArray<Contract.Contract>) =>
    contracts.map(({ interaction }) => Matcher.example(interaction.response.body ?? null))

  it("show all that the client reads of a success, but for what is known", () => {
    const schemas = new Set(
      Object.values(SunshineOperations).flatMap((rows) => Object.values<Operation>(rows)).map(({ success }) =>
        success.schema
      )
    )
    const uncovered = Array.from(schemas).flatMap((schema) => {
      const contracts = SunshineContracts.filter((contract) =>
        "gives" in contract && Contract.operationOf(contract)?.declared.success.schema === schema
      )
      return SchemaMatchers.uncovered(schema, bodiesOf(contracts)).map((text) =>
        `${AST.resolveIdentifier(schema.ast)} ${text}`
      )
    })
    const isAt = (path: string | RegExp) => (text: string) =>
      typeof path === "string"
        ? text.startsWith(path) && /^[.:[]/.test(text.slice(path.length))
        : path.test(text)
    assert.deepStrictEqual(uncovered.filter((text) => !notShown.some((path) => isAt(path)(text))), [])
    assert.deepStrictEqual(notShown.filter((path) => !uncovered.some(isAt(path))), [])
  })

  it("show errors as the vendor does: one, with code and title", () => {
    const failures = SunshineContracts.filter((contract) => "failsWith" in contract)
    assert.deepStrictEqual(SchemaMatchers.uncovered(ErrorEnvelope, bodiesOf(failures)), [
      "$.errors: never empty",
      "$.errors[*].code: never absent",
      "$.errors[*].title: never absent"
    ])
  })
})
