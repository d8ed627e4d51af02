/** Every way to break the provider that matters to the client. */
import { ActivitiesOperations } from "@sunco/schemas/ActivitiesOperations"
import { AppKeysOperations } from "@sunco/schemas/AppKeysOperations"
import { AppsOperations } from "@sunco/schemas/AppsOperations"
import { AttachmentsOperations } from "@sunco/schemas/AttachmentsOperations"
import { ClientsOperations } from "@sunco/schemas/ClientsOperations"
import { ConversationsOperations } from "@sunco/schemas/ConversationsOperations"
import { ErrorEnvelope } from "@sunco/schemas/ErrorEnvelope"
import { IntegrationKeysOperations } from "@sunco/schemas/IntegrationKeysOperations"
import { IntegrationsOperations } from "@sunco/schemas/IntegrationsOperations"
import { MessagesOperations } from "@sunco/schemas/MessagesOperations"
import { OAuthOperations } from "@sunco/schemas/OAuthOperations"
import type { Failure, Operation } from "@sunco/schemas/Operation"
import { ParticipantsOperations } from "@sunco/schemas/ParticipantsOperations"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import { SwitchboardActionsOperations } from "@sunco/schemas/SwitchboardActionsOperations"
import { SwitchboardIntegrationsOperations } from "@sunco/schemas/SwitchboardIntegrationsOperations"
import { SwitchboardsOperations } from "@sunco/schemas/SwitchboardsOperations"
import { UsersOperations } from "@sunco/schemas/UsersOperations"
import { WebhooksOperations } from "@sunco/schemas/WebhooksOperations"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import type * as Schema from "effect/Schema"
import { accessToken } from "@sunco/contracts/EmulatedProvider"
import { breakages, change, type Field, fieldsOf } from "./fields.ts"
import type { Mutant, Request, Response } from "./Mutant.ts"

type Name = Mutant["operation"]

type Fault = Omit<Mutant, "operation">

/** Of a form that is no message: messages show what can be in one. A page of Facebook is a number to the vendor, and text in its example. */
const formOfPrechat = "prechatCapture\\.fields\\.\\[\\]\\.(text|email|select|format|minSize|maxSize|options)"

// What no answer of an operation has, whatever is asked: a user who was just made has not logged in, and one without personal
// information has none; a switchboard is made without a default, and no state names who comes next; a pending client is next to nothing, and no list says where its neighbours are; what is sent is no answer to anything, and items have no replies.
const neverAnswered: Partial<Record<Name, RegExp>> = {
  "Apps.create": /^app\.subdomain/,
  "Apps.list": /^(apps\.\[\]\.subdomain|links)/,
  "Apps.update": /^app\.subdomain/,
  "Users.create": /^user\.(authenticated|zendeskId|identities\.)/,
  "Users.deletePersonalInformation": /^user\.(profile|metadata|identities)\./,
  "Clients.create": /^client\.(externalId|lastSeen|linkedAt|displayName|avatarUrl|info|raw)/,
  "Clients.list": /^links/,
  "Conversations.create":
    /^conversation\.(activeSwitchboardIntegration|pendingSwitchboardIntegration|businessLastRead)/,
  "Conversations.list": /^links/,
  "Participants.join": /^participant\.lastRead/,
  "SwitchboardIntegrations.list": /nextSwitchboardIntegrationId$/,
  "Switchboards.create": /^switchboard\.defaultSwitchboardIntegrationId/,
  "Participants.list": /^links/,
  "Messages.post":
    /^messages\.\[\]\.(activity|deleted|quotedMessage|references|source\.(?!type)|content\.(markdownText|media(Type|Size)$|submitted|textFallback|items\.\[\]\.actions\.\[\]\.iconUrl))/,
  "Integrations.create": new RegExp(
    `${formOfPrechat}|^integration\\.(defaultResponder|business(Name|Username|Id)|pageId|username|userId|botId|envName|uri|accountId$|phoneNumber$)`
  ),
  "Integrations.list": new RegExp(`^links|${formOfPrechat}`),
  "Integrations.get": new RegExp(formOfPrechat),
  "Integrations.update": new RegExp(formOfPrechat),
  "Messages.list":
    /^links|\.activity\.data\.\*$|\.items\.\[\]\.actions\.\[\]\.iconUrl$|\.markdownText$|\.source\.(client|device)/
}

