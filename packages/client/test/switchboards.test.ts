/** What the resources of the switchboard do beyond what every operation does, which is tested from their contracts. */
import { assert, describe, it } from "@effect/vitest"
import * as AllResources from "@sunco/client/AllResources"
import type { CallOptions } from "@sunco/client/CallOptions"
import * as Credentials from "@sunco/client/Credentials"
import { SwitchboardActions } from "@sunco/client/SwitchboardActions"
import { SwitchboardIntegrations } from "@sunco/client/SwitchboardIntegrations"
import { Switchboards } from "@sunco/client/Switchboards"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import { appId, drawing, key, throughTime } from "./TestClient.ts"

const { answer, cut, errors, html, json, reset } = ScriptedTransport

const baseUrl = "https://example.zendesk.com/sc"

type Services = SwitchboardActions | SwitchboardIntegrations | Switchboards

const ofApp = Credentials.layerBasic(key)

const ofIntegration = Credentials.layerBasic({ ...key, keyId: "int_5d8cff3cd55b040010928b5b" })

/** Runs a call over a transport that answers from a script, and gives what became of it and what was sent. */
const over = <A, E>(
  script: Parameters<typeof ScriptedTransport.make>[0],
  call: Effect.Effect<A, E, Services>,
  credentials: Layer.Layer<Credentials.Credentials> = ofApp
) => {
  const { httpClient, sent } = ScriptedTransport.make(script)
  const layer = AllResources.layer({ appId, baseUrl }).pipe(
    Layer.provide([credentials, Layer.succeed(HttpClient.HttpClient, httpClient)])
  )
  return throughTime(Effect.result(call)).pipe(
    Effect.provide(layer),
    drawing(0),
    Effect.map((result) => ({
      result,
      failure: result._tag === "Failure" ? result.failure : undefined,
      sent: sent.map(({ method, url }) => `${method} ${url.slice(`${baseUrl}/v2/apps/${appId}`.length)}`),
      bodies: sent.map(({ body }) => body)
    }))
  )
}

const forbidden = errors(403, "forbidden")

describe("Switchboards.create", () => {
  const create = Switchboards.use((switchboards) => switchboards.create())
  const [list, post] = ["GET /switchboards", "POST /switchboards"]
  const made = { id: "b1", enabled: false }
  const listed = (...switchboards: ReadonlyArray<object>) => json(200, { switchboards })

  it.effect("takes the one that was not there before for its own, after a lost answer", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over([listed(), reset, listed(made)], create)
      assert.deepStrictEqual(sent, [list, post, list])
      assert.deepInclude(result, { _tag: "Success", success: made })
    }))

  it.effect("is refused where the app has one, which was there before", () =>
    Effect.gen(function*() {
      const { failure, sent } = yield* over([listed(made), errors(400, "bad_request")], create)
      assert.deepStrictEqual(sent, [list, post])
      assert.deepInclude(failure, { _tag: "SunshineError", applied: "no" })
      const lost = yield* over([listed(made), reset, listed(made), errors(400, "bad_request"), listed(made)], create)
      assert.deepStrictEqual(lost.sent, [list, post, list, post, list])
      assert.deepInclude(lost.failure, { _tag: "SunshineError", applied: "unknown" })
    }))
})

