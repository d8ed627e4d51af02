/**
 * What requests carry, and their answers. Fields that the types do not name are there too, and `UnknownFields.get`
 * reads them.
 *
 * @since 0.1.0
 */
export type * from "@sunco/schemas/ActivityPayloads"
export type * from "@sunco/schemas/App"
export type * from "@sunco/schemas/AppKey"
export type * from "@sunco/schemas/AppPayloads"
export type * from "@sunco/schemas/Attachment"
export type * from "@sunco/schemas/Author"
export type * from "@sunco/schemas/Client"
export type * from "@sunco/schemas/ClientPayloads"
export type * from "@sunco/schemas/Conversation"
export type * from "@sunco/schemas/ConversationPayloads"
export type { ConversionEvents } from "@sunco/schemas/ConversationsOperations"
export type * from "@sunco/schemas/Destination"
export type * from "@sunco/schemas/Device"
export type * from "@sunco/schemas/FilePart"
export type * from "@sunco/schemas/FormField"
export type * from "@sunco/schemas/Message"
export type * from "@sunco/schemas/MessageAction"
export type * from "@sunco/schemas/MessageContent"
export type * from "@sunco/schemas/MessageItem"
export type * from "@sunco/schemas/MessagePayloads"
export type * from "@sunco/schemas/Override"
export type * from "@sunco/schemas/Page"
export type * from "@sunco/schemas/Participant"
export type * from "@sunco/schemas/ParticipantPayloads"
export type * from "@sunco/schemas/Source"
export type * from "@sunco/schemas/Unrecognized"
