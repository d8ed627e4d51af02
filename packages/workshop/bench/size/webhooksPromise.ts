// The same without Effect: the handlers of every other server come with it.
export { WebhookReceiver } from "@sunco/webhooks/promise"
