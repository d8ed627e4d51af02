import type {
  CreateConversation,
  DownloadMessageRef,
  PostConversionEvents,
  UpdateConversation
} from "@sunco/schemas/ConversationPayloads"
import type { ConversationResponse } from "@sunco/schemas/ConversationsOperations"
import { ConversationsOperations } from "@sunco/schemas/SunshineOperations"
import type { SizedFrom } from "@sunco/schemas/Page"
import type { CallOptions } from "../../CallOptions.ts"
import type { ConversationsMethods, ConversationsOf } from "../../ConversationsMethods.ts"
import type { EffectFace } from "../../EffectFace.ts"
import { ConversationNotFound, UserNotFound } from "../../Outcomes.ts"
import { conversationsRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import { pageQuery, pagesOf, wholePage } from "../operation/pages.ts"
import { nothing, resource } from "../operation/resource.ts"

/** @internal */
export const makeConversations = (sunshine: Sunshine["Service"]): ConversationsMethods<EffectFace> => {
  const { call } = resource(sunshine, "Conversations", ConversationsOperations, conversationsRetrySafety, {
    ConversationNotFound,
    UserNotFound
  })
  return {
    create: call(
      "create",
      (payload: CreateConversation, _options?: CallOptions) => ({ params: {}, payload }),
      conversationOf
    ),
    ...pagesOf(
      call("list", (of: ConversationsOf, from?: SizedFrom, _options?: CallOptions) => ({
        params: {},
        query: { ...filterQuery(of), ...pageQuery(from) }
      }), wholePage),
      ({ conversations }) => conversations
    ),
    get: call(
      "get",
      (conversationId: string, _options?: CallOptions) => ({ params: { conversationId } }),
      conversationOf
    ),
    update: call(
      "update",
      (conversationId: string, payload: UpdateConversation, _options?: CallOptions) => ({
        params: { conversationId },
        payload
      }),
      conversationOf
    ),
    delete: call(
      "delete",
      (conversationId: string, _options?: CallOptions) => ({ params: { conversationId } }),
      nothing
    ),
    downloadMessageRef: call(
      "downloadMessageRef",
      (conversationId: string, payload: DownloadMessageRef, _options?: CallOptions) => ({
        params: { conversationId },
        payload
      }),
      (answer) => answer
    ),
    postConversionEvents: call(
      "postConversionEvents",
      (conversationId: string, payload: PostConversionEvents, _options?: CallOptions) => ({
        params: { conversationId },
        payload
      }),
      ({ conversionEvents }) => conversionEvents
    )
  }
}

const conversationOf = ({ conversation }: ConversationResponse) => conversation

/** What is no filter is none in a query either, and is refused with it. */
const filterQuery = (of: ConversationsOf): { readonly [name: string]: never } =>
  Object.fromEntries(
    Object.entries(of ?? {}).filter(([, id]) => id !== undefined).map(([name, id]) => [`filter[${name}]`, id])
  ) as never
