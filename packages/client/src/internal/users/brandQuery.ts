import type { BrandCallOptions } from "../../CallOptions.ts"

/**
 * The brand of a user who is addressed, in a query.
 *
 * @internal
 */
export const brandQuery = (options: Pick<BrandCallOptions, "brandId"> | undefined): { readonly brandId?: string } =>
  options?.brandId === undefined ? {} : { brandId: options.brandId }
