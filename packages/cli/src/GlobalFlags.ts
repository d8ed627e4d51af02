/** The flags that every command takes. */
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Schema from "effect/Schema"

/** Whether the output is JSON. */
export const Json = GlobalFlag.Setting("json")({
  flag: Flag.Boolean("json").pipe(
    Flag.withoutNegation,
    Flag.withDescription("Print JSON, as the API gave it"),
    Flag.withDefault(false)
  )
})

/** What a profile may be called. */
export const ProfileName = Schema.String.check(
  Schema.isPattern(/^[\w-][\w.-]{0,63}$/u, { expected: "letters, digits and any of . _ -" })
)

/** The profile that is asked for by name. */
export const Profile = GlobalFlag.Setting("profile")({
  flag: Flag.String("profile").pipe(
    Flag.withAlias("p"),
    Flag.withSchema(ProfileName),
    Flag.withMetavar("name"),
    Flag.withDescription("Use the settings of this profile"),
    Flag.optional
  )
})
