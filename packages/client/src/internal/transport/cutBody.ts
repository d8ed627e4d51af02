import * as Result from "effect/Result"
import * as Json from "../operation/json.ts"
import type { Answer } from "./wire.ts"

/**
 * Whether nothing but the end of the connection, or of the stream, says where a body ends.
 *
 * @internal
 */
export const isUnframed = (headers: { readonly [name: string]: unknown }): boolean =>
  headers["content-length"] === undefined && headers["transfer-encoding"] === undefined

/**
 * Whether a body that arrived as a whole one is the beginning of one. Where neither a length nor chunks framed it, the end of
 * the connection (or over HTTP/2 of the stream, and undici takes a reset for one) looks like its own end, and only JSON that
 * is not closed tells. Of what is promised to be JSON, nothing at all is such a beginning too.
 *
 * @internal
 */
export const isCut = ({ body, status, tooLarge, unframed }: Answer): boolean =>
  unframed === true && !tooLarge && status !== 204 && status !== 205 && status !== 304 &&
  (body === "" ? status < 300 : /^\ufeff?\s*[[{]/.test(body) && Result.isFailure(Json.parse(body)))
