import { assert, describe, it } from "@effect/vitest"
import { fileURLToPath } from "node:url"
import { TypeScript as ts } from "typedoc"

/** What an editor shows where the pointer rests on the last name of each expression, once it knows the preamble. */
const hovers = (preamble: string, expressions: ReadonlyArray<string>): ReadonlyArray<string> => {
  const file = fileURLToPath(new URL("hovered.ts", import.meta.url))
  const lines = [preamble, ...expressions.map((expression) => `void ${expression};`)]
  const text = lines.join("\n")
  const base = ts.readConfigFile(fileURLToPath(new URL("../../tsconfig.base.json", import.meta.url)), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(base.config, ts.sys, "/")
  const read = (path: string) => path === file ? text : ts.sys.readFile(path)
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ ...options, types: ["node"] }),
    getCurrentDirectory: () => fileURLToPath(new URL("..", import.meta.url)),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "",
    getScriptSnapshot: (path) => {
      const content = read(path)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    readFile: read,
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    directoryExists: ts.sys.directoryExists
  })
  return expressions.map((_, index) => {
    const end = lines.slice(0, index + 2).join("\n").length - ";".length
    return ts.displayPartsToString(service.getQuickInfoAtPosition(file, end - 1)?.displayParts)
  })
}

const preamble = `
import { Circuit, Credentials, Limiter, Sunshine, SunshineError, Users } from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Emulator, Fault } from "@sunco/emulator"
import * as Effect from "effect/Effect"

declare const users: Users["Service"]
declare const sunshine: Sunshine["Service"]
declare const credentials: Credentials.Credentials["Service"]
declare const emulator: Emulator["Service"]
declare const error: SunshineError

const found = users.get("ada")
const program = Effect.gen(function*() {
  const users = yield* Users
  return yield* users.upsert({ externalId: "ada" })
})
const inOneLine = Users.use((users) => users.delete("ada"))
const handled = found.pipe(Effect.catchTag("UserNotFound", () => Effect.succeed("nobody")))
`

