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
    reason: "The description of the field asks for a time in the form of ISO 8601."
  },
  {
    deviation: "* $.*metadata.*: type is any at the vendor, boolean or number or string here",
    reason:
      "The description of the field allows values of these three kinds and no other, which its schema does not say."
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
  },
  {
    deviation: "query page[size]: * is * at the vendor, * here",
    reason: "A query is text: the number is checked before it is made one."
  },
  {
    deviation: "query page[size]: documented by the vendor, absent here",
    reason: "The vendor ignores it in a list of messages, as the description of the parameter says."
  },
  {
    deviation: "*: default is * at the vendor, none here",
    reason: "The vendor fills in what is not there: nothing is added to a request, and nothing to an answer."
  },
  {
    deviation: "* $.*author.subtypes*: * is * at the vendor, * here",
    reason:
      "The vendor's limits of the list are those of its items, which are text; and all values but AI are for responses alone."
  },
  {
    deviation: "request $.*: writeOnly is true at the vendor, none here",
    reason: "The models of responses do not have these fields, so nobody expects them there."
  },
  {
    deviation: "request $.*: format is none at the vendor, uri here",
    reason: "The vendor describes the field as a URI, and has the format for others of its kind."
  },
  {
    deviation: "request $.content(formResponse)*: documented by the vendor, absent here",
    reason: "It cannot be sent: it comes from Web Messenger alone, as its description says."
  },
  {
    deviation: "request $.content(form).fields[].options[].*: required is none at the vendor, yes here",
    reason: "An option without a name or a label cannot be chosen."
  },
  {
    deviation: "response * $.*: required is yes at the vendor, none here",
    reason:
      "The vendor shares most of these lists with requests, and its answers do not keep to them: a reply without a payload, a carousel without items. What is promised of an answer is the wrapper and the id, so that it can be read without the rest."
  },
  {
    deviation: "response * $.*: enum is * at the vendor, none here",
    reason: "The vendor adds values at any time."
  },
  {
    deviation: "response * $.*: minItems is * at the vendor, none here",
    reason: "Responses are read for their types only."
  },
  {
    deviation: "response * $.*: maxItems is * at the vendor, none here",
    reason: "Responses are read for their types only."
  },
  {
    deviation: "response * $.*: minimum is * at the vendor, none here",
    reason: "Responses are read for their types only."
  },
  {
    deviation: "response * $.*: maximum is * at the vendor, none here",
    reason: "Responses are read for their types only."
  },
  {
    deviation: "response * $.*: type is integer at the vendor, number here",
    reason: "Responses are read for their types only, and JSON has one type of number."
  },
  {
    deviation: "response * $.*: writeOnly is true at the vendor, none here",
    reason: "A field that goes both ways is declared once; that one comes back does no harm."
  },
  {
    deviation: "response * $.*: null is none at the vendor, allowed here",
    reason: "A cursor, a link, an activity or a text that is not there loses nothing by being null instead."
  },
  {
    deviation: "response * $.messages[].activity(*: documented by the vendor, absent here",
    reason: "The three differ in nothing but their type, so they are one that takes any type."
  },
  {
    deviation: "response * $.messages[].activity.*: not documented by the vendor",
    reason: "The same: what the vendor has in each of the three."
  },
  {
    deviation: "response * $.*actions[](*: not documented by the vendor",
    reason: "Actions are read by one union wherever they are; items and lists have four of the six."
  },
  {
    deviation: "response * $.*content(formResponse).fields[].*: not documented by the vendor",
    reason: "The fields of a form and of the answer to one are read by one schema."
  },
  {
    deviation: "response * $.*.fields[].select[].*: *",
    reason: "The vendor says no more than that it is an object; those that have been seen have a name and a label."
  },
  {
    deviation: "pact, request.body*: must match exactly one schema in oneOf",
    reason:
      "Each of the members is an object that requires nothing, so every body is one of each, the vendor's own example too."
  },
  {
    deviation: "query access: enum is none at the vendor, public here",
    reason:
      "The vendor says so in the description of the parameter: \"currently the only available access level is public\"."
  },
  {
    deviation: "query for: enum is none at the vendor, message here",
    reason: "The vendor says so in the description of the parameter: \"the only possible value is message\"."
  },
  {
    deviation: "request $.matchCriteria(*).phoneNumber: pattern is none at the vendor, * here",
    reason: "The vendor asks for this form in the description of the field: with + and the code of the country."
  },
  {
    deviation: "response * $.app*.subdomain: not documented by the vendor",
    reason: "A read of one app alone has it: there is one model of an app, and the field may be missing."
  },
  {
    deviation: "request $.switchboardIntegration: minLength is none at the vendor, 1 here",
    reason: "An empty text is nobody's id, name or type."
  },
  {
    deviation: "request $.confirmation.message.content(*: documented by the vendor, absent here",
    reason: "The vendor says in the description of the field that there can be text or an image, and links below it."
  },
  {
    deviation: "request $.confirmation.message.content(*).actions[]*: not documented by the vendor",
    reason: "Links are one of several kinds of actions at the vendor, and the only one here: it is no union."
  },
  {
    deviation: "request $.grant_type: enum is none at the vendor, authorization_code here",
    reason: "The vendor says so in the description of the field: there is one value."
  },
  {
    deviation: "response 200 $: type is any at the vendor, object here",
    reason: "The vendor lists the properties of the answer, and leaves out that it is an object."
  },
  {
    deviation: "operation: * is none at the vendor, bearer* here",
    reason:
      "The vendor asks for no credentials of GetTokenInfo, and says that it is about the token that comes with it."
  },
  {
    deviation: "operation: * is basic* at the vendor, bearer* here",
    reason:
      "RevokeAccess ends what a token lets an integration do: a key, which the vendor takes too, is given by no such permission."
  },
  {
    deviation: "request $(*).*: writeOnly is true at the vendor, none here",
    reason: "The models of responses do not have these fields, so nobody expects them there."
  },
  {
    deviation: "request $(*).defaultResponder.*: documented by the vendor, absent here",
    reason: "It is for reading alone: what is set is the `defaultResponderId`."
  },
  {
    deviation: "request $(*).*: format is none at the vendor, uri here",
    reason: "The vendor describes the field as a URL, and has the format for others of its kind."
  },
  {
    deviation: "* $*.se*: deprecated is true at the vendor, none here",
    reason: "The documentation of the field says so: `serverKey` and `senderId` of Firebase's older way."
  },
  {
    deviation: "request $(custom).webhooks[].secret: documented by the vendor, absent here",
    reason: "The vendor makes it, and gives it in the answer; that it takes another is nowhere said."
  },
  {
    deviation: "request $*Color: pattern is none at the vendor, * here",
    reason:
      "The vendor asks for this form in the description of the field: \"Must be a 3 or 6-character hexadecimal color\"."
  },
  {
    deviation: "request $*displayStyle: enum is none at the vendor, button,tab here",
    reason: "The vendor says so in the description of the field: \"Must be either button or tab\"."
  },
  {
    deviation: "request $*originWhitelist[]: pattern is none at the vendor, * here",
    reason: "The vendor asks for this form in the description of the field: the serialized origin of RFC 6454."
  },
  {
    deviation: "* $*prechatCapture.fields[]: type is any at the vendor, object here",
    reason: "A field without a type at the vendor has names for what is in it."
  },
  {
    deviation: "* $*prechatCapture.fields[].*: not documented by the vendor",
    reason:
      "Its own example has a placeholder, so the fields are those of a form, as the description of the list says: they define one."
  },
  {
    deviation: "response * $.*(messenger).pageId: type is number at the vendor, string here",
    reason: "Its own example is text, and so is every other id: a number is read as its digits."
  },
  {
    deviation: "pact, request $.type: not documented by the vendor",
    subject: "a request to create an integration of a type that there is not",
    reason: "It is what is refused."
  },
  {
    deviation: "pact, request $*prechatCapture.fields[].placeholder: not documented by the vendor",
    reason: "Its own example has one."
  },
  {
    deviation: "pact, response.body.integrations.0.webhooks: must NOT have fewer than 1 items",
    reason: "The limit is of requests: a webhook can be deleted."
  }
]