describe("SwitchboardIntegrations.create", () => {
  const create = SwitchboardIntegrations.use((integrations) =>
    integrations.create("b1", { name: "bot", integrationType: "ultimate" })
  )
  const path = "/switchboards/b1/switchboardIntegrations"
  const bot = { id: "s2", name: "bot", integrationType: "ultimate" }
  const listed = (...switchboardIntegrations: ReadonlyArray<object>) => json(200, { switchboardIntegrations })
  const human = { id: "s1", name: "human" }

  it.effect("finds itself by its name among those that were not there before", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over(
        [listed(human), reset, listed(human, { id: "s3", name: "survey" }, bot)],
        create
      )
      assert.deepStrictEqual(sent, [`GET ${path}`, `POST ${path}`, `GET ${path}`])
      assert.deepInclude(result, { _tag: "Success", success: bot })
    }))

  it.effect("is sent again where one of its name was there before, which is another one", () =>
    Effect.gen(function*() {
      const old = { ...bot, id: "s0" }
      const { result, sent } = yield* over(
        [listed(old), reset, listed(old), json(201, { switchboardIntegration: bot })],
        create
      )
      assert.deepStrictEqual(sent, [`GET ${path}`, `POST ${path}`, `GET ${path}`, `POST ${path}`])
      assert.deepInclude(result, { _tag: "Success", success: bot })
    }))

  it.effect("is not misled by one of its name of another integration, which came in between", () =>
    Effect.gen(function*() {
      const other = { ...bot, id: "s3", integrationType: "custom" }
      const { failure, sent } = yield* over([listed(human), reset, listed(human, other)], create)
      assert.deepStrictEqual(sent, [`GET ${path}`, `POST ${path}`, `GET ${path}`])
      assert.deepInclude(failure, { _tag: "SunshineError", applied: "unknown" })
      const ofId = SwitchboardIntegrations.use((integrations) =>
        integrations.create("b1", { name: "bot", integrationId: "i1" })
      )
      const [mine, theirs] = [{ ...bot, integrationId: "i1" }, { ...bot, id: "s3", integrationId: "i2" }]
      const again = yield* over(
        [listed(), reset, listed(theirs), json(201, { switchboardIntegration: mine })],
        ofId
      )
      assert.deepInclude(again.result, { _tag: "Success", success: mine })
      // What the list does not say is no difference.
      const { integrationId: _, integrationType: __, ...bare } = mine
      const found = yield* over([listed(), reset, listed(bare)], ofId)
      assert.deepInclude(found.result, { _tag: "Success", success: bare })
    }))

  it.effect("says that a switchboard is full, or is not there", () =>
    Effect.gen(function*() {
      const full = yield* over([listed(human), errors(400, "too_many_switchboard_integrations")], create)
      assert.deepInclude(full.failure, { _tag: "SwitchboardIntegrationLimitReached", attempts: 2 })
      const gone = yield* over([errors(404, "switchboard_not_found")], create)
      assert.deepInclude(gone.failure, { _tag: "SwitchboardNotFound", operation: "SwitchboardIntegrations.create" })
      const other = yield* over([listed(human), errors(404, "integration_not_found")], create)
      assert.deepInclude(other.failure, { _tag: "IntegrationNotFound" })
    }))
})

const conversation = (control: object = {}) => json(200, { conversation: { id: "c1", ...control } })

const [active, pending] = [{ activeSwitchboardIntegration: { id: "s1" } }, {
  pendingSwitchboardIntegration: { id: "s2" }
}]

const done = answer(200, "{}")

const read = "GET /conversations/c1"

const actionOf = (action: string) => `POST /conversations/c1/${action}Control`

