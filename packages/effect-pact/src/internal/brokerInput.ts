/** What of a caller's goes to the broker, looked at before it does. */
import type { BrokerOptions } from "../Broker.ts"
import * as Urls from "./urls.ts"

/** Why these options cannot be used; `names` are what the caller calls them. */
export const optionsProblem = (
  { credentials, url }: BrokerOptions,
  names = { url: "url", credentials: "credentials" }
): string | undefined => {
  // Pact's command line prints the URL wherever it fails.
  if (Urls.hasUserinfo(url)) return `${names.url} has credentials: give ${names.credentials}`
  const parsed = Urls.parseHttp(url)
  if (parsed === undefined) return undefined
  if (parsed.search !== "" || parsed.hash !== "") return `${names.url} must not have a query or a fragment`
  return credentials === undefined || Urls.keepsSecrets(parsed)
    ? undefined
    : `${names.url} must begin with https:// where credentials go with it (http:// is for loopback only)`
}

const nameProblem = (name: string): string | undefined => {
  if (name === "") return "is empty"
  // Whoever reads an address takes these away with what stands before them, encoded or not.
  if (name === "." || name === "..") return `is ${JSON.stringify(name)}, which an address cannot hold`
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(name) || !name.isWellFormed()) return "has a control character, or half a character"
  return undefined
}

type Names = { readonly [what: string]: string | undefined }

/** Why the broker cannot have an address for one of these; `tags` come in one text. */
export const namesProblem = (names: Names, tags: ReadonlyArray<string> = []): string | undefined => {
  const named: ReadonlyArray<readonly [string, string | undefined]> = [
    ...Object.entries(names),
    ...tags.map((tag) => ["a tag", tag] as const)
  ]
  for (const [what, name] of named) {
    const problem = name === undefined ? undefined : nameProblem(name)
    if (problem !== undefined) return `${what} ${problem}`
  }
  return tags.some((tag) => tag.includes(",")) ? "a tag has a comma, at which Pact divides tags" : undefined
}

/** Why it cannot be published: it is an argument of Pact's command line, which a list of processes shows. */
export const buildUrlProblem = (buildUrl: string | undefined): string | undefined =>
  buildUrl !== undefined && Urls.hasUserinfo(buildUrl)
    ? "buildUrl has credentials, which everybody would see"
    : undefined

/** Which of these Pact's command line would take for an option, where it wants a name as a word of its own. */
export const dashProblem = (names: Names): string | undefined => {
  const dashed = Object.entries(names).find(([, name]) => name?.startsWith("-"))
  return dashed === undefined ? undefined : `${dashed[0]} begins with -, which Pact takes for an option`
}
