/**
 * The Attachments API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { Attachments as ClientAttachments } from "@sunco/client/Attachments"
import type { AttachmentsMethods } from "@sunco/client/AttachmentsMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/AttachmentsMethods"

/**
 * Files that messages name: upload, download and delete.
 *
 * **Details**
 *
 * Whoever has the address of a file that belongs to no conversation can read it: the address is a secret.
 *
 * A method fails with what its type says: the outcomes of the domain by name, all else as `SunshineError` with a reason.
 *
 * @category services
 * @since 0.1.0
 */
export class Attachments extends Resource.Service<Attachments, AttachmentsMethods<Effect3Face>>()(
  "@sunco/effect3/Attachments",
  ClientAttachments
) {}
