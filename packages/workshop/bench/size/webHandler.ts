// What a worker at the edge imports that receives webhooks.
export { layerMemory } from "@sunco/webhooks/Deduplication"
export { layer } from "@sunco/webhooks/Secrets"
export { make } from "@sunco/webhooks/WebHandler"
export { make as makeReceiver } from "@sunco/webhooks/WebhookReceiver"
