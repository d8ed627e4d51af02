import * as Effect from "effect/Effect"
import * as HttpApi from "effect/http-api/HttpApi"
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as Redacted from "effect/Redacted"
import type * as Schema from "effect/Schema"
import { ControlApi, type ControlGroup } from "../ControlApi.ts"
import { type BoundedLog } from "./boundedLog.ts"
import { type FaultRules } from "./faultRules.ts"
import { appNotFound, Refusal } from "./refusal.ts"
import { type Note, seen } from "./requestLog.ts"
import { answerLink } from "./resources/clients.ts"
import { type Endpoint } from "./routes.ts"
import { type WebhookSender } from "./webhookSender.ts"
import { type World } from "./world.ts"

/** @internal */
export interface ControlContext {
  readonly world: World
  readonly faultRules: FaultRules
  readonly log: BoundedLog<Note>
  readonly now: number
  readonly sender: WebhookSender
}

type Carries = {
  readonly [E in HttpApiGroup.Endpoints<typeof ControlGroup> as E["identifier"]]: (
    input: Input<E> & ControlContext
  ) => E["~Success"]["Type"] | Refusal
}

type Input<E> = E extends { readonly "~Query": Schema.Constraint; readonly "~Payload": Schema.Constraint } ? {
    readonly query: E["~Query"]["Type"]
    readonly payload: E["~Payload"]["Type"]
  } :
  never

const carries: Carries = {
  health: () => ({ status: "ok" }),

  seed: ({ now, payload, query, world }) => {
    const app = world.find(query.appId)
    return app === undefined ? appNotFound : world.seed(app, payload, now)
  },

  stored: ({ query, world }) => {
    const app = world.find(query.appId)
    return app === undefined ? appNotFound : world.allStored(app)
  },

  answerLink: ({ now, payload: { clientId, ...answer }, query, world }) => {
    const app = world.find(query.appId)
    if (app === undefined) return appNotFound
    const client = answerLink(clientId, answer, { ...world.context(app, now), app: app.state })
    return client instanceof Refusal ? client : { client }
  },

  requests: ({ log }) => ({ requests: log.all().map(seen) }),

  faults: ({ faultRules }) => ({ faults: faultRules.left }),

  addFaults: ({ faultRules, payload }) => faultRules.add(payload.faults) ?? payload,

  clearFaults: ({ faultRules }) => {
    faultRules.clear()
    return {}
  },

  addKey: ({ now, payload: { keyId, keySecret, ...payload }, query, world }) => {
    const app = world.find(query.appId)
    if (app === undefined) return appNotFound
    const key = world.addKey(app, {
      ...payload,
      ...(keyId === undefined ? undefined : { keyId }),
      ...(keySecret === undefined ? undefined : { keySecret: Redacted.make(keySecret) })
    }, now)
    return { appId: app.id, keyId: key.keyId, keySecret: Redacted.value(key.keySecret) }
  },

  addAccessToken: ({ payload, query, world }) => {
    const app = world.find(query.appId)
    if (app === undefined) return appNotFound
    world.credentials.addAccessToken(app.id, Redacted.make(payload.accessToken), payload.integrationId)
    return {}
  },

  trigger: ({ now, payload: { payload = {}, type }, query, world }) => {
    const app = world.find(query.appId)
    return app === undefined ? appNotFound : { event: world.trigger(app, { type, payload }, now) }
  },

  deliveries: ({ sender }) => ({ deliveries: sender.all() }),

  flushDeliveries: ({ sender }) => {
    Effect.runFork(sender.flush)
    return {}
  },

  addDeliveryFaults: ({ payload, sender }) => {
    sender.addFaults(payload.faults)
    return payload
  },

  revoke: ({ world, payload: { accessToken, keyId } }) => {
    if (keyId !== undefined) world.credentials.revoke(keyId)
    if (accessToken !== undefined) world.credentials.revoke(accessToken)
    return {}
  },

  reset: (context) => {
    reset(context)
    return {}
  }
}

/** @internal */
export const reset = ({ faultRules, log, now, world }: ControlContext): void => {
  world.reset(now)
  faultRules.clear()
  log.clear()
}

/**
 * The emulator's own endpoints, with what they do.
 *
 * @internal
 */
export const controlEndpoints = (): ReadonlyArray<Endpoint<undefined>> => {
  const endpoints: Array<Endpoint<undefined>> = []
  HttpApi.reflect(ControlApi, {
    onGroup: () => {},
    onEndpoint: ({ endpoint, successes }) => {
      const [[status, [schema]]] = Array.from(successes) as [[number, readonly [Schema.Top]]]
      endpoints.push({
        name: endpoint.identifier,
        declared: undefined,
        // Reflection knows method, path and name only as any text.
        method: endpoint.method as Endpoint<undefined>["method"],
        path: endpoint.path as `/${string}`,
        query: endpoint.query,
        payload: Array.from(endpoint.payload.values())[0]?.schemas[0],
        strict: true,
        success: { status, schema },
        carryOut: carries[endpoint.identifier as keyof Carries]
      })
    }
  })
  return endpoints
}
