import type { ResponseInfo } from "@sunco/client/ResponseInfo"
import * as Context from "effect/Context"

/**
 * Who wants to know status and headers of the answer that settled a call with success.
 *
 * @internal
 */
export class ResponseObserver extends Context.Reference<ResponseObserver>()(
  "@sunco/effect3/internal/ResponseObserver",
  { defaultValue: (): ((response: ResponseInfo) => void) | undefined => undefined }
) {}
