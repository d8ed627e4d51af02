/**
 * Bulk work on users: import, update, erase and export by the million, resumable, on one machine or many.
 *
 * @since 0.1.0
 */
export { InputError } from "./InputError.ts"
