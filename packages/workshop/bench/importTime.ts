/**
 * `node packages/workshop/bench/importTime.ts`: how long importing the client takes, beside importing only what it needs of Effect and undici,
 * and how long a program waits for its first call, beside `fetch`, Effect by hand and the clients of others. Fails when the client
 * takes more than 30 ms on top, or more than 45 ms of the cold start of its promise face.
 *
 * It is measured on what is built, as an installed package has it, in a process for each import: the processor time of all of its
 * threads, which other programs on the machine change least. That of the main thread alone is counted in ticks of 4 ms on
 * some machines. The clients of others come from npm.
 */
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { bundle } from "../release/bundle.ts"
import { neededOf } from "../release/environment.ts"
import { appId, key } from "./credentials.ts"
import { startServer } from "./processes.ts"
import { interleaved, spreadOf } from "./rounds.ts"
import { type Spread, spread } from "./statistics.ts"

Arguments.read("bench:import")

const limit = 30

const coldStartLimit = 45

const rounds = 21

/** What a program on Node imports that calls the Users API with a key. */
const modules = ["@sunco/client/Users", "@sunco/client/Credentials", "@sunco/client/UndiciTransport"]

const packages = join(import.meta.dirname, "../..")

// Beside this file, so that `effect` and `undici` resolve to the same packages.
using directory = mkdtempDisposableSync(join(import.meta.dirname, "installed-"))

for (const name of ["schemas", "client"] as const) {
  const installed = join(directory.path, "node_modules/@sunco", name)
  await bundle(name, join(installed, "dist"))
  const manifest = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8"))
  // As pnpm does when it packs: the exports of the workspace are the sources.
  writeFileSync(join(installed, "package.json"), JSON.stringify({ ...manifest, ...manifest.publishConfig }))
}

mkdirSync(join(directory.path, "others"))

const script = (name: string, lines: ReadonlyArray<string>): string => {
  const file = join(directory.path, name)
  writeFileSync(file, lines.join("\n"))
  return file
}

// Nothing that this process has of its own: Node keeps what it compiles where its environment says so.
const env = { PATH: process.env["PATH"] }

/** A program that has run before, and may use what Node compiled then. */
const keepingCompiled = { ...env, NODE_COMPILE_CACHE: join(directory.path, "compiled") }

const run = (environment: NodeJS.ProcessEnv, file: string, ...args: ReadonlyArray<string>): string =>
  execFileSync(process.execPath, [file, ...args], { encoding: "utf8", env: environment })

const importing = (names: ReadonlyArray<string>) => names.map((name) => `import ${JSON.stringify(name)}`)

/** Every module of another package that a module of this project imports, in the order in which Node resolves them. */
const neededBy = (name: string, modules: ReadonlyArray<string>): ReadonlyArray<string> =>
  JSON.parse(run(
    env,
    script(`graph-${name}.mjs`, [
      `import { registerHooks } from "node:module"`,
      `const needed = new Set()`,
      `registerHooks({`,
      `  resolve(specifier, context, next) {`,
      `    const resolved = next(specifier, context)`,
      `    const ours = (url) => url?.includes("/node_modules/@sunco/")`,
      `    if (ours(context.parentURL) && !ours(resolved.url) && !resolved.url.startsWith("node:")) needed.add(specifier)`,
      `    return resolved`,
      `  }`,
      `})`,
      ...modules.map((name) => `await import(${JSON.stringify(name)})`),
      `console.log(JSON.stringify([...needed]))`
    ])
  ))

