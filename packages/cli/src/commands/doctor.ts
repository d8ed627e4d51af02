/** What `sunco doctor` does: a line for each check, in the order in which things fail, and no check whose ground is missing. */
import { Sunshine } from "@sunco/client/Sunshine"
import { SettingsError } from "@sunco/client/SettingsError"
import type { SunshineError } from "@sunco/client/SunshineError"
import { Users } from "@sunco/client/Users"
import * as Testing from "@sunco/webhooks/Testing"
import type * as Command from "effect/cli/Command"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Account from "../Account.ts"
import * as Delivered from "../Delivered.ts"
import { Failure, fromClient, type Kind } from "../Failure.ts"
import { Json } from "../GlobalFlags.ts"
import * as probes from "../internal/probes.ts"
import { environment, nodeVersion } from "../internal/streams.ts"
import { deliver } from "../internal/webhookRequest.ts"
import * as Output from "../Output.ts"
import { isProxyUrl, proxyOf } from "../Proxy.ts"
import type { doctorInput } from "../tree/manual.ts"
import * as WebhookSecret from "../WebhookSecret.ts"
import { reachesApi, withoutCall } from "./reachesApi.ts"

type Input = Command.Command.Config.Infer<typeof doctorInput>

/** What was found, and what to do about it where it is not as it should be. */
interface Check {
  readonly name: string
  readonly status: "ok" | "warning" | "failed"
  readonly text: string
  readonly remedy?: string
  /** The exit code, where it is the first that failed. */
  readonly kind?: Kind
}

const ok = (name: string, text: string): Check => ({ name, status: "ok", text })

const warning = (name: string, text: string, remedy: string): Check => ({ name, status: "warning", text, remedy })

const failed = (name: string, text: string, remedy: string | undefined, kind: Kind = "failed"): Check => ({
  name,
  status: "failed",
  text,
  ...(remedy !== undefined && { remedy }),
  kind
})

const serverOf = ({ values }: Account.Account): string | undefined =>
  values.SUNCO_BASE_URL ?? (values.SUNCO_SUBDOMAIN && `https://${values.SUNCO_SUBDOMAIN}.zendesk.com/sc`)

const sourceOf = ({ source }: Account.Account): string =>
  source._tag === "Environment" ? "the environment" : `the profile ${source.name}`

const settingsOf = (account: Account.Account): Check => {
  const server = serverOf(account)
  const { SUNCO_APP_ID: appId } = account.values
  const missing = [...(appId ? [] : ["the app"]), ...(server ? [] : ["the server"])]
  const source = sourceOf(account)
  return missing.length === 0 && URL.canParse(server ?? "")
    ? ok("settings", `from ${source}: app ${appId} at ${server}`)
    : failed(
      "settings",
      missing.length > 0 ? `${source} does not say ${missing.join(" and ")}` : "the base URL is no URL",
      source === "the environment" ? "see `sunco help environment`" : "`sunco login` asks for all of them",
      "credentials"
    )
}

/** What the client would say of them before it sends anything, but for credentials, which are looked at by themselves. */
const settingsRefused = (account: Account.Account) =>
  Layer.build(Account.clientOf(account)).pipe(
    Effect.as(undefined),
    Effect.scoped,
    Effect.catchTag("ConfigError", () => Effect.succeed(undefined)),
    Effect.catchTag("SettingsError", (error) => {
      const problems = error.problems.filter(({ setting }) => !/KEY|TOKEN|credentials/i.test(setting))
      if (problems.length === 0 || settingsOf(account).status === "failed") return Effect.succeed(undefined)
      const { hint, message } = Account.settingsFailure(account, new SettingsError({ problems }))
      return Effect.succeed(failed("settings", message, hint, "credentials"))
    })
  )

const counted = ({ length }: string): string => length === 1 ? "one character" : `${length} characters`

/** What can be said of credentials without the API, and without saying them. */
const formOf = ({ values }: Account.Account): Check => {
  const { SUNCO_KEY_ID: keyId, SUNCO_KEY_SECRET: secret, SUNCO_TOKEN: token } = values
  const wrong = (text: string, remedy: string) => failed("credentials", text, remedy, "credentials")
  if (token) {
    if (/\s/.test(token)) return wrong("the token has white space", "copy it again, without what stands around it")
    return keyId || secret
      ? wrong("there are a token and a key", "leave one of them out")
      : ok("credentials", `a token of ${counted(token)}`)
  }
  if (!keyId) {
    return wrong(
      secret ? "there is a secret without the id of its key" : "there are none",
      "the key has an id and a secret"
    )
  }
  if (!secret) {
    return wrong(`the key ${keyId} has no secret`, "the secret was shown when the key was made; make another key")
  }
  if (/\s/.test(secret)) return wrong("the secret has white space", "copy it again, without what stands around it")
  const text = `key ${keyId}, secret of ${counted(secret)}`
  return /^(app|int|act|svc)_/.test(keyId)
    ? ok("credentials", text)
    : warning("credentials", text, "ids of keys begin with app_, int_, act_ or svc_: see whether this is one")
}

