/**
 * Effect schemas and the HttpApi declaration of the Sunshine Conversations API.
 *
 * @since 0.1.0
 */
export { ErrorEntry, ErrorEnvelope } from "./ErrorEnvelope.ts"
export { Identity } from "./Identity.ts"
export * as Ids from "./Ids.ts"
export { Metadata } from "./Metadata.ts"
export { partial, type PartialSchema } from "./Partial.ts"
export { Profile, ProfileInput } from "./Profile.ts"
export * as Reading from "./Reading.ts"
export { SunshineApi, SunshineSecurity } from "./SunshineApi.ts"
export { SunshineOperations } from "./SunshineOperations.ts"
export * as UnknownFields from "./UnknownFields.ts"
export { User } from "./User.ts"
export { CreateUser, SyncUser, UpdateUser } from "./UserPayloads.ts"
export { UsersOperations } from "./UsersOperations.ts"
export * as Writing from "./Writing.ts"