/** What a program does that makes one call and ends. */
const programs = {
  fetch: [
    `export default async (url) => {`,
    `  const response = await fetch(url + "/users/small", { headers: { authorization: "Bearer secret" } })`,
    `  return JSON.parse(await response.text()).user`,
    `}`
  ],
  // The least that a client of one's own has, in the way of Effect's own documents.
  "Effect by hand": [
    `import "./needed-by-promise.mjs"`,
    `import * as Context from "effect/Context"`,
    `import * as Effect from "effect/Effect"`,
    `import * as FetchHttpClient from "effect/http/FetchHttpClient"`,
    `import * as HttpClient from "effect/http/HttpClient"`,
    `import * as HttpClientRequest from "effect/http/HttpClientRequest"`,
    `import * as HttpClientResponse from "effect/http/HttpClientResponse"`,
    `import * as Layer from "effect/Layer"`,
    `import * as ManagedRuntime from "effect/ManagedRuntime"`,
    `import * as Schema from "effect/Schema"`,
    `class UserNotFound extends Schema.TaggedError()("UserNotFound", {}) {}`,
    `const User = Schema.Struct({`,
    `  id: Schema.String,`,
    `  externalId: Schema.optionalKey(Schema.NullOr(Schema.String)),`,
    `  profile: Schema.optionalKey(Schema.Struct({ givenName: Schema.optionalKey(Schema.String) })),`,
    `  metadata: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown))`,
    `})`,
    `class Users extends Context.Service()("Users") {}`,
    `const make = (url) => Effect.map(HttpClient.HttpClient, (httpClient) => {`,
    `  const authorized = HttpClientRequest.bearerToken("secret")`,
    `  const client = HttpClient.mapRequest(httpClient, (request) => authorized(HttpClientRequest.prependUrl(request, url)))`,
    `  return {`,
    `    get: (id) => client.get("/users/" + encodeURIComponent(id)).pipe(`,
    `      Effect.flatMap((response) =>`,
    `        response.status === 404 ? Effect.fail(new UserNotFound()) : HttpClientResponse.filterStatusOk(response)`,
    `      ),`,
    `      Effect.flatMap(HttpClientResponse.schemaBodyJson(Schema.Struct({ user: User }))),`,
    `      Effect.timeout("10 seconds"),`,
    `      Effect.retry({ times: 3, while: ({ _tag }) => _tag !== "UserNotFound" }),`,
    `      Effect.withSpan("Users.get"),`,
    `      Effect.map(({ user }) => user)`,
    `    )`,
    `  }`,
    `})`,
    `export default (url) => {`,
    `  const layer = Layer.effect(Users, make(url)).pipe(Layer.provide(FetchHttpClient.layer))`,
    `  return ManagedRuntime.make(layer).runPromise(Effect.flatMap(Users, (users) => users.get("small")))`,
    `}`
  ],
  "@sunco/client/promise": [
    `import { Users } from "@sunco/client/promise"`,
    `const credentials = ${JSON.stringify(key)}`,
    `export default (baseUrl) => Users.make({ appId: ${JSON.stringify(appId)}, baseUrl, credentials }).get("small")`
  ],
  "stripe 23.1.0": [
    `import Stripe from "stripe"`,
    `export default async (url) => {`,
    `  const { hostname: host, port } = new URL(url)`,
    `  return (await new Stripe("secret", { protocol: "http", host, port }).customers.retrieve("small")).user`,
    `}`
  ],
  "openai 7.57.0": [
    `import OpenAI from "openai"`,
    `export default async (baseURL) => (await new OpenAI({ apiKey: "secret", baseURL }).get("/users/small")).user`
  ]
} as const

type Program = keyof typeof programs

const programNames = Object.keys(programs) as ReadonlyArray<Program>

/** Their names have a version. */
const isOfOthers = (name: Program): boolean => /\d/.test(name)

// Into the directory that is deleted: nothing here needs them otherwise, and they are 57 MB.
execFileSync("npm", [
  "install",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--no-save",
  "--prefix",
  join(directory.path, "others"),
  ...programNames.filter(isOfOthers).map((name) => name.replace(" ", "@"))
], { env: neededOf(process.env), stdio: ["ignore", "ignore", "inherit"] })

const timing = (name: string, imported: ReadonlyArray<string>, where = ""): string => {
  const file = name.replace(/\W/g, "-")
  script(`${where}${file}.mjs`, imported)
  return script(`${where}time-${file}.mjs`, [
    `const now = () => {`,
    `  const { system, user } = process.cpuUsage()`,
    `  return (system + user) / 1000`,
    `}`,
    `const start = now()`,
    `const { default: call } = await import("./${file}.mjs")`,
    `const imported = now()`,
    `const user = await call?.(process.argv[2])`,
    `const called = now()`,
    `if (call !== undefined && user.externalId === undefined) throw new Error("a call did not end as it should")`,
    `console.log(JSON.stringify({ import: imported - start, call: called - imported }))`,
    `process.exit()`
  ])
}

