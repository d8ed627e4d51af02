import type * as Schema from "effect/Schema"
import type { Described, HttpInteraction, MessageInteraction } from "../Interaction.ts"
import { example, isMatcher, type Pattern } from "../Matcher.ts"
import * as FormBody from "./formBody.ts"

/** RFC 9110, 5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const hasControlCharacter = (text: string) =>
  Array.from(text).some((character) => (character < " " && character !== "\t") || character === "\u007f")

const hasMatcher = (pattern: Pattern): boolean =>
  typeof pattern === "object" && pattern !== null && (isMatcher(pattern) || Object.values(pattern).some(hasMatcher))

/** Pact writes a path to every matcher, and cannot read its own file back when a key in it is one of these. */
export const isUnreadableKey = (key: string): boolean => key === "" || /['\\]/.test(key)

const unreadableKeys = (pattern: Pattern): ReadonlyArray<string> => {
  if (typeof pattern !== "object" || pattern === null) return []
  if (isMatcher(pattern)) return unreadableKeys(pattern.value)
  return Object.entries(pattern).flatMap(([key, value]: [string, Pattern]) =>
    isUnreadableKey(key) && hasMatcher(value) ? [JSON.stringify(key)] : unreadableKeys(value)
  )
}

/** Half of a surrogate pair is no Unicode; Pact would keep the text as the JSON it could not parse. */
const hasIllFormedText = (json: Schema.Json): boolean =>
  typeof json === "string"
    ? !json.isWellFormed()
    : json !== null && typeof json === "object" &&
      Object.entries(json).some(([key, value]) => !key.isWellFormed() || hasIllFormedText(value))

const ofBody = (part: string, body: Pattern | undefined): ReadonlyArray<string> => [
  ...(body !== undefined && example(body) === null ? [`${part}: Pact takes a body of null for no body`] : []),
  ...(body !== undefined && hasIllFormedText(example(body))
    ? [`${part}: a text in the body has half a surrogate pair`]
    : []),
  ...(body === undefined ? [] : unreadableKeys(body)).map((key) =>
    `${part}: Pact cannot point a matcher at what is under the key ${key}`
  )
]

const ofDescribed = ({ description, states = [] }: Described): ReadonlyArray<string> => [
  ...(description.trim() === "" ? ["the description is blank"] : []),
  ...(states.some((state) => state.name.trim() === "") ? ["a provider state has a blank name"] : [])
]

const ofHeaders = (part: string, headers: HttpInteraction["response"]["headers"] = {}): ReadonlyArray<string> => {
  const names = Object.keys(headers)
  return [
    ...names.filter((name) => !token.test(name)).map((name) =>
      `${part}: ${JSON.stringify(name)} is no name of a header`
    ),
    ...names.filter((name) => hasControlCharacter(String(example(headers[name]!)))).map((name) =>
      `${part}: the header ${name} has a control character`
    ),
    ...(new Set(names.map((name) => name.toLowerCase())).size < names.length
      ? [`${part}: a header is given twice, in different cases`]
      : [])
  ]
}

const ofForm = ({ body, form, headers = {} }: HttpInteraction["request"]): ReadonlyArray<string> =>
  form === undefined ? [] : [
    ...(body === undefined ? [] : ["request: there is both a body and a form"]),
    ...(Object.keys(headers).some((name) => name.toLowerCase() === "content-type")
      ? ["request: the Content-Type of a form is its own"]
      : []),
    ...(Object.keys(form).length === 0 ? ["request: a form without parts"] : []),
    ...FormBody.problems(form)
  ]

export const ofHttp = (interaction: Omit<HttpInteraction, "_tag">): ReadonlyArray<string> => {
  const { request, response } = interaction
  const path = String(example(request.path))
  return [
    ...ofDescribed(interaction),
    ...(path.startsWith("/") ? [] : [`request: the path ${JSON.stringify(path)} does not start with a slash`]),
    ...(/[?#]/.test(path) ? [`request: the path ${JSON.stringify(path)} has a query or a fragment`] : []),
    ...ofHeaders("request", request.headers),
    ...ofBody("request", request.body),
    ...ofForm(request),
    ...(Number.isInteger(response.status) && response.status >= 100 && response.status <= 599
      ? []
      : [`response: ${response.status} is no status`]),
    ...ofHeaders("response", response.headers),
    ...ofBody("response", response.body)
  ]
}

export const ofMessage = (interaction: Omit<MessageInteraction, "_tag">): ReadonlyArray<string> => [
  ...ofDescribed(interaction),
  ...ofBody("contents", interaction.contents)
]
