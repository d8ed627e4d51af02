/**
 * `pnpm contracts:publish`: publishes `contracts/pacts` to the broker of `PACT_BROKER_BASE_URL`, as the commit that is
 * checked out.
 */
import { Broker } from "effect-pact/Broker"
import * as PactFile from "effect-pact/PactFile"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import * as Schema from "effect/Schema"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import * as Build from "./Build.ts"
import * as Checkout from "./Checkout.ts"
import { Failed } from "./Failed.ts"
import { pactDirectory } from "./pactFile.ts"

class NotPublishable extends Schema.TaggedError<NotPublishable>()("NotPublishable", { message: Schema.String }) {}

const Content = Schema.fromJsonString(Schema.Record(Schema.String, Schema.Json))

/** Writes the pacts anew, with another provider, and gives where. */
const withProvider = Effect.fnUntraced(function*(pacts: ReadonlyArray<PactFile.Located>, name: string) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const directory = yield* files.makeTempDirectoryScoped()
  yield* Effect.forEach(pacts, ({ file }) =>
    files.readFileString(file).pipe(
      Effect.flatMap(Schema.decodeEffect(Content)),
      Effect.flatMap((pact) => Schema.encodeEffect(Content)({ ...pact, provider: { name } })),
      Effect.flatMap((text) => files.writeFileString(path.join(directory, path.basename(file)), text))
    ))
  return directory
})

const publish = Command.make("contracts:publish", {
  branch: Flag.String("branch").pipe(
    Flag.withDescription("The branch; otherwise what the build system says, or git"),
    Flag.optional
  ),
  buildUrl: Flag.String("build-url").pipe(
    Flag.withDescription("Where the build can be looked at; otherwise what the build system says"),
    Flag.optional
  ),
  pacts: Flag.Directory("pacts", { mustExist: true }).pipe(
    Flag.withDescription("The pacts, in a checkout; contracts/pacts unless given"),
    Flag.withDefault(pactDirectory)
  ),
  provider: Flag.String("provider").pipe(
    Flag.withDescription("Who is to keep the contracts in place of the API itself: the emulator, a sandbox"),
    Flag.optional
  ),
  uncommitted: Flag.Boolean("uncommitted").pipe(
    Flag.withDescription("Publish pacts that no commit has, as version COMMIT-uncommitted"),
    Flag.withDefault(false)
  )
}, (flags) =>
  Effect.gen(function*() {
    const { options: { url }, publish } = yield* Broker
    const checkout = yield* Checkout.read(flags.pacts)
    if (!checkout.isClean && !flags.uncommitted) {
      return yield* new NotPublishable({
        message: `${flags.pacts} is not as commit ${checkout.commit} has it: commit it first, or pass --uncommitted`
      })
    }
    const branch = Option.firstSomeOf([flags.branch, yield* Build.branch, checkout.branch])
    if (Option.isNone(branch)) {
      return yield* new NotPublishable({
        message: `no branch of commit ${checkout.commit} is checked out: pass --branch`
      })
    }
    const buildUrl = Option.firstSomeOf([flags.buildUrl, yield* Build.url])
    const version = checkout.isClean ? checkout.commit : `${checkout.commit}-uncommitted`

    const found = yield* PactFile.read([flags.pacts])
    const pacts = Option.isNone(flags.provider) ? flags.pacts : yield* withProvider(found, flags.provider.value)
    yield* publish({ pacts: [pacts], version, branch: branch.value, buildUrl: Option.getOrUndefined(buildUrl) })
    yield* Console.log([
      `Published at ${url} as version ${version} of branch ${branch.value}:`,
      ...found.map(({ pact }) =>
        `  ${pact.consumer.name} with ${Option.getOrElse(flags.provider, () => pact.provider.name)}`
      )
    ].join("\n"))
  }).pipe(
    Effect.scoped,
    Effect.provide(Broker.layerFromConfig),
    Effect.catchTag("ConfigError", ({ cause }) =>
      new NotPublishable({ message: `the environment does not say how to reach a broker: ${cause.message}` })),
    Effect.tapError((error) =>
      Console.error(`Not published: ${error.message.replace(/\s*\n\s*/g, " ")}`)
    ),
    Effect.mapError(() => new Failed())
  )).pipe(Command.withDescription("Publishes contracts/pacts to a Pact broker as the commit that is checked out."))

CommandLine.run(publish)
