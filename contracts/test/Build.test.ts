import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Build from "../bin/Build.ts"

type Environment = Readonly<Record<string, string>>

const of = (environment: Environment) =>
  Effect.all({ branch: Build.branch, url: Build.url }).pipe(
    Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(environment))),
    Effect.map(({ branch, url }) => [Option.getOrUndefined(branch), Option.getOrUndefined(url)])
  )

const github = {
  GITHUB_HEAD_REF: "",
  GITHUB_REF: "refs/heads/main",
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_REPOSITORY: "acme/accounts",
  GITHUB_RUN_ID: "7"
}
const githubRun = "https://github.com/acme/accounts/actions/runs/7"

const azure = {
  BUILD_SOURCEBRANCH: "refs/heads/main",
  SYSTEM_COLLECTIONURI: "https://dev.azure.com/acme/",
  SYSTEM_TEAMPROJECT: "Our Accounts",
  BUILD_BUILDID: "7"
}
const azureRun = "https://dev.azure.com/acme/Our%20Accounts/_build/results?buildId=7"

const bitbucket = { BITBUCKET_BRANCH: "main", BITBUCKET_REPO_FULL_NAME: "acme/accounts", BITBUCKET_BUILD_NUMBER: "7" }

const builds: ReadonlyArray<readonly [string, Environment, string | undefined, string | undefined]> = [
  ["GitHub", github, "main", githubRun],
  ["GitHub, a branch with slashes", { ...github, GITHUB_REF: "refs/heads/feature/greet" }, "feature/greet", githubRun],
  [
    "GitHub, a pull request",
    { ...github, GITHUB_HEAD_REF: "greet", GITHUB_REF: "refs/pull/7/merge" },
    "greet",
    githubRun
  ],
  ["GitHub, a tag", { ...github, GITHUB_REF: "refs/tags/v1.0.0" }, undefined, githubRun],
  ["GitLab", { CI_COMMIT_BRANCH: "main", CI_JOB_URL: "https://gitlab.test/7" }, "main", "https://gitlab.test/7"],
  ["GitLab, a merge request", { CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: "greet" }, "greet", undefined],
  ["Azure Pipelines", azure, "main", azureRun],
  [
    "Azure Pipelines, a pull request",
    { ...azure, BUILD_SOURCEBRANCH: "refs/pull/7/merge", SYSTEM_PULLREQUEST_SOURCEBRANCH: "refs/heads/greet" },
    "greet",
    azureRun
  ],
  ["Bitbucket", bitbucket, "main", "https://bitbucket.org/acme/accounts/pipelines/results/7"],
  [
    "Buildkite",
    { BUILDKITE_BRANCH: "main", BUILDKITE_BUILD_URL: "https://build.test/7" },
    "main",
    "https://build.test/7"
  ],
  ["CircleCI", { CIRCLE_BRANCH: "main", CIRCLE_BUILD_URL: "https://circle.test/7" }, "main", "https://circle.test/7"],
  ["Jenkins", { BRANCH_NAME: "main", BUILD_URL: "https://jenkins.test/7" }, "main", "https://jenkins.test/7"],
  ["Jenkins, a pull request", { BRANCH_NAME: "PR-7", CHANGE_BRANCH: "greet" }, "greet", undefined],
  ["no build system", {}, undefined, undefined]
]

describe("Build", () => {
  it.effect.each(builds)(
    "reads branch and address: %s",
    ([, environment, branch, url]) =>
      Effect.map(of(environment), (found) => assert.deepStrictEqual(found, [branch, url]))
  )
})
