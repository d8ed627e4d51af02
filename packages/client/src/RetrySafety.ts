/**
 * What may be done after an attempt of which nobody knows whether it was applied, operation by operation.
 *
 * @since 0.1.0
 */
import type { SunshineOperations } from "@sunco/schemas/SunshineOperations"

/**
 * What an operation's row says:
 *
 * - `repeat`: the same request is sent again; the end state is the same
 * - `stop`: the call fails with `retryStopped: "unsafe"` and `applied: "unknown"`
 * - `missing is done`: the same request is sent again, and that the thing named is missing then is the success of the attempt
 *   before
 * - `look up`: the same request is sent again, and a refusal then is compared with what is stored
 * - `look up first`: what is stored is read, and the same request is sent again only where the thing is not there
 * - `list first`: a list is read before the first attempt, and again before the same request is sent again; what was not in the first one,
 *   and is what was sent, is the success of the attempt before
 * - `for a while`: the same request is sent again, but not later than so many milliseconds after the call began
 * - `unauthorized is done`: the same request is sent again with the same token, and that it is refused then is the success of the
 *   attempt before
 *
 * @category models
 * @since 0.1.0
 */
export type RetrySafety<Tag extends string = string> =
  | "repeat"
  | "stop"
  | { readonly repeat: "missing is done"; readonly missing: Tag }
  | { readonly repeat: "look up" | "look up first" | "list first" }
  | { readonly repeat: "for a while"; readonly millis: number }
  | { readonly repeat: "unauthorized is done" }

/**
 * A row that depends on what is sent, or on what the caller asks for: `when` names fields of the payload, of the query or of the options
 * that must be there (`true`), or must have that value.
 *
 * @category models
 * @since 0.1.0
 */
export interface ConditionalRetrySafety<Tag extends string = string> {
  readonly when: { readonly [field: string]: true | string }
  readonly met: RetrySafety<Tag>
  readonly otherwise: RetrySafety<Tag>
}

type Tags<O> = O extends { readonly failures: infer Failures } ? keyof Failures & string : never

/** What of an operation may be missing: its outcomes, and the app where the operation is of the app itself. */
type Missing<O> = Tags<O> | (O extends { readonly path: "/v2/apps/:appId" } ? "AppNotFound" : never)

/** The compiler asks for a row for every operation, and for no outcome that the operation does not have. */
type Table<Resource extends keyof typeof SunshineOperations> = {
  readonly [Name in keyof (typeof SunshineOperations)[Resource]]:
    | RetrySafety<Missing<(typeof SunshineOperations)[Resource][Name]>>
    | ConditionalRetrySafety<Missing<(typeof SunshineOperations)[Resource][Name]>>
}

/**
 * The rows of `Users`. An attempt that was certainly not applied may be repeated by every operation.
 *
 * @category constants
 * @since 0.1.0
 */
export const usersRetrySafety = {
  /** An identical payload from another creator cannot be told apart; without a key, repeating it could make a second user. */
  create: { when: { externalId: true }, met: { repeat: "look up" }, otherwise: "stop" },
  listByEmail: "repeat",
  get: "repeat",
  /** May overwrite another writer's change made in between; `retry: "unapplied-only"` where that matters. */
  update: "repeat",
  /** Addressed by externalId it may hit a user created anew meanwhile: prefer the id. */
  delete: { repeat: "missing is done", missing: "UserNotFound" },
  /** The same; a 404 stays `UserNotFound`. */
  deletePersonalInformation: "repeat",
  /** May have merged users. */
  sync: "stop"
} as const satisfies Table<"Users">

/**
 * The rows of `Clients`.
 *
 * @category constants
 * @since 0.1.0
 */
export const clientsRetrySafety = {
  /** Each may ask the person anew, and nothing tells two pending ones apart. */
  create: "stop",
  list: "repeat",
  remove: { repeat: "missing is done", missing: "ClientNotFound" }
} as const satisfies Table<"Clients">

/**
 * The rows of `Devices`.
 *
 * @category constants
 * @since 0.1.0
 */
export const devicesRetrySafety = { list: "repeat", get: "repeat" } as const satisfies Table<"Devices">

/**
 * The rows of `Conversations`.
 *
 * @category constants
 * @since 0.1.0
 */
export const conversationsRetrySafety = {
  /** Repeating it could make a second one for the same person. */
  create: "stop",
  list: "repeat",
  get: "repeat",
  /** May overwrite another writer's change made in between. */
  update: "repeat",
  delete: { repeat: "missing is done", missing: "ConversationNotFound" },
  downloadMessageRef: "repeat",
  /** Events count. */
  postConversionEvents: "stop"
} as const satisfies Table<"Conversations">

