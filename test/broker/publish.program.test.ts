/** What `pnpm contracts:publish` refuses without a broker; `publish.spec.ts` has the rest. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { pact, type PactContent } from "./PactRepository.ts"
import * as PactRepository from "./PactRepository.ts"

const nobody = { PACT_BROKER_BASE_URL: "http://127.0.0.1:1" }

/** What it says, which is one line. */
const sentence = ({ exitCode, stderr, stdout }: PactRepository.Finished) => {
  assert.deepStrictEqual({ exitCode, stdout }, { exitCode: 1, stdout: "" })
  assert.match(stderr, /^Not published: [^\n]+\n$/)
  return stderr.trim()
}

const committed = (content: PactContent = pact) => Effect.tap(PactRepository.make, ({ commit }) => commit(content))

layer(NodeServices.layer, { excludeTestServices: true })("pnpm contracts:publish says in one line", (it) => {
  it.effect("that there is no broker at the address", () =>
    Effect.gen(function*() {
      const { publish } = yield* committed()
      assert.include(sentence(yield* publish(nobody)), "publish at http://127.0.0.1:1: Unreachable")
    }))

  it.effect("which setting is missing", () =>
    Effect.gen(function*() {
      const { publish } = yield* committed()
      assert.include(sentence(yield* publish({})), "PACT_BROKER_BASE_URL")
      assert.include(sentence(yield* publish({ ...nobody, PACT_BROKER_USERNAME: "ada" })), "PACT_BROKER_PASSWORD")
    }))

  it.effect("that credentials do not belong in the address, without saying them", () =>
    Effect.gen(function*() {
      const { publish } = yield* committed()
      const said = sentence(yield* publish({ PACT_BROKER_BASE_URL: "http://ada:s3cret@127.0.0.1:1" }))
      assert.include(said, "PACT_BROKER_BASE_URL has credentials")
      assert.notInclude(said, "s3cret")
    }))

  it.effect("that credentials do not go over plain HTTP to another machine", () =>
    Effect.gen(function*() {
      const { publish } = yield* committed()
      const said = sentence(
        yield* publish({ PACT_BROKER_BASE_URL: "http://broker.invalid", PACT_BROKER_TOKEN: "s3cret" })
      )
      assert.include(said, "PACT_BROKER_BASE_URL must begin with https://")
      assert.notInclude(said, "s3cret")
    }))

  it.effect("that contracts are changed, or new, and not committed", () =>
    Effect.gen(function*() {
      const { directory, git, publish, write } = yield* committed()
      const uncommitted = `${directory} is not as commit ${yield* git("rev-parse", "HEAD")} has it: `
      yield* write({ ...pact, interactions: [] })
      assert.include(sentence(yield* publish(nobody)), uncommitted)
      yield* git("mv", "pact.json", "another.json")
      yield* git("commit", "--message=Rename it")
      yield* write(pact)
      assert.include(sentence(yield* publish(nobody)), "pass --uncommitted")
    }))

  it.effect("that nothing tells the branch", () =>
    Effect.gen(function*() {
      const { git, publish } = yield* committed()
      yield* git("checkout", "--detach")
      const tag = { ...nobody, GITHUB_REF: "refs/tags/v1.0.0" }
      assert.include(sentence(yield* publish(tag)), "pass --branch")
    }))

  it.effect("that there is no commit", () =>
    Effect.gen(function*() {
      const { publish } = yield* PactRepository.make
      assert.include(sentence(yield* publish(nobody)), "git rev-parse: fatal:")
    }))

  it.effect("which file is no contract", () =>
    Effect.gen(function*() {
      const { publish } = yield* committed({ ...pact, consumer: { name: "" } })
      assert.match(sentence(yield* publish(nobody)), /pact\.json: .* at \["consumer"\]\["name"\]/)
    }))
})