const portOf = (url: URL): number => Number(url.port) || (url.protocol === "https:" ? 443 : 80)

const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, "$1")

const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || host.startsWith("127.")

const remedyOf = (code: string): string => {
  switch (code) {
    case "ENOTFOUND":
      return "see the subdomain or the base URL"
    case "EAI_AGAIN":
      return "see the network, and its name server"
    case "ECONNREFUSED":
      return "nothing listens there: see the base URL, and its port"
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return "see the network, and whether a firewall lets you out; HTTPS_PROXY names a proxy where there is one"
    case "CERT_HAS_EXPIRED":
    case "CERT_NOT_YET_VALID":
      return "see the clock of this machine, and whose certificate it is"
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return "the server is another one than the base URL says"
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return "a proxy looks into TLS: NODE_EXTRA_CA_CERTS names the file with its certificate"
    default:
      return "see the network, and the base URL"
  }
}

const namesOf = (name: string, host: string) =>
  Effect.match(probes.addressesOf(host), {
    onSuccess: (addresses) => ok(name, `${host} is ${addresses.join(", ")}`),
    onFailure: (code) => failed(name, `${host} has no address (${code})`, remedyOf(code))
  })

const days = 86_400_000

const connectionTo = (server: URL) =>
  Effect.gen(function*() {
    const [host, port] = [hostOf(server), portOf(server)]
    const isEncrypted = server.protocol === "https:"
    const name = isEncrypted ? "tls" : "connection"
    const connected = yield* Effect.result(probes.connection({ host, port, isEncrypted }))
    if (Result.isFailure(connected)) {
      return failed(name, `${host}:${port} (${connected.failure})`, remedyOf(connected.failure))
    }
    const encryption = connected.success
    if (encryption === undefined) {
      return isLoopback(host)
        ? ok(name, `${host}:${port}, not encrypted, which is fine on this machine only`)
        : failed(name, `${host}:${port} is not encrypted`, "the base URL has to begin with https://", "credentials")
    }
    const left = Math.floor((encryption.validTo - (yield* Clock.currentTimeMillis)) / days)
    return ok(name, `${host}:${port}, ${encryption.protocol}, certificate by ${encryption.issuer}, ${left} days left`)
  })

/** How far the clock may be off before tokens that expire are refused. */
const toleratedMillis = 30_000

const clockAgainst = (date: string | undefined, now: number): Check | undefined => {
  const theirs = Date.parse(date ?? "")
  if (Number.isNaN(theirs)) return undefined
  const off = now - theirs
  return Math.abs(off) <= toleratedMillis
    ? ok("clock", "the same as the server's")
    : warning(
      "clock",
      `${Math.round(Math.abs(off) / 1000)} seconds ${off > 0 ? "ahead of" : "behind"} the server's`,
      "set it: tokens that expire, and certificates, go by it"
    )
}

const apiOf = (account: Account.Account) =>
  Effect.gen(function*() {
    const asked = yield* Effect.result(
      Sunshine.withResponse(reachesApi).pipe(
        Effect.provide(Users.layerNoDeps),
        Effect.provide(Account.clientOf(account))
      )
    )
    const headers = Result.isSuccess(asked) ? asked.success.response?.headers : headersOf(asked.failure)
    const clock = clockAgainst(headers?.["date"], yield* Clock.currentTimeMillis)
    return [
      ...(clock === undefined ? [] : [clock]),
      Result.isSuccess(asked) ? ok("api", "takes the key") : refused(account, asked.failure)
    ]
  })

type Refusal = SunshineError | SettingsError | Failure | { readonly _tag: "ConfigError" }

const headersOf = (error: Refusal): { readonly [name: string]: string } | undefined =>
  error._tag === "SunshineError" && error.response !== undefined ? Redacted.value(error.response).headers : undefined

const refused = (account: Account.Account, error: Refusal): Check => {
  const { hint, kind, message } = error._tag === "SettingsError"
    ? Account.settingsFailure(account, error)
    : error._tag === "ConfigError"
    ? new Failure({ kind: "credentials", message: "the settings cannot be read" })
    : fromClient(error)
  return failed("api", withoutCall(message), hint, kind)
}