const inBody = (f: (body: Schema.Json) => Schema.Json | undefined) => (response: Response): Response => ({
  ...response,
  body: response.body === undefined ? undefined : f(response.body)
})

/** A field that is missing, null, or of another type. */
const brokenField = (field: Field): ReadonlyArray<Fault> =>
  breakages(field).map(({ change, name }) => ({ name, response: inBody(change) }))

/** The fields that the client reads by their names: of any object, such as an empty answer, it reads none. */
const namedFieldsOf = (schema: Schema.Codec<unknown>): ReadonlyArray<Field> =>
  fieldsOf(schema).filter(({ path: [first] }) => first !== "*")

const brokenSuccess = (name: Name, { success }: Operation): ReadonlyArray<Fault> => [
  ...namedFieldsOf(success.schema)
    .filter(({ path }) => !neverAnswered[name]?.test(path.join(".")))
    .flatMap(brokenField),
  ...[200, 201, 202, 204].filter((status) => status !== success.status).map((status) => ({
    name: `answers ${status} for ${success.status}`,
    response: (response: Response) => response.status === success.status ? { ...response, status } : response
  })),
  { name: "answers without a body", response: (response) => ({ ...response, body: undefined }) },
  { name: "answers with a text", response: inBody(() => "<html>") },
  { name: "answers with a list", response: inBody((body) => [body]) }
]

/** The wrapper is missing, or has another one around it. */
const unwrapped = ({ success }: Operation): ReadonlyArray<Fault> => {
  const [wrapper] = namedFieldsOf(success.schema)[0]?.path ?? []
  return wrapper === undefined ? [] : [
    {
      name: `answers without the wrapper ${wrapper}`,
      response: inBody((body) => Predicate.hasProperty(body, wrapper) ? body[wrapper] as Schema.Json : body)
    },
    { name: "wraps its answer once more", response: inBody((body) => ({ data: body })) }
  ]
}

/** Whether a 404 is not that of the app alone. */
const isOfAThing = ({ failures = {} }: Operation): boolean =>
  Object.values<Failure>(failures).some(({ status }) => status === 404)

const brokenError = (declared: Operation) => (status: number): ReadonlyArray<Fault> => [
  ...fieldsOf(ErrorEnvelope).flatMap(brokenField),
  ...[200, 400, 410, 500].filter((other) => other !== status).map((other) => ({
    name: `answers ${other} for ${status}`,
    response: (response: Response) => response.status === status ? { ...response, status: other } : response
  })),
  {
    name: "answers with the envelope of version 1",
    response: (response) =>
      response.status === status ? { status, body: { error: { code: "x", description: "x" } } } : response
  },
  { name: "answers with no error in the envelope", response: inBody((body) => change(body, ["errors"], () => [])) },
  ...(status === 404 && isOfAThing(declared) ? [otherCode] : [])
]

/** The code decides what the client makes of a 404. Where it is the app that is missing, it is said that something else is. */
const otherCode: Fault = {
  name: "says that the app is missing",
  response: inBody((body) =>
    change(body, ["errors", "[]", "code"], (code) => code === "app_not_found" ? "not_found" : "app_not_found")
  )
}

const notFound: Response = { status: 404, body: { errors: [{ code: "not_found", title: "Not found" }] } }
const badRequest: Response = { status: 400, body: { errors: [{ code: "bad_request", title: "Bad request" }] } }
const unauthorized: Response = { status: 401, body: { errors: [{ code: "unauthorized", title: "Unauthorized" }] } }

const hasScheme = (scheme: string) => ({ authorization }: Request) => authorization.startsWith(`${scheme} `)

const otherPath: Fault = {
  name: "has another path",
  request: (request) => ({
    ...request,
    path: request.path.replace(/^(\/v2\/apps\/[^/]+\/|\/\w+\/)/, "$1app")
  })
}

const basic: Fault = {
  name: "refuses a key",
  request: (request) => hasScheme("Basic")(request) ? unauthorized : request
}

const bearer: Fault = {
  name: "refuses a bearer token",
  request: (request) => hasScheme("Bearer")(request) ? unauthorized : request
}

const open: Fault = {
  name: "lets everybody in",
  isForStrangers: true,
  request: (request) => ({ ...request, authorization: `Bearer ${Redacted.value(accessToken)}` })
}

