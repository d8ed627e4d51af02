/**
 * The Attachments API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { AttachmentsMethods } from "./AttachmentsMethods.ts"
import type { EffectFace } from "./EffectFace.ts"
import { makeAttachments } from "./internal/conversations/attachments.ts"
import * as Resource from "./Resource.ts"

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
export class Attachments
  extends Resource.Service<Attachments, AttachmentsMethods<EffectFace>>()("@sunco/client/Attachments", makeAttachments)
{}
