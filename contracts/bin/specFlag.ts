import * as Flag from "effect/cli/Flag"
import * as Config from "effect/Config"

/** Nothing is fetched unless it is told from where. */
export const spec = Flag.String("spec").pipe(
  Flag.withDescription("The vendor's OpenAPI document, YAML or JSON: a file, or a URL of https://"),
  Flag.withFallbackConfig(Config.NonEmptyString("SUNCO_VENDOR_SPEC"))
)
