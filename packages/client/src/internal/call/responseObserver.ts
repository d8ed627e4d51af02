import * as Context from "effect/Context"
import type { ResponseInfo } from "../../ResponseInfo.ts"

/**
 * Who wants to know status and headers of the answer that settled a call with success.
 *
 * @internal
 */
export const ResponseObserver = Context.Reference<((response: ResponseInfo) => void) | undefined>(
  "@sunco/client/internal/ResponseObserver",
  { defaultValue: () => undefined }
)
