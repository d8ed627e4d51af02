const settings = {
  conversationRetentionSeconds: 7_776_000,
  maskCreditCardNumbers: false,
  useAnimalNames: true,
  echoPostback: true,
  ignoreAutoConversationStart: false,
  multiConvoEnabled: true,
  appLocalizationEnabled: false,
  endSessionEnabled: false,
  disableConversationReopen: false
}

/** An app with every field that can be sent. */
export const complete = { displayName: "My Test App", settings, metadata: { shop: "tea", seats: 12, open: true } }
