/**
 * What the emulator does where the vendor says nothing.
 *
 * @since 0.1.0
 */

/**
 * Choices between answers that the vendor may give: nothing is documented, so a program has to live with either. The first of
 * each is what is done unless it is said.
 *
 * **Example** (A vendor who refuses to let somebody join again)
 *
 * ```ts
 * import { Emulator } from "@sunco/emulator/Emulator"
 *
 * const layer = Emulator.layerMemory({ assume: { joinTwice: "refused" } })
 *
 * console.log(layer !== undefined)
 * // true
 * ```
 *
 * @category options
 * @since 0.1.0
 */
export interface Assumptions {
  /** Who takes part joins again: 201 with the participant that there is, or 400. */
  readonly joinTwice?: "again" | "refused"
  /** A user gets a second personal conversation: another one, 400, or 201 with the one that there is. */
  readonly secondPersonalConversation?: "another" | "refused" | "existing"
  /** Which entries of a list come first, but for messages. */
  readonly listOrder?: "oldestFirst" | "newestFirst"
  /** Which messages of a page come first; the latest page comes first in any case. */
  readonly messageOrder?: "oldestFirst" | "newestFirst"
  /** What becomes of the metadata of a conversation or of an app that an update does not name. */
  readonly metadataUpdate?: "merged" | "replaced"
  /** A message is written or read in the name of a user who takes no part: 400, or 404 `user_not_found`. */
  readonly strangerAsAuthor?: "badRequest" | "notFound"
  /** A message is deleted that is not there: 404 `message_not_found`, or 200. */
  readonly missingMessage?: "notFound" | "deleted"
  /** The cursor of a page is the id of a record that is gone: the page begins where it was, or 400. */
  readonly goneCursor?: "place" | "refused"
  /** The key of an account calls what does not list its scope, as the operations of webhooks do not: 403, or it may. */
  readonly accountScope?: "listed" | "everything"
  /** A custom integration that has a webhook is to have another: 400, or it gets it. */
  readonly secondWebhook?: "refused" | "another"
  /** An integration is to have another webhook of the same target: it gets it, or 400. */
  readonly sameTarget?: "another" | "refused"
  /** The key of an integration says `me`: its own integration, as the token of one does, or 404. */
  readonly meOfKey?: "itself" | "notFound"
  /** Credentials that are of no integration say `me`: 404 `integration_not_found`, or 403. */
  readonly meOfNone?: "notFound" | "forbidden"
  /** A key of an integration is not there: 404 `not_found`, or `key_not_found`. */
  readonly missingIntegrationKey?: "notFound" | "keyNotFound"
  /** Whether keys are shown with their secrets again after they were made. */
  readonly keySecrets?: "always" | "onceOnly"
  /** A key of an app is deleted that is not there: 404 `app_not_found`, or 404 `not_found`. */
  readonly missingAppKey?: "appNotFound" | "notFound"
  /** What authenticates to an app alone, when the app is deleted: no more, which is 401, or it finds no app, which is 404. */
  readonly keysOfDeletedApp?: "revoked" | "kept"
  /** An OAuth code is exchanged again, or with another secret than its client's: 401, or 400. */
  readonly refusedCode?: "unauthorized" | "badRequest"
  /** A list of integrations asks for a type that there is not: none is found, or 400. */
  readonly unknownIntegrationType?: "notFound" | "refused"
  /** Control of a conversation cannot change hands as asked: 200 and an event, or 400 beside the event. */
  readonly failedControl?: "event" | "badRequest"
  /** A switchboard integration is to have the name of another one: 400, or both have it. */
  readonly sameControlName?: "refused" | "shared"
  /** Whether an integration that is deleted loses its turn in the switchboard, or has it without being there. */
  readonly turnOfDeletedIntegration?: "lost" | "kept"
  /** What the webhooks of an integration that takes no turn in an enabled switchboard hear of conversations. */
  readonly outsideSwitchboard?: "everything" | "nothing"
}
