import { ActivitiesOperations } from "@sunco/schemas/ActivitiesOperations"
import { AttachmentsOperations } from "@sunco/schemas/AttachmentsOperations"
import { ClientsOperations } from "@sunco/schemas/ClientsOperations"
import { ConversationsOperations } from "@sunco/schemas/ConversationsOperations"
import { DevicesOperations } from "@sunco/schemas/DevicesOperations"
import { MessagesOperations } from "@sunco/schemas/MessagesOperations"
import type { Operation, Operations } from "@sunco/schemas/Operation"
import { ParticipantsOperations } from "@sunco/schemas/ParticipantsOperations"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"

/** By resource, those among them that `SunshineOperations` does not list yet. */
export const resources: { readonly [resource: string]: Operations } = {
  ...SunshineOperations,
  Conversations: ConversationsOperations,
  Participants: ParticipantsOperations,
  Messages: MessagesOperations,
  Activities: ActivitiesOperations,
  Attachments: AttachmentsOperations,
  Clients: ClientsOperations,
  Devices: DevicesOperations
}

export const operations: ReadonlyArray<readonly [name: string, operation: Operation]> = Object.entries(resources)
  .flatMap(
    ([resource, operations]) =>
      Object.entries(operations).map(([name, operation]) => [`${resource}.${name}`, operation] as const)
  )