const whateverOf = ({ auth }: Operation): ReadonlyArray<Fault> =>
  auth === "none" ? [otherPath] : [otherPath, auth === "bearer" ? bearer : basic, open]

const without = (name: string): Fault => ({
  name: `ignores the query parameter ${name}`,
  request: (request) => ({
    ...request,
    query: Object.fromEntries(Object.entries(request.query).filter(([other]) => other !== name))
  })
})

const inRequestBody = (f: (body: Schema.Json) => Schema.Json | undefined) => (request: Request): Request => ({
  ...request,
  body: request.body === undefined ? undefined : f(request.body)
})

/** A field that is sent and not taken. */
const ignoredFields = (payload: Schema.Codec<unknown>): ReadonlyArray<Fault> =>
  fieldsOf(payload).map(({ path }) => ({
    name: `ignores ${path.join(".")}`,
    request: inRequestBody((body) => change(body, path, () => undefined))
  }))

const nullsIn = (json: Schema.Json): boolean =>
  json === null || (typeof json === "object" && Object.values(json).some(nullsIn))

const withoutNulls = (json: Schema.Json): Schema.Json =>
  json !== null && typeof json === "object" && !Array.isArray(json)
    ? Object.fromEntries(
      Object.entries(json).filter(([, value]) => value !== null).map(([key, value]) => [key, withoutNulls(value)])
    )
    : json

const refusesNull: Fault = {
  name: "refuses null",
  request: (request) => nullsIn(request.body ?? {}) ? badRequest : request
}

const refusesNothing: Fault = {
  name: "refuses an empty body",
  request: (request) => JSON.stringify(request.body) === "{}" ? badRequest : request
}

const same = (one: Schema.Json, other: Schema.Json) => JSON.stringify(one) === JSON.stringify(other)

const isId = (segment: string) => /^[0-9a-f]{24}$/.test(segment)

/** The one behind `/users/`. */
const addressed = ({ path }: Request) => path.split("/")[5] ?? ""

const addressing: ReadonlyArray<Fault> = [
  without("brandId"),
  { name: "knows nobody by id", request: (request) => isId(addressed(request)) ? notFound : request },
  { name: "knows nobody by externalId", request: (request) => isId(addressed(request)) ? request : notFound }
]

/** What is not in the answer to a link that the channel has not answered for. */
const keptToItself = /^(matchCriteria\.(primary|address|subject|phoneNumber)$|confirmation\.message)/

const inForm = (from: string, to: string) => (request: Request): Request => ({
  ...request,
  form: request.form && {
    ...request.form,
    bytes: Buffer.from(Buffer.from(request.form.bytes).toString("latin1").replace(from, to), "latin1")
  }
})

const paging: ReadonlyArray<Fault> = ["page[after]", "page[before]", "page[size]"].map(without)

const finds = (wrapper: string): Fault => ({
  name: `finds ${wrapper} where there are none`,
  response: inBody((body) => change(body, [wrapper], (items) => same(items, []) ? [{ id: "1" }] : items))
})

/** The fields of a request, but for those of which no answer tells whether they were taken. */
const ignoredFieldsBut = (kept: RegExp, payload: Schema.Codec<unknown>): ReadonlyArray<Fault> =>
  ignoredFields(payload).filter(({ name }) => !kept.test(name.slice("ignores ".length)))

/** What no answer gives back of an integration, and no request has to have; and what none has of a form. */
const keptSecret = new RegExp(
  `^(defaultResponderId|pageId|projectId|clientEmail|privateKey|serverKey|certificate|password)$|${formOfPrechat}`
)

