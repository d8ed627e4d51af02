/**
 * What the client expects of Sunshine Conversations.
 *
 * @since 0.1.0
 */
export * as Contract from "./Contract.ts"
export * as CoreContracts from "./CoreContracts.ts"
export * as Names from "./Names.ts"
export { ProviderStates } from "./ProviderStates.ts"
export { SunshineContracts } from "./SunshineContracts.ts"
export * as UsersContracts from "./UsersContracts.ts"
