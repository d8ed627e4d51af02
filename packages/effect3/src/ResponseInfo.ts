/**
 * Status and headers of an answer, for support tickets and for whoever needs them beside the decoded value.
 *
 * @since 0.1.0
 */
export type { ResponseInfo } from "@sunco/client/ResponseInfo"