/**
 * The rows of `Participants`.
 *
 * @category constants
 * @since 0.1.0
 */
export const participantsRetrySafety = {
  /** What a second join gives is not documented, and that there are too many may be due to the first. */
  join: { repeat: "look up first" },
  list: "repeat",
  leave: { repeat: "missing is done", missing: "ParticipantNotFound" }
} as const satisfies Table<"Participants">

/**
 * The rows of `Messages`.
 *
 * @category constants
 * @since 0.1.0
 */
export const messagesRetrySafety = {
  /** Repeating it could say the same twice. */
  post: "stop",
  list: "repeat",
  delete: { repeat: "missing is done", missing: "MessageNotFound" },
  /** Would delete what came in between. */
  deleteAll: "stop"
} as const satisfies Table<"Messages">

/**
 * The rows of `Activities`.
 *
 * @category constants
 * @since 0.1.0
 */
export const activitiesRetrySafety = {
  /** What was not read would be marked as read; typing that is late is shown after the answer. */
  post: { when: { type: "conversation:read" }, met: "stop", otherwise: { repeat: "for a while", millis: 5000 } }
} as const satisfies Table<"Activities">

/**
 * The rows of `Attachments`.
 *
 * @category constants
 * @since 0.1.0
 */
export const attachmentsRetrySafety = {
  /** A second file that nobody knows of stays for ever, unless it goes with its conversation. */
  upload: { when: { for: "message", conversationId: true }, met: "repeat", otherwise: "stop" },
  delete: { repeat: "missing is done", missing: "AttachmentNotFound" }
} as const satisfies Table<"Attachments">

/**
 * The rows of `Apps`.
 *
 * @category constants
 * @since 0.1.0
 */
export const appsRetrySafety = {
  /** A second app may cost money. */
  create: "stop",
  list: "repeat",
  get: "repeat",
  /** May overwrite another writer's change made in between. */
  update: "repeat",
  delete: { repeat: "missing is done", missing: "AppNotFound" }
} as const satisfies Table<"Apps">

/**
 * The rows of `AppKeys`.
 *
 * @category constants
 * @since 0.1.0
 */
export const appKeysRetrySafety = {
  /** A second key would work, and nobody would hold it. */
  create: { when: { lookUp: true }, met: { repeat: "list first" }, otherwise: "stop" },
  list: "repeat",
  get: "repeat",
  /** A 404 may be of the app, so the list says whether the key is gone. */
  delete: { repeat: "look up" }
} as const satisfies Table<"AppKeys">

/**
 * The rows of `Webhooks`.
 *
 * @category constants
 * @since 0.1.0
 */
export const webhooksRetrySafety = {
  /** A second one would get every event twice. */
  create: { repeat: "list first" },
  list: "repeat",
  get: "repeat",
  /** May overwrite another writer's change made in between. */
  update: "repeat",
  delete: { repeat: "missing is done", missing: "WebhookNotFound" }
} as const satisfies Table<"Webhooks">

/**
 * The rows of `IntegrationKeys`.
 *
 * @category constants
 * @since 0.1.0
 */
export const integrationKeysRetrySafety = {
  /** A second key would work, and nobody would hold it. */
  create: { when: { lookUp: true }, met: { repeat: "list first" }, otherwise: "stop" },
  list: "repeat",
  get: "repeat",
  /** A 404 may be of the integration or of the app, so the list says whether the key is gone. */
  delete: { repeat: "look up" }
} as const satisfies Table<"IntegrationKeys">

/**
 * The rows of `OAuth`.
 *
 * @category constants
 * @since 0.1.0
 */
export const oauthRetrySafety = {
  /** A code is good for one exchange. */
  getToken: "stop",
  tokenInfo: "repeat",
  /** It takes the token away that it is sent with. */
  revokeAccess: { repeat: "unauthorized is done" }
} as const satisfies Table<"OAuth">

/**
 * The rows of `Integrations`.
 *
 * @category constants
 * @since 0.1.0
 */
export const integrationsRetrySafety = {
  /** A second one would be told of everything once more, and most channels have one place for one integration. */
  create: { when: { lookUp: true }, met: { repeat: "list first" }, otherwise: "stop" },
  list: "repeat",
  get: "repeat",
  /** May overwrite another writer's change made in between. */
  update: "repeat",
  delete: { repeat: "missing is done", missing: "IntegrationNotFound" }
} as const satisfies Table<"Integrations">