describe("SwitchboardActions.passControl and offerControl", () => {
  const to = (switchboardIntegration: string) => ({
    pass: SwitchboardActions.use((actions) => actions.passControl("c1", { switchboardIntegration })),
    offer: SwitchboardActions.use((actions) => actions.offerControl("c1", { switchboardIntegration }))
  })

  it.effect("are sent again where they name somebody", () =>
    Effect.gen(function*() {
      for (const [action, call] of Object.entries(to("human"))) {
        const { result, sent } = yield* over([reset, done], call)
        assert.deepStrictEqual(sent, [actionOf(action), actionOf(action)])
        assert.deepInclude(result, { _tag: "Success", success: undefined })
      }
    }))

  it.effect("stop where next would be another one", () =>
    Effect.gen(function*() {
      for (const [action, call] of Object.entries(to("next"))) {
        const { failure, sent } = yield* over([reset, done], call)
        assert.deepStrictEqual(sent, [actionOf(action)])
        assert.deepInclude(failure, { retryStopped: "unsafe", applied: "unknown", attempts: 1 })
      }
      const offer = yield* over([reset, done], to("next").offer, ofIntegration)
      assert.lengthOf(offer.sent, 1)
    }))

  it.effect("repeat next after an attempt that was certainly not applied", () =>
    Effect.gen(function*() {
      for (const call of Object.values(to("next"))) {
        const { sent } = yield* over([errors(429, "too_many_requests"), done], call)
        assert.lengthOf(sent, 2)
      }
    }))

  const jwt = (claims: object) => Redacted.make(`e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`)

  const callers: ReadonlyArray<readonly [who: string, Layer.Layer<Credentials.Credentials>, isIntegration: boolean]> = [
    ["the key of an integration", ofIntegration, true],
    ["the key of an app", ofApp, false],
    ["the key of an account", Credentials.layerBasic({ ...key, keyId: "act_5d8cff3cd55b040010928b5b" }), false],
    ["a key whose id says nothing", Credentials.layerBasic({ ...key, keyId: "integration" }), false],
    ["a key whose id begins almost so", Credentials.layerBasic({ ...key, keyId: "int-1" }), false],
    ["the token of an OAuth client", Credentials.layerBearer(Redacted.make("opaque")), true],
    ["a JWT of an integration", Credentials.layerBearer(jwt({ scope: "integration" })), true],
    ["a JWT of an app", Credentials.layerBearer(jwt({ scope: "app" })), false],
    ["a JWT that says nothing", Credentials.layerBearer(jwt({})), false],
    ["a token that looks like one and is none", Credentials.layerBearer(Redacted.make("a.%.b")), false],
    [
      "a token that is fetched",
      Credentials.layerBearerEffect(Effect.succeed(Redacted.make("opaque"))),
      true
    ]
  ]

  it.effect.each(callers)(
    "pass to next again where %s calls, or stop",
    ([, credentials, isIntegration]) =>
      Effect.gen(function*() {
        const { failure, sent } = yield* over([reset, done], to("next").pass, credentials)
        assert.lengthOf(sent, isIntegration ? 2 : 1)
        if (!isIntegration) assert.deepInclude(failure, { retryStopped: "unsafe" })
      })
  )
})

describe("SwitchboardActions.acceptControl", () => {
  const accept = SwitchboardActions.use((actions) => actions.acceptControl("c1", { metadata: { a: 1 } }))
  const post = actionOf("accept")

  it.effect("is sent again after a lost answer", () =>
    Effect.gen(function*() {
      const { bodies, sent } = yield* over([reset, done], accept, ofIntegration)
      assert.deepStrictEqual(sent, [post, post])
      assert.deepStrictEqual(bodies, [`{"metadata":{"a":1}}`, `{"metadata":{"a":1}}`])
    }))

  it.effect("was accepted where it is refused then, nothing is offered any more and somebody is in control", () =>
    Effect.gen(function*() {
      for (const refusal of [forbidden, errors(400, "switchboard_invalid_action")]) {
        const { result, sent } = yield* over([reset, refusal, conversation(active)], accept, ofIntegration)
        assert.deepStrictEqual(sent, [post, post, read])
        assert.deepInclude(result, { _tag: "Success", success: undefined })
      }
    }))

  it.effect("is refused, and leaves open what was open, where the conversation does not tell", () =>
    Effect.gen(function*() {
      for (const control of [{}, pending, { ...active, ...pending }, { activeSwitchboardIntegration: null }]) {
        const { failure, sent } = yield* over([reset, forbidden, conversation(control)], accept, ofIntegration)
        assert.deepStrictEqual(sent, [post, post, read])
        assert.deepInclude(failure, { applied: "unknown", retryStopped: "not-retryable", attempts: 3 })
        assert.nestedInclude(failure, { "reason._tag": "Forbidden" })
      }
    }))

  it.effect("was accepted where a lost answer said so in its status line", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over([cut(200), forbidden], accept, ofIntegration)
      assert.deepStrictEqual(sent, [post, post])
      assert.deepInclude(result, { _tag: "Success", success: undefined })
    }))

  it.effect("is refused at once where no answer was lost, or where it is no refusal of the vendor's", () =>
    Effect.gen(function*() {
      const first = yield* over([forbidden], accept, ofIntegration)
      assert.deepStrictEqual(first.sent, [post])
      assert.deepInclude(first.failure, { applied: "no", retryStopped: "not-retryable" })
      const firewall = yield* over([reset, html(403)], accept, ofIntegration)
      assert.deepStrictEqual(firewall.sent, [post, post])
      assert.deepInclude(firewall.failure, { applied: "unknown" })
      const other = yield* over([reset, errors(400, "bad_request")], accept, ofIntegration)
      assert.deepStrictEqual(other.sent, [post, post])
      const gone = yield* over([reset, forbidden, errors(404, "conversation_not_found")], accept, ofIntegration)
      assert.deepInclude(gone.failure, { _tag: "ConversationNotFound", attempts: 3 })
    }))
})