/** Beside what can be wrong with any operation. */
const faults: Partial<Record<Name, ReadonlyArray<Fault>>> = {
  "Users.create": [
    ...ignoredFields(UsersOperations.create.payload),
    refusesNull,
    refusesNothing
  ],
  "Users.listByEmail": [
    without("brandId"),
    without("filter[identities.email]"),
    {
      name: "reads an encoded plus as a space",
      request: (request) => ({
        ...request,
        query: Object.fromEntries(
          Object.entries(request.query).map(([name, value]) => [name, value.replaceAll("+", " ")])
        )
      })
    },
    {
      name: "finds somebody where there is nobody",
      response: inBody((body) => change(body, ["users"], (items) => same(items, []) ? [{ id: "1" }] : items))
    }
  ],
  "Users.get": [
    bearer,
    ...addressing,
    {
      name: "reads an encoded path as it is",
      request: (request) => ({ ...request, path: request.path.replaceAll("%", "%25") })
    },
    // Other operations may answer with null, too; these are the contracts in which null is shown.
    { name: "loses null", response: inBody(withoutNulls) }
  ],
  "Users.update": [
    ...addressing,
    ...ignoredFields(UsersOperations.update.payload),
    refusesNull,
    refusesNothing,
    // A create with null and one without make the same user.
    { name: "ignores null", request: inRequestBody(withoutNulls) },
    {
      name: "clears what a patch leaves out",
      request: inRequestBody((body) =>
        change(body, ["profile"], (profile) => ({
          givenName: null,
          surname: null,
          email: null,
          avatarUrl: null,
          locale: null,
          ...(profile as Schema.JsonObject)
        }))
      )
    }
  ],
  "Users.delete": addressing,
  "Users.deletePersonalInformation": [
    ...addressing,
    {
      name: "keeps the personal information",
      request: (request) => ({ ...request, method: "GET", path: request.path.replace("/personalinformation", "") })
    }
  ],
  "Users.sync": [...ignoredFields(UsersOperations.sync.payload), refusesNothing],
  "Clients.create": [
    ...addressing,
    ...ignoredFields(ClientsOperations.create.payload).filter(({ name }) =>
      !keptToItself.test(name.slice("ignores ".length))
    )
  ],
  "Clients.list": [
    ...addressing,
    without("page[after]"),
    without("page[before]"),
    without("page[size]"),
    {
      name: "finds a client where there is none",
      response: inBody((body) => change(body, ["clients"], (items) => same(items, []) ? [{ id: "1" }] : items))
    }
  ],
  "Clients.remove": addressing,
  "Devices.list": [
    ...addressing,
    {
      name: "finds a device where there is none",
      response: inBody((body) => change(body, ["devices"], (items) => same(items, []) ? [{ id: "1" }] : items))
    }
  ],
  "Devices.get": [...addressing, { name: "loses null", response: inBody(withoutNulls) }],
  "Conversations.create": [...ignoredFields(ConversationsOperations.create.payload), refusesNull],
  "Conversations.list": [
    ...paging,
    without("filter[userId]"),
    without("filter[userExternalId]"),
    finds("conversations")
  ],
  "Conversations.get": [{ name: "loses null", response: inBody(withoutNulls) }],
  "Conversations.update": [
    ...ignoredFields(ConversationsOperations.update.payload),
    refusesNull,
    refusesNothing,
    {
      name: "clears what a patch leaves out",
      request: inRequestBody((body) =>
        change(body, [], (patch) => ({
          displayName: null,
          description: null,
          iconUrl: null,
          metadata: null,
          ...(patch as Schema.JsonObject)
        }))
      )
    }
  ],
  "Conversations.downloadMessageRef": ignoredFieldsBut(/^apple$/, ConversationsOperations.downloadMessageRef.payload),
  // What the events are is Meta's to know.
  "Conversations.postConversionEvents": ignoredFieldsBut(
    /\.data\.\[\]|\.payload\.\*$/,
    ConversationsOperations.postConversionEvents.payload
  ),
  "Participants.join": ignoredFields(ParticipantsOperations.join.payload),
  "Participants.list": [...paging, finds("participants")],
  "Participants.leave": ignoredFields(ParticipantsOperations.leave.payload),
  // Where it goes to is for the channels to see.
  "Messages.post": [
    ...ignoredFieldsBut(/^(destination|override|schema)\b|^author\.brandId$/, MessagesOperations.post.payload),
    refusesNull
  ],
  "Messages.list": [
    without("page[after]"),
    without("page[before]"),
    finds("messages")
  ],
  // Nobody is told who typed, but those who look on.
  "Activities.post": ignoredFieldsBut(
    /^author\.(subtypes|brandId|displayName|avatarUrl)/,
    ActivitiesOperations.post.payload
  ),
  "Attachments.upload": [
    without("access"),
    { name: "looks for the file in another part", request: inForm("name=\"source\"", "name=\"file\"") },
    { name: "takes every file for an image", request: inForm("image/jpeg", "image/png") }
  ],
  "Attachments.delete": ignoredFields(AttachmentsOperations.delete.payload),
  "Apps.create": ignoredFields(AppsOperations.create.payload),
  "Apps.list": [...paging, without("filter[serviceAccountId]"), finds("apps")],
  "Apps.get": [{ name: "loses null", response: inBody(withoutNulls) }],
  "Apps.update": [
    ...ignoredFields(AppsOperations.update.payload),
    refusesNull,
    {
      name: "clears what a patch leaves out",
      request: inRequestBody((body) =>
        change(body, [], (patch) => ({ displayName: "Cleared", ...(patch as Schema.JsonObject) }))
      )
    }
  ],
  "AppKeys.create": ignoredFields(AppKeysOperations.create.payload),
  "Switchboards.list": [finds("switchboards")],
  "Switchboards.update": [...ignoredFields(SwitchboardsOperations.update.payload), refusesNothing],
  "SwitchboardIntegrations.create": [
    ...ignoredFields(SwitchboardIntegrationsOperations.create.payload),
    refusesNull
  ],
  "SwitchboardIntegrations.list": [finds("switchboardIntegrations")],
  "SwitchboardIntegrations.update": [
    ...ignoredFields(SwitchboardIntegrationsOperations.update.payload),
    refusesNull,
    refusesNothing
  ],
  // The metadata is for whoever gets the event.
  "SwitchboardActions.passControl": ignoredFieldsBut(/^metadata/, SwitchboardActionsOperations.passControl.payload),
  "SwitchboardActions.offerControl": ignoredFieldsBut(/^metadata/, SwitchboardActionsOperations.offerControl.payload),
  "SwitchboardActions.acceptControl": [refusesNothing],
  "SwitchboardActions.releaseControl": [refusesNothing],
  "Webhooks.create": [bearer, ...ignoredFields(WebhooksOperations.create.payload)],
  "Webhooks.list": [bearer, finds("webhooks")],
  "Webhooks.get": [bearer],
  "Webhooks.update": [
    bearer,
    ...ignoredFields(WebhooksOperations.update.payload),
    refusesNothing,
    {
      name: "takes for not said what a patch leaves out",
      request: inRequestBody((body) =>
        change(body, [], (patch) => ({
          target: "https://example.com/",
          triggers: [],
          includeFullUser: false,
          includeFullSource: false,
          ...(patch as Schema.JsonObject)
        }))
      )
    }
  ],
  "Webhooks.delete": [bearer],
  "IntegrationKeys.create": ignoredFields(IntegrationKeysOperations.create.payload),
  "IntegrationKeys.list": [finds("keys")],
  "IntegrationKeys.get": [{ name: "loses null", response: inBody(withoutNulls) }],
  "OAuth.getToken": ignoredFields(OAuthOperations.getToken.payload),
  "Integrations.create": ignoredFieldsBut(keptSecret, IntegrationsOperations.create.payload),
  "Integrations.list": [...paging, without("filter[types]"), finds("integrations")],
  "Integrations.update": [...ignoredFieldsBut(keptSecret, IntegrationsOperations.update.payload), refusesNull]
}

