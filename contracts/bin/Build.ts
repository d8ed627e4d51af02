/** What the system that runs a build says of it, in the variables that it documents. */
import * as Config from "effect/Config"
import * as Option from "effect/Option"

// A proposed change has the branch that it comes from, and a ref that was made for it: the former stands first.
const branchVariables = [
  "GITHUB_HEAD_REF",
  "GITHUB_REF",
  // GitLab
  "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
  "CI_COMMIT_BRANCH",
  // Azure Pipelines
  "SYSTEM_PULLREQUEST_SOURCEBRANCH",
  "BUILD_SOURCEBRANCH",
  "BITBUCKET_BRANCH",
  "BUILDKITE_BRANCH",
  "CIRCLE_BRANCH",
  // Jenkins: at the end, for its names may mean something else elsewhere.
  "CHANGE_BRANCH",
  "BRANCH_NAME"
]

const urlTemplates = [
  "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}",
  "{CI_JOB_URL}",
  "{SYSTEM_COLLECTIONURI}{SYSTEM_TEAMPROJECT}/_build/results?buildId={BUILD_BUILDID}",
  "https://bitbucket.org/{BITBUCKET_REPO_FULL_NAME}/pipelines/results/{BITBUCKET_BUILD_NUMBER}",
  "{BUILDKITE_BUILD_URL}",
  "{CIRCLE_BUILD_URL}",
  "{BUILD_URL}"
]

/** Set, and not to nothing. */
const variable = (name: string): Config.Config<Option.Option<string>> =>
  Config.map(Config.option(Config.String(name)), Option.filter((value) => value !== ""))

const firstOf = (configs: ReadonlyArray<Config.Config<Option.Option<string>>>) =>
  Config.map(Config.all(configs), Option.firstSomeOf)

/** Of a full ref, the branch; a tag is none. */
const fromRef = (value: string): Option.Option<string> =>
  value.startsWith("refs/")
    ? Option.fromUndefinedOr(/^refs\/heads\/(.+)$/.exec(value)?.[1])
    : Option.some(value)

const expand = (template: string): Config.Config<Option.Option<string>> => {
  const names = Array.from(template.matchAll(/\{(\w+)\}/g), ([, name = ""]) => name)
  return Config.map(Config.all(names.map(variable)), (values) =>
    Option.map(Option.all(values), (values) =>
      names
        .reduce((url, name, index) => url.replace(`{${name}}`, () => values[index] ?? ""), template)
        // The name of a project may have them.
        .replaceAll(" ", "%20")))
}

/** The branch that is built. */
export const branch = firstOf(branchVariables.map((name) => Config.map(variable(name), Option.flatMap(fromRef))))

/** Where the build can be looked at. */
export const url = firstOf(urlTemplates.map(expand))
