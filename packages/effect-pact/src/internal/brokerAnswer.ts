/** What the broker's command line says, in texts mostly, and what that means. Seen with pact-cli 18.1.2. */
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { stripVTControlCharacters } from "node:util"
import {
  type BrokerError,
  type BrokerOptions,
  Conflict,
  type Deployability,
  NotFound,
  Rejected,
  Unauthorized,
  Unreachable
} from "../Broker.ts"
import { InvalidPact } from "../PactFile.ts"
import type { Finished } from "./pactCli.ts"

/** Settings instead of arguments: a list of processes shows the latter. */
export const settings = ({ attempts = 2, credentials, url }: BrokerOptions): NodeJS.ProcessEnv => ({
  PACT_BROKER_BASE_URL: url,
  PACT_BROKER_HTTP_RETRIES: String(attempts),
  ...(credentials === undefined
    ? {}
    : "token" in credentials
    ? { PACT_BROKER_TOKEN: Redacted.value(credentials.token) }
    : { PACT_BROKER_USERNAME: credentials.username, PACT_BROKER_PASSWORD: Redacted.value(credentials.password) })
})

/** The lines, without colours and pictures. */
const plain = (text: string): ReadonlyArray<string> =>
  stripVTControlCharacters(text)
    .replace(/\p{Extended_Pictographic}\u{FE0F}?/gu, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")

const Validation = Schema.fromJsonString(Schema.Array(Schema.Struct({
  source: Schema.String,
  results: Schema.Array(Schema.Struct({ level: Schema.String, message: Schema.String, path: Schema.String }))
})))

/** `--validate` prints a JSON array before anything else. */
const invalidPact = (stdout: string): InvalidPact | undefined => {
  const validation = Schema.decodeUnknownResult(Validation)(stdout.trim())
  if (Result.isFailure(validation)) return undefined
  for (const { results, source } of validation.success) {
    const errors = results.filter((result) => result.level === "ERROR")
    if (errors.length > 0) {
      return new InvalidPact({ file: source, problem: errors.map((_) => `${_.path}: ${_.message}`).join("; ") })
    }
  }
  return undefined
}

/** Why a request to the broker failed, out of the sentence that says so. */
export const fromSentence = (text: string): BrokerError["reason"] | undefined => {
  const status = /failed: (\d{3}) /.exec(text)?.[1]
  if (status === "401" || status === "403") return new Unauthorized({ status: Number(status) })
  if (status === "404") return new NotFound({ detail: plain(text).join(" ") })
  if (status !== undefined) return new Rejected({ detail: plain(text).join(" ") })
  if (/Failed to access pact broker path|Invalid URL|error sending request/.test(text)) {
    return new Unreachable({ detail: plain(text).join(" ") })
  }
  if (/valid HAL response|HAL link/.test(text)) return new Rejected({ detail: plain(text).join(" ") })
  return undefined
}

export const toReason = ({ exitCode, stderr, stdout }: Finished): BrokerError["reason"] => {
  if (exitCode === null) return new Unreachable({ detail: "no answer in time" })
  const invalid = invalidPact(stdout)
  if (invalid !== undefined) return invalid
  const lines = plain(stdout).filter((line) => !/^[[\]{}"]|^Attempting to publish/.test(line))
  const known = lines.map(fromSentence).find((reason) => reason !== undefined)
  if (known !== undefined) return known
  // Each problem has a line of its own after it.
  const text = [...new Set(lines.filter((line) => !line.startsWith("failed validation - ")))].join("\n")
  const details = lines.indexOf("Details:")
  if (/Cannot change the content of the pact/.test(text)) {
    // The next line is a difference, as long as the two contracts.
    return new Conflict({ notice: lines[details + 1] ?? text })
  }
  if (/does not exist|^Pacticipant .* not found$/m.test(text)) return new NotFound({ detail: text })
  return new Rejected({ detail: text || plain(stderr).join("\n") || `exit code ${exitCode}` })
}

export const whenSuccessful = ({ exitCode }: Finished): Option.Option<void> =>
  exitCode === 0 ? Option.some(undefined) : Option.none()

const Published = Schema.fromJsonString(
  Schema.Struct({ notices: Schema.Array(Schema.Struct({ text: Schema.String })) })
)

/** One line of JSON for each pact, among lines for people. */
export const toNotices = ({ exitCode, stdout }: Finished): Option.Option<ReadonlyArray<string>> =>
  exitCode !== 0 ? Option.none() : Option.some(
    stdout.split("\n").filter((line) => line.startsWith("{")).flatMap((line) =>
      Option.match(Schema.decodeUnknownOption(Published)(line), {
        onNone: () => [],
        onSome: ({ notices }) => notices.map((notice) => notice.text)
      })
    )
  )

const Version = Schema.Struct({
  name: Schema.String,
  version: Schema.NullishOr(Schema.Struct({ number: Schema.String }))
})

const Matrix = Schema.fromJsonString(Schema.Struct({
  summary: Schema.Struct({ deployable: Schema.NullOr(Schema.Boolean), reason: Schema.String }),
  matrix: Schema.Array(Schema.Struct({
    consumer: Version,
    provider: Version,
    verificationResult: Schema.optional(Schema.NullOr(Schema.Struct({ success: Schema.NullOr(Schema.Boolean) })))
  }))
}))

/** With JSON as its output, the command line ends with 0 also when the answer is no. */
export const toDeployability = ({ stdout }: Finished): Option.Option<Deployability> =>
  Option.map(Schema.decodeUnknownOption(Matrix)(stdout.trim()), ({ matrix, summary }) => ({
    deployable: summary.deployable === true,
    reason: summary.reason,
    contracts: matrix.map(({ consumer, provider, verificationResult }) => ({
      consumer: consumer.name,
      consumerVersion: consumer.version?.number ?? "",
      provider: provider.name,
      providerVersion: provider.version?.number ?? null,
      verified: verificationResult?.success ?? null
    }))
  }))
