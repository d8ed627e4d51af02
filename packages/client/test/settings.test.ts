import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import { SettingsError } from "@sunco/client/SettingsError"
import { Sunshine } from "@sunco/client/Sunshine"
import type { Options } from "@sunco/client/Sunshine"
import { Users } from "@sunco/client/Users"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import packageJson from "../package.json" with { type: "json" }
import { ada } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"
import * as ScriptedTransport from "./ScriptedTransport.ts"

const { appId, key } = TestClient

const found = ScriptedTransport.json(200, { user: ada })

const transport = () => {
  const { httpClient, sent } = ScriptedTransport.make([found])
  return { httpClient: Layer.succeed(HttpClient.HttpClient, httpClient), sent }
}

/** The one line that names what is wrong. */
const problem = <A, E extends { readonly message: string }>(
  layer: Layer.Layer<A, E, HttpClient.HttpClient | Credentials.Credentials>
) =>
  Layer.build(layer.pipe(Layer.provide(transport().httpClient), Layer.provide(Credentials.layerBasic(key)))).pipe(
    Effect.flip,
    Effect.map((error) => {
      // Effect's own errors take several lines.
      if (error instanceof SettingsError) assert.notInclude(error.message, "\n")
      return error.message
    })
  )

/** What a client of these options sends for `get("ada")`. */
const sentBy = (options: Options) =>
  Effect.gen(function*() {
    const { httpClient, sent } = transport()
    const users = yield* Users.make(options).pipe(
      Effect.provide([httpClient, Credentials.layerBasic(key)])
    )
    yield* users.get("ada")
    return sent[0]!
  })

const blanks = "must be without blanks or line breaks around it (copied, or from a .env file?)"

const environment = (variables: Record<string, string>) =>
  ConfigProvider.layer(ConfigProvider.fromEnv({ env: variables }))

describe("the base URL", () => {
  it.effect.each<readonly [options: Partial<Options>, url: string]>([
    [{ subdomain: "acme" }, "https://acme.zendesk.com/sc"],
    [{ subdomain: "Acme-2" }, "https://acme-2.zendesk.com/sc"],
    [{ baseUrl: "https://acme.zendesk.com/sc" }, "https://acme.zendesk.com/sc"],
    [{ baseUrl: "https://acme.zendesk.com/sc/" }, "https://acme.zendesk.com/sc"],
    [{ baseUrl: "https://acme.zendesk.com/sc///" }, "https://acme.zendesk.com/sc"],
    [{ baseUrl: "https://api.smooch.io" }, "https://api.smooch.io"],
    [{ baseUrl: "https://api.smooch.io/" }, "https://api.smooch.io"],
    [{ baseUrl: "https://api.eu-1.smooch.io" }, "https://api.eu-1.smooch.io"],
    [{ baseUrl: "https://oauth-bridge.zendesk.com/sc" }, "https://oauth-bridge.zendesk.com/sc"],
    [{ baseUrl: "https://proxy.example:8443/a/b c/" }, "https://proxy.example:8443/a/b%20c"],
    [{ baseUrl: "https://proxy.example/v2/smooch" }, "https://proxy.example/v2/smooch"],
    [{ baseUrl: "https://proxy.example/tv2" }, "https://proxy.example/tv2"],
    [{ baseUrl: "http://localhost:3000" }, "http://localhost:3000"],
    [{ baseUrl: "http://127.0.0.1:3000" }, "http://127.0.0.1:3000"],
    [{ baseUrl: "http://127.1.2.3" }, "http://127.1.2.3"],
    [{ baseUrl: "http://[::1]:3000/sc" }, "http://[::1]:3000/sc"]
  ])("may be %j", ([options, url]) =>
    Effect.gen(function*() {
      const sent = yield* sentBy({ appId, ...options })
      assert.strictEqual(sent.url, `${url}/v2/apps/${appId}/users/ada`)
    }))

  it.effect.each<readonly [options: Partial<Options>, problem: string]>([
    [{}, "subdomain or baseUrl must be set"],
    [{ subdomain: undefined, baseUrl: undefined }, "subdomain or baseUrl must be set"],
    [{ subdomain: "acme", baseUrl: "https://api.smooch.io" }, "baseUrl and subdomain are both set: keep one of them"],
    [{ subdomain: "" }, "subdomain must be set"],
    [{ subdomain: "acme.zendesk.com" }, "subdomain must be the part before .zendesk.com"],
    [{ subdomain: "-acme" }, "subdomain must be the part before .zendesk.com"],
    [{ subdomain: "evil.example/" }, "subdomain must be the part before .zendesk.com"],
    [{ subdomain: "acme\n" }, `subdomain ${blanks}`],
    [{ baseUrl: "" }, "baseUrl must be set"],
    ...[" https://api.smooch.io", "https://api.smooch.io\n", "https://api.smooch.io\u00a0"].map((baseUrl) =>
      [{ baseUrl }, `baseUrl ${blanks}`] as const
    ),
    [
      { baseUrl: "https://api.\nsmooch.io" },
      "baseUrl must be text without control characters"
    ],
    [
      { baseUrl: "\"https://api.smooch.io\"" },
      "baseUrl must be without quotes around it"
    ],
    ...[
      ["https://acme.zendesk.com/sc/v2", "v2"],
      ["https://acme.zendesk.com/sc/v2/", "v2"],
      ["https://acme.zendesk.com/sc/V2//", "V2"],
      ["https://api.smooch.io/v1.1", "v1.1"],
      ["https://api.smooch.io/v1", "v1"],
      ["https://api.smooch.io/v2/apps/5d8cff3cd55b040010928b5b/users", "v2"],
      ["https://api.smooch.io/v1.1/appusers/", "v1.1"]
    ].map(([baseUrl, version]) => [{ baseUrl }, `baseUrl must end before /${version}`] as const),
    [{ baseUrl: "acme.zendesk.com/sc" }, "baseUrl must be an absolute URL"],
    [{ baseUrl: "/sc" }, "baseUrl must be an absolute URL"],
    [{ baseUrl: "https://" }, "baseUrl must be an absolute URL"],
    ...[
      "http://acme.zendesk.com/sc",
      "http://api.smooch.io",
      "http://127.0.0.1.example.com",
      "http://localhost.example.com",
      "http://128.0.0.1",
      "http://0.0.0.0",
      "http://[::]",
      "ftp://127.0.0.1",
      "localhost:3000",
      "file:///sc"
    ].map((baseUrl) => [{ baseUrl }, "baseUrl must begin with https:// (http:// is for loopback only)"] as const),
    [{ baseUrl: "https://user@acme.zendesk.com" }, "baseUrl must not contain credentials"],
    [{ baseUrl: "https://:secret@acme.zendesk.com" }, "baseUrl must not contain credentials"],
    [{ baseUrl: "https://acme.zendesk.com/sc?x=1" }, "baseUrl must not have a query or a fragment"],
    [{ baseUrl: "https://acme.zendesk.com/sc#x" }, "baseUrl must not have a query or a fragment"]
  ])("may not be %j", ([options, expected]) =>
    Effect.gen(function*() {
      assert.strictEqual(yield* problem(Users.layer({ appId, ...options })), expected)
      assert.strictEqual(yield* problem(Sunshine.layer({ appId, ...options })), expected)
    }))
})

