import * as Schema from "effect/Schema"

/**
 * A response object: the named fields are checked, every other field survives a decode and a re-encode untouched,
 * because the vendor's objects grow (User gained five fields between 2023 and 2026).
 *
 * @internal
 */
export const openStruct = <Fields extends Schema.Struct.Fields>(fields: Fields) =>
  Schema.StructWithRest(Schema.Struct(fields), [Schema.Record(Schema.String, Schema.Unknown)])
