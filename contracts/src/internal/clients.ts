import { integrationId } from "./wire.ts"

/** A client with every field that the document has. */
export const complete = {
  type: "whatsapp",
  status: "active",
  integrationId,
  externalId: "+12125552368",
  lastSeen: "2020-08-20T16:13:07.462Z",
  linkedAt: "2020-06-23T14:33:47.492Z",
  displayName: "Steve",
  avatarUrl: "https://s3.amazonaws.com/avatar.jpg",
  info: { country: "Canada" },
  raw: { profile: { name: "Steve" } }
} as const
