/**
 * What may be done after an attempt of which nobody knows whether it was applied, operation by operation.
 *
 * @since 0.1.0
 */
export { type ConditionalRetrySafety, type RetrySafety, usersRetrySafety } from "@sunco/client/RetrySafety"