describe("SwitchboardActions.releaseControl", () => {
  const release = (options?: CallOptions) =>
    SwitchboardActions.use((actions) => actions.releaseControl("c1", undefined, options))
  const post = actionOf("release")

  it.effect("sends an empty object where there is nothing to say", () =>
    Effect.gen(function*() {
      const { bodies, sent } = yield* over([done], release())
      assert.deepStrictEqual([sent, bodies], [[post], ["{}"]])
    }))

  it.effect("is done where nobody is in control after a lost answer, whoever calls", () =>
    Effect.gen(function*() {
      for (const credentials of [ofApp, ofIntegration]) {
        for (const control of [{}, { activeSwitchboardIntegration: null }]) {
          const { result, sent } = yield* over([reset, conversation(control)], release(), credentials)
          assert.deepStrictEqual(sent, [post, read])
          assert.deepInclude(result, { _tag: "Success", success: undefined })
        }
      }
    }))

  it.effect("does not release whoever is in control by then", () =>
    Effect.gen(function*() {
      const { failure, sent } = yield* over([reset, conversation(active), done], release())
      assert.deepStrictEqual(sent, [post, read])
      assert.deepInclude(failure, { applied: "unknown", retryStopped: "unsafe", attempts: 2 })
      assert.nestedInclude(failure, { "reason._tag": "UnexpectedResponse", "reason.problem": "not-told-apart" })
    }))

  it.effect("is sent again where the policy repeats everything", () =>
    Effect.gen(function*() {
      const { sent } = yield* over(
        [reset, conversation(active), done],
        release({ retry: { afterAmbiguous: "always" } })
      )
      assert.deepStrictEqual(sent, [post, read, post])
    }))

  it.effect("is sent again by an integration, which releases itself alone, and is done where that is refused", () =>
    Effect.gen(function*() {
      for (const last of [done, forbidden]) {
        const { result, sent } = yield* over([reset, conversation(active), last], release(), ofIntegration)
        assert.deepStrictEqual(sent, [post, read, post])
        assert.deepInclude(result, { _tag: "Success", success: undefined })
      }
      const firewall = yield* over([reset, conversation(active), html(403)], release(), ofIntegration)
      assert.deepInclude(firewall.failure, { applied: "unknown" })
    }))

  it.effect("is done where a lost answer said so in its status line, whoever is in control by then", () =>
    Effect.gen(function*() {
      const { result, sent } = yield* over([cut(200), conversation(active)], release())
      assert.deepStrictEqual(sent, [post, read])
      assert.deepInclude(result, { _tag: "Success", success: undefined })
    }))

  it.effect("is refused at once where no answer was lost, and has no conversation where there is none", () =>
    Effect.gen(function*() {
      const first = yield* over([forbidden], release(), ofIntegration)
      assert.deepStrictEqual(first.sent, [post])
      assert.deepInclude(first.failure, { applied: "no", retryStopped: "not-retryable" })
      const gone = yield* over([reset, errors(404, "conversation_not_found")], release())
      assert.deepInclude(gone.failure, { _tag: "ConversationNotFound", attempts: 2 })
    }))
})
