import type { PostMessage } from "@sunco/schemas/MessagePayloads"
import type { MessageListResponse, MessagesResponse } from "@sunco/schemas/MessagesOperations"
import { MessagesOperations } from "@sunco/schemas/SunshineOperations"
import type { From } from "@sunco/schemas/Page"
import type { CallOptions } from "../../CallOptions.ts"
import type { EffectFace } from "../../EffectFace.ts"
import type { MessagesMethods } from "../../MessagesMethods.ts"
import {
  ConversationNotFound,
  IntegrationNotFound,
  MessageLimitReached,
  MessageNotFound,
  UserNotFound
} from "../../Outcomes.ts"
import { messagesRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import { pageQuery, pagesOf, wholePage } from "../operation/pages.ts"
import { nothing, resource } from "../operation/resource.ts"
import { postingOnce } from "./postOnce.ts"

/** @internal */
export const makeMessages = (sunshine: Sunshine["Service"]): MessagesMethods<EffectFace> => {
  const { call, core, method, operation, run } = resource(
    sunshine,
    "Messages",
    MessagesOperations,
    messagesRetrySafety,
    { ConversationNotFound, IntegrationNotFound, MessageLimitReached, MessageNotFound, UserNotFound }
  )
  const posting = operation("post", messagesOf)
  const listing = operation("list", (page: MessageListResponse) => page)

  return {
    post: call(
      "post",
      (conversationId: string, payload: PostMessage, _options?: CallOptions) => ({
        params: { conversationId },
        payload
      }),
      messagesOf
    ),
    postOnce: postingOnce({
      core,
      method,
      encode: (conversationId, payload) => posting.encode({ params: { conversationId }, payload }),
      post: (method, encoded, options) => run(method, encoded, posting.planOf({}), options),
      list: (method, conversationId, from, options) => {
        const input = { params: { conversationId }, query: pageQuery(from) }
        return run(method, listing.encode(input), listing.planOf(input), options)
      }
    }),
    ...pagesOf(
      call("list", (conversationId: string, from?: From, _options?: CallOptions) => ({
        params: { conversationId },
        query: pageQuery(from)
      }), wholePage),
      ({ messages }) => messages,
      "newest first"
    ),
    delete: call(
      "delete",
      (conversationId: string, messageId: string, _options?: CallOptions) => ({
        params: { conversationId, messageId }
      }),
      nothing
    ),
    deleteAll: call(
      "deleteAll",
      (conversationId: string, _options?: CallOptions) => ({ params: { conversationId } }),
      nothing
    )
  }
}

const messagesOf = ({ messages }: MessagesResponse) => messages