describe("the id of the app", () => {
  it.effect.each(["", ".", ".."])("may not be %j", (appId) =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* problem(Users.layer({ appId, subdomain: "acme" })),
        appId === "" ? "appId must be set" : "appId must be the id of an app"
      )
    }))

  it.effect("is encoded in the path", () =>
    Effect.gen(function*() {
      const { url } = yield* sentBy({ appId: "a/b$&?", subdomain: "acme" })
      assert.strictEqual(url, "https://acme.zendesk.com/sc/v2/apps/a%2Fb%24%26%3F/users/ada")
    }))
})

it.effect.each([0, -1, 1.5, NaN, Infinity])(
  "maxResponseBytes may not be %d",
  (maxResponseBytes) =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* problem(Users.layer({ appId, subdomain: "acme", maxResponseBytes })),
        "maxResponseBytes must be a whole number of bytes above zero"
      )
    })
)

it.effect.each(["line\nbreak", "snowman \u2603"])(
  "userAgent may not be %j",
  (userAgent) =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* problem(Users.layer({ appId, subdomain: "acme", userAgent })),
        "userAgent must be text that a header can carry"
      )
    })
)

describe("layerConfig", () => {
  const options = { appId: Config.String("APP"), subdomain: Config.String("SUBDOMAIN") }

  it.effect("takes each option from Config", () =>
    Effect.gen(function*() {
      const { httpClient, sent } = transport()
      const context = yield* Users.layerConfig({
        ...options,
        attemptTimeout: Config.Duration("ATTEMPT_TIMEOUT"),
        userAgent: Config.String("USER_AGENT")
      }).pipe(
        Layer.provide([httpClient, Credentials.layerBasic(key)]),
        Layer.build,
        Effect.provide(
          environment({ APP: appId, SUBDOMAIN: "acme", ATTEMPT_TIMEOUT: "5 seconds", USER_AGENT: "support-bot/2" })
        )
      )
      yield* Context.get(context, Users).get("ada")
      assert.strictEqual(sent[0]?.url, `https://acme.zendesk.com/sc/v2/apps/${appId}/users/ada`)
      assert.match(String(sent[0]?.headers["user-agent"]), /^support-bot\/2 /)
      assert.strictEqual(Context.get(context, Sunshine).appId, appId)
    }))

  it.effect.each([Users, Sunshine])(
    "names a variable that is missing, and an option that is wrong",
    (service) =>
      Effect.gen(function*() {
        const problemIn = (variables: Record<string, string>) =>
          Effect.provide(problem(service.layerConfig(options)), environment(variables))
        assert.include(yield* problemIn({ APP: appId }), "SUBDOMAIN")
        assert.include(yield* problemIn({ SUBDOMAIN: "acme" }), "APP")
        assert.strictEqual(
          yield* problemIn({ APP: appId, SUBDOMAIN: "a.b" }),
          "subdomain must be the part before .zendesk.com"
        )
      })
  )
})