const webhooksTo = (url: string, secretFile: Option.Option<string>) =>
  Effect.gen(function*() {
    if (!URL.canParse(url)) {
      return failed("webhooks", "--webhooks is no URL", "such as https://app.example/webhooks", "usage")
    }
    const found = yield* Effect.result(WebhookSecret.find(secretFile))
    if (Result.isFailure(found)) {
      const { hint, kind, message } = found.failure
      return failed("webhooks", message, hint, kind)
    }
    const [secret] = found.success
    // A delivery without events: whoever takes deliveries takes this one, and has nothing to do.
    const answer = yield* deliver(url, JSON.stringify(Testing.delivery()), secret && Redacted.value(secret))
    const text = `${Delivered.said(answer)}: ${Delivered.next(answer)}`
    const target = new URL(url)
    if (Delivered.isTaken(answer)) {
      return isLoopback(hostOf(target))
        ? warning("webhooks", text, "only the emulator reaches this machine: the vendor needs a tunnel to it")
        : target.protocol === "https:"
        ? ok("webhooks", text)
        : warning("webhooks", text, "the secret goes there unencrypted: use https")
    }
    return failed(
      "webhooks",
      text,
      webhookRemedy(answer.status, secret !== undefined, proxyOf(target, environment())?.name)
    )
  })

const webhookRemedy = (status: number | undefined, hasSecret: boolean, proxy: string | undefined): string => {
  if (status === undefined) {
    return proxy === undefined
      ? "see whether the receiver runs, and listens there"
      : `see whether the receiver runs, and ${proxy}; NO_PROXY names hosts that need none`
  }
  if (status === 401 || status === 403) {
    return hasSecret
      ? "the receiver knows another secret: `sunco webhooks list … --show-secret` shows that of the webhook"
      : "say the secret of the webhook: --secret-file, or SUNCO_WEBHOOK_SECRET"
  }
  if (status === 404) return "the receiver has no such path"
  if (status >= 300 && status < 400) return "the vendor follows no redirect: use the address that it leads to"
  return "see the log of the receiver"
}

/** Without what is for the exit code alone. */
const shown = ({ name, remedy, status, text }: Check) => ({
  name,
  status,
  text,
  ...(remedy !== undefined && { remedy })
})

export const doctor = ({ secretFile, webhooks }: Input) =>
  Effect.gen(function*() {
    const checks: Array<Check> = []
    const isJson = yield* Json
    /** Says it, and whether what stands on it can be asked. */
    const add = (check: Check) =>
      Effect.gen(function*() {
        checks.push(check)
        if (!isJson) yield* Output.check(check)
        return check.status !== "failed"
      })
    yield* add(ok("node", nodeVersion))
    yield* ofAccount(add)
    if (Option.isSome(webhooks)) yield* add(yield* webhooksTo(webhooks.value, secretFile))
    const wrong = checks.filter(({ status }) => status === "failed")
    if (isJson) yield* Output.json({ ok: wrong.length === 0, checks: checks.map(shown) })
    const [first] = wrong
    if (first === undefined) return
    return yield* new Failure({
      kind: first.kind ?? "failed",
      message: `${wrong.length === 1 ? "one thing is" : `${wrong.length} things are`} wrong: ${
        wrong.map(({ name }) => name).join(", ")
      }`
    })
  })

const ofAccount = <E, R>(add: (check: Check) => Effect.Effect<boolean, E, R>) =>
  Effect.gen(function*() {
    const found = yield* Effect.result(Effect.flatMap(Account.find, Account.withSecret))
    if (Result.isFailure(found)) {
      const { hint, kind, message } = found.failure
      yield* add(failed("settings", message, hint, kind))
      return
    }
    const account = found.success
    const hasSettings = yield* add((yield* settingsRefused(account)) ?? settingsOf(account))
    const hasCredentials = yield* add(formOf(account))
    if (!hasSettings) return
    const server = new URL(serverOf(account) ?? "")
    const proxy = proxyOf(server, environment())
    if (proxy === undefined) {
      if (!(yield* add(yield* namesOf("dns", hostOf(server))))) return
      if (!(yield* add(yield* connectionTo(server)))) return
    } else if (!(yield* add(yield* through(proxy)))) return
    if (!hasCredentials) return
    for (const check of yield* apiOf(account)) yield* add(check)
  })

/** A proxy looks up names and connects itself, so that it is all that can be asked from here. */
const through = ({ name, value }: { readonly name: string; readonly value: string }) =>
  Effect.gen(function*() {
    if (!isProxyUrl(value)) {
      return failed("proxy", `${name} is no URL of a proxy`, "such as http://proxy.example:3128", "credentials")
    }
    const proxy = new URL(value)
    const where = `${hostOf(proxy)}:${portOf(proxy)} (${name})`
    return yield* Effect.match(probes.connection({ host: hostOf(proxy), port: portOf(proxy), isEncrypted: false }), {
      onSuccess: () => ok("proxy", `through ${where}`),
      onFailure: (code) =>
        failed("proxy", `${where} cannot be reached (${code})`, `see ${name}; NO_PROXY names hosts that need none`)
    })
  })
