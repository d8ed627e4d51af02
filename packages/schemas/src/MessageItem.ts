/**
 * The items of carousels and lists.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { codePoints } from "./internal/codePoints.ts"
import { entries } from "./internal/entries.ts"
import { isUri } from "./internal/isUri.ts"
import { omittable } from "./internal/omittable.ts"
import { relaxed } from "./internal/relaxed.ts"
import { ItemActionInput, MessageAction } from "./MessageAction.ts"
import { Metadata } from "./Metadata.ts"
import type { Received } from "./Received.ts"
import type { OpenText } from "./Unrecognized.ts"

/**
 * An item to send, with a title and one to three buttons.
 *
 * @see OpenAPI 17.12.1, `item`
 * @category models
 * @since 0.1.0
 */
export interface MessageItemInput {
  /** 1 to 128 characters. */
  readonly title: string
  /** At most 128 characters. */
  readonly description?: string | undefined
  /** The address of an image, at most 2048 characters. */
  readonly mediaUrl?: string | undefined
  /** The MIME type of the image, at most 128 characters. */
  readonly mediaType?: string | undefined
  /** What the image shows, at most 128 characters; the name of its file where nothing is said. */
  readonly altText?: string | undefined
  /** How large the image is. */
  readonly size?: OpenText<"compact" | "large"> | undefined
  /** 1 to 3. */
  readonly actions: ReadonlyArray<ItemActionInput>
  /** At most 4096 bytes as compact UTF-8 JSON. */
  readonly metadata?: Metadata | null | undefined
}

/**
 * Schema of {@link MessageItemInput}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const MessageItemInput: Schema.Codec<MessageItemInput> = Schema.Struct({
  title: Schema.String.check(codePoints(1, 128)),
  description: omittable(Schema.String.check(codePoints(0, 128))),
  mediaUrl: omittable(Schema.String.check(codePoints(0, 2048), isUri)),
  mediaType: omittable(Schema.String.check(codePoints(0, 128))),
  altText: omittable(Schema.String.check(codePoints(0, 128))),
  size: omittable(Schema.Literals(["compact", "large"])),
  actions: Schema.Array(ItemActionInput).check(entries(1, 3)),
  metadata: omittable(Schema.NullOr(Metadata))
}).annotate({ identifier: "MessageItemInput" })

/**
 * An item of a carousel or a list, as answers carry it. Nothing of it is sure to be there.
 *
 * @see OpenAPI 17.12.1, `item`
 * @category models
 * @since 0.1.0
 */
export interface MessageItem extends Received<Omit<MessageItemInput, "actions">> {
  readonly actions?: ReadonlyArray<MessageAction>
}

/**
 * Schema of {@link MessageItem}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const MessageItem: Schema.Codec<MessageItem> = relaxed(MessageItemInput, {
  actions: Schema.Array(MessageAction)
}).annotate({ identifier: "MessageItem" })
