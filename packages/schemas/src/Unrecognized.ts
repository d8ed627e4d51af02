/**
 * What the vendor sends and this release does not know.
 *
 * @since 0.1.0
 */

// A member of an enum is a type of its own below `string`: it narrows in a `switch`, and prints and compares as text, where
// `string` or a brand of it would switch narrowing off for the whole union. It is declared for the compiler alone, so nothing
// of it is there at run time, and no value of it can be had.
/**
 * The text of a `type` that this release does not know.
 *
 * @category models
 * @since 0.1.0
 */
export declare enum UnrecognizedText {
  /** Any text but those that are known. */
  text = ""
}

/**
 * A member of a union whose `type` this release does not know.
 *
 * **Details**
 *
 * It has kept all its fields: `UnknownFields.get` reads them, `UnknownFields.toJson` gives the whole. Its `type` is the text that the
 * vendor sent. Where a member of a known type lacks what it cannot be without, or has it in another form, it is read as this
 * too, told as what was put aside, and its `type` is empty: so a `case` of a known type is always what it says.
 *
 * **Example** (Two kinds of content, and whatever comes later)
 *
 * ```ts
 * import type { MessageContent } from "@sunco/schemas/MessageContent"
 * import * as UnknownFields from "@sunco/schemas/UnknownFields"
 *
 * const summary = (content: MessageContent): unknown => {
 *   switch (content.type) {
 *     case "text":
 *       return content.text
 *     case "image":
 *       return content.mediaUrl
 *     default:
 *       return UnknownFields.get(content, "text")
 *   }
 * }
 *
 * console.log(summary({ type: "text", text: "Hello" }))
 * // Hello
 * ```
 *
 * @category models
 * @since 0.1.0
 */
export interface Unrecognized {
  readonly type: UnrecognizedText
}

/**
 * Text of which some values are documented and more may come: comparing it narrows, and a mistyped value does not compile, in a
 * comparison or in a payload.
 *
 * @category models
 * @since 0.1.0
 */
export type OpenText<Known extends string> = Known | UnrecognizedText