const shown = {
  "the methods of the client": `
users.create: (payload: CreateUser, options?: CallOptions | undefined) => Effect.Effect<User, UserAlreadyExists | SunshineError, never>
users.get: (id: string, options?: BrandCallOptions | undefined) => Effect.Effect<User, UserNotFound | SunshineError, never>
users.update: (id: string, patch: UpdateUser, options?: BrandCallOptions | undefined) => Effect.Effect<User, UserNotFound | SunshineError, never>
users.delete: (id: string, options?: BrandCallOptions | undefined) => Effect.Effect<void, UserNotFound | SunshineError, never>
users.deletePersonalInformation: (id: string, options?: BrandCallOptions | undefined) => Effect.Effect<User, UserNotFound | SunshineError, never>
users.listByEmail: (email: string, options?: BrandCallOptions | undefined) => Effect.Effect<readonly User[], SunshineError, never>
users.sync: (zendeskId: string, payload?: SyncUser, options?: CallOptions | undefined) => Effect.Effect<User, UserNotFound | SunshineError, never>
users.getOrCreate: (payload: CreateUserWithExternalId, options?: CallOptions | undefined) => Effect.Effect<UserAndCreated, UserAlreadyExists | SunshineError, never>
users.upsert: (payload: CreateUserWithExternalId, options?: CallOptions | undefined) => Effect.Effect<UserAndCreated, UserAlreadyExists | SunshineError, never>
sunshine.request: (request: SunshineRequest, options?: CallOptions) => Effect.Effect<SunshineResponse, SunshineError>`,
  "programs, and what they fail with": `
found: Effect.Effect<User, SunshineError | UserNotFound, never>
program: Effect.Effect<UserAndCreated, UserAlreadyExists | SunshineError, Users>
inOneLine: Effect.Effect<void, SunshineError | UserNotFound, Users>
handled: Effect.Effect<string | User, SunshineError, never>
error.reason: InvalidInput | BadRequest | Unauthorized | Forbidden | AppNotFound | PayloadTooLarge | RateLimited | ServerError | Transport | Timeout | CredentialsUnavailable | LimiterUnavailable | CircuitOpen | UnexpectedResponse
error.applied: "no" | "yes" | "unknown"
error.retryStopped: "attempts" | "deadline" | "not-retryable" | "unsafe" | "budget" | "retry-after" | "circuit" | undefined
error.response: Redacted<ResponseInfo> | undefined`,
  "services and layers": `
Users.make: (options: Options) => Effect.Effect<UsersMethods<EffectFace>, SettingsError, HttpClient | Credentials.Credentials>
Users.layer: (options: Options) => Layer<Users | Sunshine, SettingsError, HttpClient | Credentials.Credentials>
Users.layerNoDeps: Layer<Users, never, Sunshine>
Users.layerConfig: (options: Wrap<Options>) => Layer<Users | Sunshine, ConfigError | SettingsError, HttpClient | Credentials.Credentials>
Users.layerFromConfig: (options?: OptionsBesideEnvironment) => Layer<Users | Sunshine, ConfigError | SettingsError, HttpClient>
Sunshine.make: (options: Options) => Effect.Effect<Sunshine["Service"], SettingsError, HttpClient | Credentials.Credentials>
Sunshine.layer: (options: Options) => Layer<Sunshine, SettingsError, HttpClient | Credentials.Credentials>
Credentials.layerBasic: (key: Credentials.Key) => Layer<Credentials.Credentials>
Credentials.layerBearer: (token: Redacted) => Layer<Credentials.Credentials>
Credentials.layerBearerEffect: <E>(token: Effect.Effect<Redacted, E>, options?: { readonly timeToLive?: Input | undefined; }) => Layer<Credentials.Credentials>
Credentials.layerJwt: (options: Credentials.JwtOptions) => Layer<Credentials.Credentials>
Credentials.layerFromConfig: Layer<Credentials.Credentials, SettingsError | ConfigError, never>
credentials.current: Effect.Effect<Credentials.Authorization, CredentialsUnavailable, never>
credentials.renewed: (refused: Credentials.Authorization) => Effect.Effect<Credentials.Authorization, CredentialsUnavailable>
UndiciTransport.layer: Layer<HttpClient, never, never>
UndiciTransport.layerAgent: (options: Agent.Options) => Layer<HttpClient>
UndiciTransport.layerDispatcher: (dispatcher: Dispatcher) => Layer<HttpClient>
Limiter.layerMemory: (options: Limiter.Options) => Layer<never>
Circuit.layer: (options?: Circuit.Options) => Layer<never>`,
  "the emulator": `
Emulator.layer: (options?: ServerOptions) => Layer<Emulator, ListenError>
Emulator.layerMemory: (options?: EmulatorOptions) => Layer<Emulator | HttpClient>
Emulator.layerTest: (options?: EmulatorOptions) => Layer<Emulator | HttpClient>
Emulator.layerConfig: Layer<never, never, Emulator>
emulator.seed: (seed: Seed) => Effect.Effect<Seeded>
emulator.stored: <Resource extends keyof Stored>(resource: Resource) => Effect.Effect<Stored[Resource]>
emulator.requests: Effect.Effect<readonly SeenRequest[], never, never>
emulator.reset: Effect.Effect<void, never, never>
emulator.revoke: (keyIdOrAccessToken: string) => Effect.Effect<void>
emulator.faults.next: (...faults: ReadonlyArray<Fault.Fault>) => Effect.Effect<void>
emulator.faults.add: (fault: Fault.Fault, options?: { readonly times?: number; readonly when?: Fault.FaultMatch; }) => Effect.Effect<void>
Fault.status: (status: number, options?: Omit<Fault.Status, "_tag" | "status">) => Fault.Fault
Fault.rateLimited: (options?: Omit<Fault.RateLimited, "_tag">) => Fault.Fault
Fault.slowHeaders: (wait: Input, options?: Omit<Fault.SlowHeaders, "_tag" | "milliseconds">) => Fault.Fault`
}

/** The lines of a text as pairs of an expression and its type. */
const parse = (text: string): ReadonlyArray<readonly [expression: string, type: string]> =>
  text.trim().split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)])

// In which order the compiler prints a union depends on what else it has seen before.
const inOrder = (type: string): string =>
  type.replaceAll(/[\w."-]+(?: \| [\w."-]+)+/g, (union) => union.split(" | ").sort().join(" | "))

describe("an editor shows types that read", () => {
  const all = Object.values(shown).flatMap(parse)
  const types = new Map(
    hovers(preamble, all.map(([expression]) => expression)).map((
      hover,
      index
    ) => [all[index]![0], hover.slice(hover.indexOf(": ") + 2).replaceAll(/\n\s*/g, " ")])
  )

  describe.each(Object.entries(shown))("%s", (_, text) => {
    it.each(parse(text))("%s: %s", (expression, type) => {
      assert.strictEqual(inOrder(types.get(expression) ?? "nothing"), inOrder(type))
    })
  })
})
