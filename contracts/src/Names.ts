/**
 * Who has these contracts with whom.
 *
 * @since 0.1.0
 */

/**
 * The name under which `@sunco/client` itself publishes its contracts. An application that re-runs them takes its own.
 *
 * @category constants
 * @since 0.1.0
 */
export const consumer = "sunco-client"

/**
 * The name of Sunshine Conversations in contracts.
 *
 * @category constants
 * @since 0.1.0
 */
export const provider = "sunshine-conversations-api"

/**
 * The name under which the emulator keeps these contracts in a broker. Zendesk verifies none, and nobody does so in its name.
 *
 * @category constants
 * @since 0.1.0
 */
export const emulator = "sunshine-conversations-emulator"

/**
 * The name under which `@sunco/webhooks` itself publishes what it expects of deliveries. An application takes its own.
 *
 * @category constants
 * @since 0.1.0
 */
export const webhooksConsumer = "sunco-webhooks"

/**
 * The name of what sends deliveries to webhooks, in contracts.
 *
 * @category constants
 * @since 0.1.0
 */
export const webhooksProvider = "sunshine-conversations-webhooks"