const operations: ReadonlyArray<readonly [name: Name, declared: Operation]> = Object.entries(SunshineOperations)
  .flatMap(
    ([resource, rows]) =>
      // The compiler knows both names, but not that they belong together.
      Object.entries<Operation>(rows).map(([name, declared]) => [`${resource}.${name}` as Name, declared] as const)
  )

const mutantsOf = ([operation, declared]: (typeof operations)[number]): ReadonlyArray<Mutant> => {
  const all = [
    ...brokenSuccess(operation, declared),
    ...unwrapped(declared),
    ...(declared.statuses ?? []).flatMap(brokenError(declared)),
    ...whateverOf(declared),
    ...faults[operation] ?? []
  ]
  // Members of a union have fields at the same path, and what breaks one of them breaks all.
  const byName = new Map(all.map((fault) => [fault.name, fault]))
  return Array.from(byName.values(), (fault) => ({ operation, ...fault }))
}

export const mutants: ReadonlyArray<Mutant> = operations.flatMap(mutantsOf)

/** The emulator as it is: where one of these is caught, that another one is means nothing. */
export const controls: ReadonlyArray<Mutant> = operations.flatMap(([operation, { auth }]) => [
  { operation, name: "is as it is" },
  ...(auth === "none" ? [] : [{ operation, name: "refuses strangers", isForStrangers: true }])
])
