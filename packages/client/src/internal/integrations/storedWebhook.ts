import type { Webhook } from "@sunco/schemas/Webhook"
import type { CreateWebhook } from "@sunco/schemas/WebhookPayloads"

/**
 * Whether the webhook that is stored is what this payload would have made: the same address, the same triggers in any order, the
 * same flags. The vendor may write an address in another form; a flag that is not said is not set.
 *
 * @internal
 */
export const isMadeOf = (sent: CreateWebhook, stored: Webhook): boolean =>
  hasTarget(stored, sent.target) &&
  isSameSet(sent.triggers, stored.triggers ?? []) &&
  isSameFlag(sent.includeFullUser, stored.includeFullUser) &&
  isSameFlag(sent.includeFullSource, stored.includeFullSource)

/**
 * Whether the webhook that is stored calls this address, in whichever form.
 *
 * @internal
 */
export const hasTarget = (stored: Webhook, target: string): boolean => addressOf(stored.target) === addressOf(target)

const addressOf = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) ? new URL(url).href : url

const isSameSet = (some: ReadonlyArray<string>, others: ReadonlyArray<string>): boolean => {
  const [one, other] = [new Set(some), new Set(others)]
  return one.size === other.size && some.every((value) => other.has(value))
}

const isSameFlag = (sent: boolean | undefined, stored: boolean | undefined): boolean =>
  (sent ?? false) === (stored ?? false)