describe("layerFromConfig", () => {
  const complete = { SUNCO_APP_ID: appId, SUNCO_SUBDOMAIN: "acme", SUNCO_KEY_ID: "app_1", SUNCO_KEY_SECRET: "secret" }

  const sentIn = (variables: Record<string, string>) =>
    Effect.gen(function*() {
      const { httpClient, sent } = transport()
      const context = yield* Users.layerFromConfig().pipe(
        Layer.provide(httpClient),
        Layer.build,
        Effect.provide(environment(variables))
      )
      yield* Context.get(context, Users).get("ada")
      const [request] = sent
      return { url: request?.url, authorization: request?.headers["authorization"] }
    })

  it.effect("reads app, host and key", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* sentIn(complete), {
        url: `https://acme.zendesk.com/sc/v2/apps/${appId}/users/ada`,
        authorization: "Basic YXBwXzE6c2VjcmV0"
      })
    }))

  it.effect("reads a base URL and a token", () =>
    Effect.gen(function*() {
      const variables = { SUNCO_APP_ID: appId, SUNCO_BASE_URL: "http://127.0.0.1:3000/", SUNCO_TOKEN: "a.b.c" }
      assert.deepStrictEqual(yield* sentIn(variables), {
        url: `http://127.0.0.1:3000/v2/apps/${appId}/users/ada`,
        authorization: "Bearer a.b.c"
      })
    }))

  it.effect("takes an empty variable for one that is not set", () =>
    Effect.gen(function*() {
      const { authorization, url } = yield* sentIn({ ...complete, SUNCO_BASE_URL: "", SUNCO_TOKEN: "" })
      assert.strictEqual(url, `https://acme.zendesk.com/sc/v2/apps/${appId}/users/ada`)
      assert.strictEqual(authorization, "Basic YXBwXzE6c2VjcmV0")
    }))

  const bothTargets = { ...complete, SUNCO_BASE_URL: "https://api.smooch.io" }
  const wrong: ReadonlyArray<readonly [variables: Record<string, string>, problem: string]> = [
    [{ ...complete, SUNCO_APP_ID: "" }, "SUNCO_APP_ID must be set"],
    [{ ...complete, SUNCO_APP_ID: ".." }, "SUNCO_APP_ID must be the id of an app"],
    [{ ...complete, SUNCO_SUBDOMAIN: "" }, "SUNCO_SUBDOMAIN or SUNCO_BASE_URL must be set"],
    [{ ...complete, SUNCO_SUBDOMAIN: "a.b" }, "SUNCO_SUBDOMAIN must be the part before .zendesk.com"],
    [bothTargets, "SUNCO_BASE_URL and SUNCO_SUBDOMAIN are both set: keep one of them"],
    [{ ...bothTargets, SUNCO_SUBDOMAIN: "", SUNCO_BASE_URL: "acme" }, "SUNCO_BASE_URL must be an absolute URL"],
    [
      { ...bothTargets, SUNCO_SUBDOMAIN: "", SUNCO_BASE_URL: "http://api.smooch.io" },
      "SUNCO_BASE_URL must begin with https:// (http:// is for loopback only)"
    ],
    [{ ...complete, SUNCO_KEY_ID: "" }, "SUNCO_KEY_ID is not set, and SUNCO_KEY_SECRET is"],
    [{ ...complete, SUNCO_KEY_SECRET: "" }, "SUNCO_KEY_SECRET is not set, and SUNCO_KEY_ID is"],
    [
      { ...complete, SUNCO_KEY_ID: "", SUNCO_KEY_SECRET: "" },
      "SUNCO_KEY_ID and SUNCO_KEY_SECRET, or SUNCO_TOKEN, must be set"
    ],
    [{ ...complete, SUNCO_TOKEN: "a.b.c" }, "SUNCO_TOKEN and SUNCO_KEY_ID are both set: keep one of them"],
    [
      {},
      "SUNCO_APP_ID must be set; SUNCO_SUBDOMAIN or SUNCO_BASE_URL must be set; " +
      "SUNCO_KEY_ID and SUNCO_KEY_SECRET, or SUNCO_TOKEN, must be set"
    ],
    [
      { ...complete, SUNCO_APP_ID: "", SUNCO_BASE_URL: "https://api.smooch.io", SUNCO_KEY_SECRET: "" },
      "SUNCO_APP_ID must be set; SUNCO_BASE_URL and SUNCO_SUBDOMAIN are both set: keep one of them; " +
      "SUNCO_KEY_SECRET is not set, and SUNCO_KEY_ID is"
    ],
    [
      {
        SUNCO_APP_ID: `${appId}\r`,
        SUNCO_SUBDOMAIN: " acme",
        SUNCO_KEY_ID: "app_1\t",
        SUNCO_KEY_SECRET: "\u200bsecret"
      },
      `SUNCO_APP_ID ${blanks}; SUNCO_SUBDOMAIN ${blanks}; SUNCO_KEY_ID ${blanks}; SUNCO_KEY_SECRET ${blanks}`
    ],
    [{ ...complete, SUNCO_KEY_ID: "", SUNCO_KEY_SECRET: "", SUNCO_TOKEN: "a.b.c\n" }, `SUNCO_TOKEN ${blanks}`],
    [
      { ...complete, SUNCO_TOKEN: "a.b.c", SUNCO_KEY_ID: "" },
      "SUNCO_TOKEN and SUNCO_KEY_SECRET are both set: keep one of them"
    ]
  ]

  it.effect.each(wrong)("names what is wrong with %j", ([variables, expected]) =>
    Effect.gen(function*() {
      const provided = Effect.provide(environment(variables))
      assert.strictEqual(yield* provided(problem(Users.layerFromConfig())), expected)
      assert.strictEqual(yield* provided(problem(Sunshine.layerFromConfig())), expected)
    }))

  it.effect.each([
    ["SUNCO_KEY_SECRET", "SUNCO_KEY_SECRET is not set, and SUNCO_KEY_ID is"],
    ["SUNCO_KEY_ID", "SUNCO_KEY_ID is not set, and SUNCO_KEY_SECRET is"],
    ["SUNCO_SUBDOMAIN", "SUNCO_SUBDOMAIN or SUNCO_BASE_URL must be set"]
  ])(
    "takes an empty %s for one that is not set also where the provider hands it on",
    ([name, expected]) =>
      Effect.gen(function*() {
        const env = { ...complete, [String(name)]: "" }
        const handedOn = ConfigProvider.layer(ConfigProvider.fromEnv({ env, preserveEmptyStrings: true }))
        assert.strictEqual(yield* Effect.provide(problem(Users.layerFromConfig()), handedOn), expected)
      })
  )
})

