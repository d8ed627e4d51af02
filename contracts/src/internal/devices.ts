/** A telephone, with every field that the document has. */
export const complete = {
  type: "ios",
  guid: "f1c7abea2d49429db10094be820d5f80",
  clientId: "5d9b870dda96abc332625cc8",
  status: "active",
  integrationId: "5d83a25d9916b64a83ed25e8",
  lastSeen: "2025-01-28T17:59:58.331Z",
  pushNotificationToken: "740f4707bebcf74f9b7c25d48e335894",
  info: { vendor: "zendesk", sdkVersion: "0.1" },
  appVersion: "1.0"
} as const
