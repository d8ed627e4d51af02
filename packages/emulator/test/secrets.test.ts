import { assert, describe, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import { CreateIntegration, type IntegrationType } from "@sunco/schemas/IntegrationPayloads"
import * as Effect from "effect/Effect"
import * as Record from "effect/Record"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { SignJWT } from "jose"
import { call, send } from "./Call.ts"
import { transports } from "./Transports.ts"

const secret = "s3cr3t-0f-s0m3b0dy"

const base64 = (text: string) => Buffer.from(text).toString("base64")

const signed = new SignJWT({ scope: "app" }).setProtectedHeader({ alg: "HS256", kid: "app_x" }).sign(
  new TextEncoder().encode(secret)
)

const [header, claims, signature = ""] = (await signed).split(".")

/** A header as it is sent, and as the log shows it. */
const cases = [
  ["authorization", `Basic ${base64(`app_x:${secret}`)}`, "Basic app_x:<redacted>"],
  ["authorization", `basic ${base64(`svc_5d8cff3c:${secret}`)}`, "basic svc_5d8cff3c:<redacted>"],
  ["authorization", `Basic ${base64(`${secret}:app_x`)}`, "Basic <redacted>"],
  ["authorization", `Basic ${base64(`app_${secret}`)}`, "Basic <redacted>"],
  ["authorization", `Basic ${secret}`, "Basic <redacted>"],
  ["authorization", `Bearer ${secret}`, "Bearer <redacted>"],
  ["authorization", `Bearer ${secret}.${secret}.${secret}`, "Bearer <redacted>"],
  ["authorization", `Bearer ${header}.${claims}.${signature}`, `Bearer ${header}.${claims}.<redacted>`],
  ["authorization", `Bearer   ${secret} ${secret}`, "Bearer <redacted>"],
  ["authorization", `Digest ${secret}`, "<redacted>"],
  ["authorization", secret, "<redacted>"],
  ["authorization", "", ""],
  ["proxy-authorization", `Basic ${base64(`app_x:${secret}`)}`, "Basic app_x:<redacted>"],
  ["cookie", `session=${secret}; b=${secret}`, "<redacted>"],
  ["set-cookie", `session=${secret}`, "<redacted>"],
  ["x-api-key", secret, "<redacted>"],
  ["X-Apikey", secret, "<redacted>"],
  ["ocp-apim-subscription-key", secret, "<redacted>"],
  ["x-auth-token", secret, "<redacted>"],
  ["x-csrf-token", secret, "<redacted>"],
  ["x-amz-security-token", secret, "<redacted>"],
  ["x-auth", secret, "<redacted>"],
  ["x-client-secret", secret, "<redacted>"],
  ["x-hub-signature-256", secret, "<redacted>"],
  ["x-password", secret, "<redacted>"],
  ...[
    "private-key",
    "x-app-key",
    "x-key-2",
    "x-pat",
    "x-pwd",
    "x-pass",
    "x-jwt",
    "x-bearer",
    "x-otp",
    "accessKey",
    "x-goog-iap-jwt-assertion",
    "x-verification-code"
  ].map((name) => [name, secret, "<redacted>"] as const),
  ["x-forwarded", `Bearer ${secret}`, "Bearer <redacted>"],
  ["x-forwarded", `basic ${base64(`app_x:${secret}`)}`, "basic app_x:<redacted>"],
  ["x-forwarded", `kept, Bearer ${secret}`, "<redacted>"],
  ["x-forwarded", `kept ${header}.${claims}.${signature}`, `kept ${header}.${claims}.<redacted>`],
  ["referer", `https://x.example/a?b=1&token=${secret}#c`, "https://x.example/a?b=1&token=<redacted>#c"],
  ["referer", `https://x.example/#access_token=${secret}&b=1`, "https://x.example/#access_token=<redacted>&b=1"],
  ["referer", `https://ada:${secret}@x.example/`, "https://<redacted>@x.example/"],
  [
    "referer",
    `/a?to=https%3A%2F%2Fx.example%3Fcode%3D${secret}%26b=1`,
    "/a?to=https%3A%2F%2Fx.example%3Fcode%3D<redacted>%26b=1"
  ],
  ["x-original-url", `/a?jwt=${secret};${secret}`, "/a?jwt=<redacted>"],
  ["referer", "https://x.example/keyboard?author=a&b=c=d", "https://x.example/keyboard?author=a&b=c=d"],
  ["accept", "text/html, application/json;q=0.9", "text/html, application/json;q=0.9"],
  ["x-trace", "kept", "kept"],
  ["x-author", "kept", "kept"],
  ["idempotency-key", "kept", "kept"]
] as const

/** What each kind of integration can be made with, a secret wherever it may have one. */
const integrations: {
  readonly [Type in IntegrationType]: Omit<CreateIntegration<string> & { readonly type: Type }, "type">
} = {
  android: { senderId: secret, projectId: secret, clientEmail: secret, privateKey: secret, serverKey: secret },
  apple: { businessId: "b", apiSecret: secret, mspId: "m", authenticationMessageSecret: secret.padEnd(100, "=") },
  custom: { webhooks: [{ target: `https://x.example/?token=${secret}`, triggers: ["user:remove"] }] },
  instagram: { pageAccessToken: secret, appId: "a", appSecret: secret },
  ios: { certificate: secret, password: secret, production: true },
  line: { channelId: "c", channelSecret: secret, channelAccessToken: secret, switcherSecret: secret },
  mailgun: { apiKey: secret, signingKey: secret, domain: "x.example", incomingAddress: "a@x.example" },
  messagebird: { accessKey: secret, signingKey: secret, originator: "o" },
  messenger: { pageAccessToken: secret, appId: "a", appSecret: secret },
  telegram: { token: secret },
  twilio: { accountSid: "kept", authToken: secret, phoneNumberSid: "kept", messagingServiceSid: "kept" },
  twitter: {
    tier: "enterprise",
    consumerKey: secret,
    consumerSecret: secret,
    accessTokenKey: secret,
    accessTokenSecret: secret
  },
  unity: { canUserSeeConversationList: true },
  viber: { token: secret },
  web: { brandColor: "fff", originWhitelist: ["https://x.example"], displayStyle: "tab" },
  whatsapp: { accountId: "a", accountManagementAccessToken: secret, hsmFallbackLanguage: "en_US" }
}

/** The fields that are secrets to the schemas, and the others. */
const parts = (body: object) => {
  const decoded = Object.entries(Schema.decodeUnknownSync(CreateIntegration)(body))
  const hidden = decoded.flatMap(([name, value]) => Redacted.isRedacted(value) ? [name] : [])
  const shown = Object.entries(body).filter(([name]) => !hidden.includes(name) && name !== "webhooks")
  return { hidden, shown: Object.fromEntries(shown) }
}

describe.each(transports)("the log has no secrets, $name", (transport) => {
  layer(transport.layer())((it) => {
    it.effect.each(cases)("%s: %s", ([name, value, shown]) =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        const { keySecret } = yield* emulator.addKey({ keyId: "app_x", keySecret: Redacted.make(secret) })
        yield* send("GET", "users/ada", { authorization: "", headers: { [name]: value } })
        // What has no operation, or was refused, is in the log as well.
        yield* send("GET", "/nowhere", { authorization: "", headers: { [name]: value } })
        const requests = yield* emulator.requests
        assert.deepStrictEqual(requests.map(({ headers }) => headers[name.toLowerCase()]), [shown, shown])
        const { body } = yield* call("GET", "/_emulator/requests", { authorization: "" })
        assert.nestedPropertyVal(body, `requests[0].headers.${name.toLowerCase()}`, shown)
        for (const printed of [JSON.stringify(requests), JSON.stringify(body)]) {
          for (const hidden of [Redacted.value(keySecret), base64(`app_x:${secret}`), signature]) {
            assert.notInclude(printed, hidden)
          }
        }
      }))

    it.effect("nor in the query", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        yield* send("GET", `users/ada?access_token=${secret}&x=1&api_key=${secret}&api_key=${secret}`)
        const [seen] = yield* emulator.requests
        const api_key = ["<redacted>", "<redacted>"]
        assert.deepStrictEqual(seen?.query, { access_token: "<redacted>", x: "1", api_key })
        assert.notInclude(JSON.stringify(seen), secret)
      }))

    it.effect.each(["jwt", "key", "code", "assertion", "sig", "pwd", "pass", "bearer", "apiKey", "user[pass]"])(
      "nor in the query, as %s",
      (name) =>
        Effect.gen(function*() {
          const emulator = yield* Emulator
          yield* emulator.reset
          yield* send("GET", `users/ada?${name}=${secret}&to=${encodeURIComponent(`https://x?${name}=${secret}`)}`)
          const [seen] = yield* emulator.requests
          assert.deepStrictEqual(seen?.query, { [name]: "<redacted>", to: `https://x?${name}=<redacted>` })
        })
    )

    const form = "application/x-www-form-urlencoded"

    it.effect.each(
      [
        [
          "application/json",
          JSON.stringify({ grant_type: "authorization_code", client_id: "a", client_secret: secret, code: secret }),
          { grant_type: "authorization_code", client_id: "a", client_secret: "<redacted>", code: "<redacted>" }
        ],
        ["application/json", JSON.stringify([{ code: [secret] }]), [{ code: "<redacted>" }]],
        [
          form,
          `grant_type=authorization_code&client%5Fsecret=${secret} ${secret}&code=${secret}`,
          "grant_type=authorization_code&client%5Fsecret=<redacted>&code=<redacted>"
        ],
        ["application/json", `{"client_secret":"${secret}"`, "<redacted>"],
        ["text/plain", secret, "<redacted>"]
      ] as const
    )("nor in a body of OAuth: %s %s", ([type, text, shown]) =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        for (const path of ["/oauth/token", "/sc/oauth/token", "/v2/apps/a/oauth/token"]) {
          yield* emulator.reset
          yield* send("POST", path, { authorization: "", text, headers: { "content-type": type } })
          assert.deepStrictEqual((yield* emulator.requests)[0]?.body, shown)
        }
      }))

    it.effect.each(Object.entries(integrations))(
      "nor in an integration of type %s",
      ([type, fields]) =>
        Effect.gen(function*() {
          const emulator = yield* Emulator
          yield* emulator.reset
          const body = { ...fields, type }
          const { hidden, shown } = parts(body)
          // Whoever is refused has sent it, too.
          for (const options of [{}, { authorization: "" }]) yield* send("POST", "integrations", { body, ...options })
          const requests = yield* emulator.requests
          assert.deepStrictEqual(requests.map(({ status }) => status), [201, 401])
          for (const { body } of requests) {
            assert.deepInclude(body as object, shown)
            assert.deepInclude(body as object, Record.fromIterableWith(hidden, (name) => [name, "<redacted>"]))
            assert.notInclude(JSON.stringify(body), secret)
          }
        })
    )

    it.effect("nor in a body of anything else, but for what people and programs say", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        const bodies: ReadonlyArray<readonly [path: string, sent: object, shown?: object]> = [
          ["integrations/i/webhooks/w", {
            secret,
            target: `https://x.example/?token=${secret}`,
            includeFullUser: false
          }, {
            secret: "<redacted>",
            target: "https://x.example/?token=<redacted>",
            includeFullUser: false
          }],
          ["keys", { displayName: "Mine", keys: [secret] }, { displayName: "Mine", keys: "<redacted>" }],
          ["integrations/i", { certificate: null, token: secret }, { certificate: null, token: "<redacted>" }],
          ["conversations/c/download", { apple: { interactiveDataRef: { key: secret, bid: "b" } } }, {
            apple: { interactiveDataRef: { key: "<redacted>", bid: "b" } }
          }],
          ["nowhere", [{ access_token: secret, jwt: { a: secret }, pin: 1 }], [
            { access_token: "<redacted>", jwt: "<redacted>", pin: "<redacted>" }
          ]],
          ["", { settings: { endSessionEnabled: true }, metadata: { token: "kept" } }],
          ["conversations/c/messages", {
            author: { type: "business" },
            content: {
              type: "template",
              template: { language: { code: "en" } },
              text: "https://x.example/?token=kept"
            },
            override: { whatsapp: { payload: { key: "kept" } } },
            metadata: { suncoKey: "kept" }
          }]
        ]
        for (const [path, body] of bodies) yield* send("POST", path, { body })
        const requests = yield* emulator.requests
        assert.deepStrictEqual<unknown>(requests.map(({ body }) => body), bodies.map(([, sent, shown = sent]) => shown))
      }))

    it.effect("nor in text where a body has credentials, and shows other text as it came", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        for (const path of ["integrations", "integrations/i/keys", "keys", "keys/app_x"]) {
          yield* emulator.reset
          yield* send("POST", path, { text: `{"token":"${secret}"` })
          assert.strictEqual((yield* emulator.requests)[0]?.body, "<redacted>")
        }
        yield* emulator.reset
        yield* send("POST", "users", { text: "{" })
        yield* send("POST", "users", { text: `a=1&api_key=${secret}`, headers: { "content-type": form } })
        assert.deepStrictEqual((yield* emulator.requests).map(({ body }) => body), ["{", "a=1&api_key=<redacted>"])
      }))

    it.effect("and still says who it was", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        yield* emulator.addKey({ keyId: "app_x", keySecret: Redacted.make(secret) })
        yield* send("GET", "users/ada", { authorization: `Bearer ${yield* Effect.promise(() => signed)}` })
        assert.deepInclude((yield* emulator.requests)[0], { authentication: "jwt", keyId: "app_x" })
      }))
  })
})