it.effect("several apps and hosts live side by side", () =>
  Effect.gen(function*() {
    const { httpClient, sent } = transport()
    const clientOf = (options: Options, token: string) =>
      Users.make(options).pipe(Effect.provide([httpClient, Credentials.layerBearer(Redacted.make(token))]))
    const acme = yield* clientOf({ appId: "1", subdomain: "acme" }, "a")
    const europe = yield* clientOf({ appId: "2", baseUrl: "https://api.eu-1.smooch.io" }, "b")
    yield* Effect.all([acme.get("ada"), europe.get("ada"), acme.get("bob")])
    assert.deepStrictEqual(sent.map(({ headers, url }) => [url, headers["authorization"]]), [
      ["https://acme.zendesk.com/sc/v2/apps/1/users/ada", "Bearer a"],
      ["https://api.eu-1.smooch.io/v2/apps/2/users/ada", "Bearer b"],
      ["https://acme.zendesk.com/sc/v2/apps/1/users/bob", "Bearer a"]
    ])
  }))

describe("the User-Agent", () => {
  it.effect("names package and version, and what the caller puts before them", () =>
    Effect.gen(function*() {
      const { headers } = yield* sentBy({ appId, subdomain: "acme" })
      assert.strictEqual(headers["user-agent"], `sunco-client/${packageJson.version}`)
      const { headers: own } = yield* sentBy({ appId, subdomain: "acme", userAgent: "support-bot/2.0" })
      assert.strictEqual(own["user-agent"], `support-bot/2.0 sunco-client/${packageJson.version}`)
    }))
})
