import type { Recorded } from "./Deviation.ts"

/** Where this repository says something else than the vendor's OpenAPI document 17.12.1, and why. */
export const recordedDeviations: ReadonlyArray<Recorded> = [
  {
    deviation: "path *: minLength is none at the vendor, 1 here",
    reason: "A path with an empty segment is the path of another resource: DELETE /users/ would not mean a user."
  },
  {
    deviation: "*: not is none at the vendor, {\"enum\":[\".\",\"..\"]} here",
    reason: "URL parsers drop such a segment: a delete of the user `..` would address the app."
  },
  {
    deviation: "query *: minLength is none at the vendor, 1 here",
    reason: "An empty value asks for nothing that exists."
  },
  {
    deviation: "query brandId: maxLength is none at the vendor, 24 here",
    reason: "The limit that the vendor gives the same id in `userCreateBody`."
  },
  {
    deviation: "request $.survivingZendeskId: minLength is none at the vendor, 1 here",
    reason: "It is the id that another request has in its path, where it cannot be empty."
  },
  {
    deviation: "request $.signedUpAt: pattern is none at the vendor, * here",
    reason: "The vendor asks for this form in the description of the field: \"Must be ISO 8601 time format\"."
  },
  {
    deviation: "* $.*metadata.*: type is any at the vendor, boolean or number or string here",
    reason:
      "The vendor says so in the description of the field: \"Strings, numbers and booleans are the only supported format\"."
  },
  {
    deviation: "response * $.*: required is none at the vendor, yes here",
    reason:
      "The vendor requires no field of any response. Without the wrapper or the id there is no user, and no error."
  },
  {
    deviation: "response * $.*: minLength is * at the vendor, none here",
    reason: "Responses are read for their types only, so that nothing that the vendor has stored cannot be read."
  },
  {
    deviation: "response * $.*: maxLength is * at the vendor, none here",
    reason: "Responses are read for their types only."
  },
  {
    deviation: "response * $.*: format is * at the vendor, none here",
    reason: "Responses are read for their types only."
  },
  {
    deviation: "response * $.*: readOnly is true at the vendor, none here",
    reason: "The payloads do not have these fields, so nothing can write them."
  },
  {
    deviation: "status *: codes is * at the vendor, none here",
    reason:
      "They are read from the vendor's examples. Codes are open strings, and the pact pins those that decide something."
  }
]
