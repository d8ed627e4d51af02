import { assert, describe, it } from "vitest"
import { hasPublishToken, neededOf, publishTokensIn } from "../release/environment.ts"

const useful = {
  PATH: "/usr/bin",
  HOME: "/home/ada",
  LC_ALL: "C.UTF-8",
  HTTPS_PROXY: "http://proxy:3128",
  npm_config_registry: "https://registry.example/"
}

const tokens = {
  NODE_AUTH_TOKEN: "npm_1",
  NPM_TOKEN: "npm_2",
  "npm_config_//registry.npmjs.org/:_authToken": "npm_3",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "ey"
}

const others = {
  SUNCO_KEY_SECRET: "s",
  SUNCO_TOKEN: "s",
  AWS_SECRET_ACCESS_KEY: "s",
  GITHUB_TOKEN: "s",
  PACT_BROKER_PASSWORD: "s",
  SSH_AUTH_SOCK: "/tmp/agent",
  NODE_OPTIONS: "--require=/tmp/x.cjs",
  SOMEBODYS_OWN_NAME: "s"
}

describe("the environment of what a check runs", () => {
  it("says where things are and how the registry is reached, and nothing else", () => {
    assert.deepStrictEqual(neededOf({ ...useful, ...tokens, ...others }), useful)
  })

  it("is known for one that could publish, by the names of the variables", () => {
    assert.sameMembers([...publishTokensIn({ ...useful, ...tokens, ...others })], Object.keys(tokens))
    assert.deepStrictEqual(publishTokensIn({ ...useful, NODE_AUTH_TOKEN: "" }), [])
  })

  it.each([
    ["//registry.npmjs.org/:_authToken=npm_1", true],
    ["registry=https://registry.npmjs.org/\n//registry.npmjs.org/:_authToken = ${NPM_TOKEN}\n", true],
    ["# //registry.npmjs.org/:_authToken=npm_1", false],
    ["//registry.example/:_authToken=for-reading", false]
  ])("is known for one that could publish, by an .npmrc: %j", (npmrc, could) => {
    assert.strictEqual(hasPublishToken(npmrc), could)
  })
})
