import type { PutAside } from "@sunco/schemas/Reading"
import type { Method } from "./method.ts"
import { countPutAside } from "../telemetry/metrics.ts"

/**
 * Tells which fields of an answer were not as documented: by operation and field, never by a value.
 *
 * @internal
 */
export const tellPutAside = ({ fiber, log, operation }: Method, putAside: ReadonlyArray<PutAside>): void => {
  for (const { count, field } of putAside) countPutAside(fiber, operation, field, count)
  log?.("fields that are not as documented were put aside", { putAside: putAside.map(({ field }) => field) })
}
