import { OutputError } from "../BulkError.ts"

/**
 * Node's own words repeat the path, which is there already.
 *
 * @internal
 */
export const outputError = (path: string, error: unknown): OutputError => {
  const code = (error as { readonly code?: unknown } | null)?.code
  return new OutputError({ path, code: typeof code === "string" ? code : "unknown" })
}
