/**
 * Reading what a response carries beyond the fields that its type names.
 *
 * @since 0.1.0
 */
export { get, toJson } from "@sunco/schemas/UnknownFields"