const needed = neededBy("modules", modules)

const neededByPromise = neededBy("promise", ["@sunco/client/promise"])

const scripts: ReadonlyMap<string, string> = new Map([
  ["client", timing("client", importing(modules))],
  ["needed", timing("needed", importing(needed))],
  ["needed by promise", timing("needed by promise", importing(neededByPromise))],
  ...programNames.map((name) => [name, timing(name, programs[name], isOfOthers(name) ? "others/" : "")] as const)
])

interface Times {
  readonly import: number
  readonly call: number
}

using server = await startServer()

const names = Array.from(scripts.keys())

const measure = (rounds: number, environment: NodeJS.ProcessEnv, names: ReadonlyArray<string>) =>
  interleaved(rounds, () => names, (name): Times => JSON.parse(run(environment, scripts.get(name)!, server.url)))

// The first ones read from the disk.
await measure(1, env, names)

const measured = await measure(rounds, env, names)

const print = (what: string, { median, p10, p90 }: Spread) =>
  console.log(`${median.toFixed(0).padStart(4)} ms [${p10.toFixed(0)}-${p90.toFixed(0)}]  ${what}`)

const onTop = spread(measured.map((round) => round.get("client")!.import - round.get("needed")!.import))

const importOf = ({ import: time }: Times) => time

print(`to import ${modules.join(", ")}`, spreadOf(measured, "client", importOf))
print(`to import the ${needed.length} modules of other packages that they need`, spreadOf(measured, "needed", importOf))
print(`on top, of at most ${limit}`, onTop)

console.log("\nA cold start: import, make a client, one call that is answered at once")

for (const name of programNames) {
  const times = ["import", "call"] as const
  const [imported, called] = times.map((time) => spreadOf(measured, name, (times) => times[time]).median.toFixed(0))
  print(
    `${name} (import ${imported}, first call ${called})`,
    spreadOf(measured, name, (times) => times.import + times.call)
  )
}

const promise = "@sunco/client/promise"

const byHand = "Effect by hand"

const coldStartOf = (round: ReadonlyMap<string, Times>, name: Program): number => {
  const { call, import: imported } = round.get(name)!
  return imported + call
}

/** What a program takes that calls through our promises, beside one that calls by hand and imports the same of Effect. */
const oursOf = (measured: ReadonlyArray<ReadonlyMap<string, Times>>): Spread =>
  spread(measured.map((round) => coldStartOf(round, promise) - coldStartOf(round, byHand)))

const runningEffect = spread(
  measured.map((round) =>
    coldStartOf(round, byHand) - importOf(round.get("needed by promise")!) - coldStartOf(round, "fetch")
  )
)

const ours = oursOf(measured)

const ofEffect = spreadOf(measured, "needed by promise", importOf)

print(`of ${promise} to import the ${neededByPromise.length} modules of Effect that it needs`, ofEffect)
print("of it to run Effect for the first time: what a call by hand takes beside these modules and fetch", runningEffect)
// Milliseconds are those of a machine; the share tells one machine from another.
const share = (ours.median / ofEffect.median).toFixed(2)
print(`of it ours, of at most ${coldStartLimit}: beside the call by hand, ${share} of these modules`, ours)

// The first ones write what they compiled.
await measure(2, keepingCompiled, [byHand, promise])

const compiled = await measure(rounds, keepingCompiled, [byHand, promise])

console.log("\nThe same where Node keeps what it compiled (NODE_COMPILE_CACHE)")

print(promise, spreadOf(compiled, promise, ({ call, import: imported }) => imported + call))
print("of it ours", oursOf(compiled))

if (onTop.median > limit || ours.median > coldStartLimit) process.exitCode = 1
