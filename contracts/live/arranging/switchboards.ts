import { Switchboards } from "@sunco/client/Switchboards"
import { CreateSwitchboardIntegration } from "@sunco/schemas/SwitchboardIntegrationPayloads"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Account } from "../Account.ts"
import { ofEveryConversation } from "../presupposed.ts"
import { Run } from "../Run.ts"
import { Scene, Unarranged } from "../Scene.ts"
import { makeCustomIntegration, makeSwitchboard, makeSwitchboardIntegration } from "../things.ts"
import { type Given, settable } from "./settable.ts"

/** One that is there already is not the run's, and an app has one at most. */
export const noSwitchboard = Effect.gen(function*() {
  const { appId } = yield* Account
  const [theirs] = yield* (yield* Switchboards).list()
  return theirs === undefined
    ? { appId }
    : yield* new Unarranged({ why: "the app has a switchboard, which is not the run's" })
})

const agreed = Effect.flatMap(
  Run,
  ({ switchboard }) => switchboard ? noSwitchboard : Effect.fail(new Unarranged({ why: ofEveryConversation }))
)

type GivenIntegration = NonNullable<Given<"a switchboard exists">["switchboardIntegrations"]>[number]

const fields = ["deliverStandbyEvents", "messageHistoryCount"]

/** Who takes turns is a custom integration of the run, whoever it is in the contract. */
const payloadOf = Effect.fnUntraced(function*(given: GivenIntegration, integrationId: string, index: number) {
  const { standIn, takesTurns, without } = yield* Scene
  const { integrationId: named, integrationType, name = `sunco-live-${index}`, ...settings } = given
  if (named !== undefined) standIn.set(named, integrationId)
  if (integrationType !== undefined && integrationType !== "custom") {
    without("switchboardIntegrations[].integrationType")
  }
  takesTurns.add(name)
  return yield* Effect.orDie(
    Schema.decodeUnknownEffect(CreateSwitchboardIntegration)(
      Object.assign({ name, integrationId }, yield* settable(settings, fields))
    )
  )
})

export const switchboard = Effect.fnUntraced(function*(
  { enabled, switchboardIntegrations = [] }: Pick<Given<"a switchboard exists">, "enabled" | "switchboardIntegrations">
) {
  const { appId } = yield* agreed
  const { standIn } = yield* Scene
  // They are there before it, and so after it as well.
  const payloads = yield* Effect.forEach(switchboardIntegrations, (given, index) =>
    Effect.gen(function*() {
      const known = standIn.get(given.integrationId ?? "")
      return yield* payloadOf(given, known ?? (yield* makeCustomIntegration).id, index)
    }))
  const { id: switchboardId } = yield* makeSwitchboard
  const made = yield* Effect.forEach(payloads, (payload) => makeSwitchboardIntegration(switchboardId, payload))
  const [first] = made
  const last = made.at(-1)
  if (enabled === true && first !== undefined) {
    yield* (yield* Switchboards).update(switchboardId, { enabled, defaultSwitchboardIntegrationId: first.id })
  }
  return {
    appId,
    switchboardId,
    ...(first && { switchboardIntegrationId: first.id }),
    ...(last && { lastSwitchboardIntegrationId: last.id })
  }
})

/** The vendor's limit. */
const crowd = 10

/** All of them one integration, as there are no more webhooks in an app than these would need. */
export const crowdedSwitchboard = Effect.gen(function*() {
  const { standIn } = yield* Scene
  const { id } = yield* makeCustomIntegration
  standIn.set(id, id)
  const switchboardIntegrations = Array.from(
    { length: crowd },
    (_, index) => ({ name: `one-of-a-crowd-${index}`, integrationId: id })
  )
  return yield* switchboard({ switchboardIntegrations })
})
