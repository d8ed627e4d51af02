import { Integrations } from "@sunco/client/Integrations"
import { SwitchboardIntegrations } from "@sunco/client/SwitchboardIntegrations"
import { Switchboards } from "@sunco/client/Switchboards"
import * as Effect from "effect/Effect"
import { ask, byStatus, found, Unsettled } from "../asking.ts"
import { asked, assumed, type Fact } from "../Fact.ts"
import { ofEveryConversation } from "../presupposed.ts"
import { Run } from "../Run.ts"
import { makeCustomIntegration, makeGroup, makeSwitchboard, makeSwitchboardIntegration } from "../things.ts"

/** A switchboard of the run, and who is to take turns in it. */
const someSwitchboard = Effect.gen(function*() {
  const { switchboard } = yield* Run
  if (!switchboard) return yield* new Unsettled({ why: ofEveryConversation })
  if ((yield* (yield* Switchboards).list()).length > 0) {
    return yield* new Unsettled({ why: "the app has a switchboard, which is not the run's" })
  }
  // It is there before the switchboard, and so after it as well.
  const { id: integrationId } = yield* makeCustomIntegration
  const { id: switchboardId } = yield* makeSwitchboard
  const make = (name: string) => makeSwitchboardIntegration(switchboardId, { name, integrationId })
  return { switchboardId, make }
})

export const switchboards: ReadonlyArray<Fact> = [
  assumed({
    name: "failedControl",
    assumption: "failedControl",
    question: "Control of a conversation that is passed to nobody who is known gets",
    answers: { event: "200, and an event tells", badRequest: "400" },
    assumed: "event",
    ask: Effect.gen(function*() {
      const { falseId } = yield* Run
      const { id } = yield* makeGroup
      const body = { switchboardIntegration: falseId() }
      return byStatus({ 200: "event", 400: "badRequest" })(
        yield* ask("POST", ["conversations", id, "passControl"], { body })
      )
    })
  }),
  assumed({
    name: "sameControlName",
    assumption: "sameControlName",
    question: "A switchboard integration that is to have the name of another one",
    answers: { refused: "gets 400", shared: "has it, too" },
    assumed: "refused",
    ask: Effect.gen(function*() {
      const { make, switchboardId } = yield* someSwitchboard
      const { name } = yield* make("bot")
      const { id: integrationId } = yield* makeCustomIntegration
      // Whatever it makes goes with its switchboard.
      const answer = yield* ask("POST", ["switchboards", switchboardId, "switchboardIntegrations"], {
        body: { name, integrationId }
      })
      return byStatus({ 400: "refused", 201: "shared" })(answer)
    })
  }),
  assumed({
    name: "turnOfDeletedIntegration",
    assumption: "turnOfDeletedIntegration",
    question: "The turn in a switchboard of an integration that was deleted a moment ago is",
    answers: { lost: "gone with it", kept: "still there" },
    assumed: "lost",
    ask: Effect.gen(function*() {
      const { make, switchboardId } = yield* someSwitchboard
      const { integrationId } = yield* make("bot")
      yield* (yield* Integrations).delete(integrationId ?? "")
      const left = yield* (yield* SwitchboardIntegrations).list(switchboardId)
      return found(left.length === 0 ? "lost" : "kept", `${left.length} left`)
    })
  }),
  asked({
    name: "enabledWithoutDefault",
    question: "A switchboard without a default is enabled:",
    answers: { refused: "it is refused", enabled: "200" },
    assumed: "refused",
    ask: Effect.gen(function*() {
      const { switchboardId } = yield* someSwitchboard
      return byStatus({ 400: "refused", 404: "refused", 200: "enabled" })(
        yield* ask("PATCH", ["switchboards", switchboardId], { body: { enabled: true } })
      )
    })
  }),
  asked({
    name: "deletedDefault",
    question: "The default of a switchboard is deleted:",
    answers: { refused: "400", deleted: "200" },
    assumed: "refused",
    ask: Effect.gen(function*() {
      const { make, switchboardId } = yield* someSwitchboard
      const { id } = yield* make("bot")
      yield* (yield* Switchboards).update(switchboardId, { enabled: true, defaultSwitchboardIntegrationId: id })
      return byStatus({ 400: "refused", 200: "deleted" })(
        yield* ask("DELETE", ["switchboards", switchboardId, "switchboardIntegrations", id])
      )
    })
  }),
  asked({
    name: "passedTwice",
    question: "Control that is passed again to whoever has it gets",
    answers: { again: "200", refused: "400" },
    assumed: "again",
    ask: Effect.gen(function*() {
      const { make, switchboardId } = yield* someSwitchboard
      const { id } = yield* make("bot")
      yield* (yield* Switchboards).update(switchboardId, { enabled: true, defaultSwitchboardIntegrationId: id })
      const { id: conversationId } = yield* makeGroup
      const body = { switchboardIntegration: id, metadata: { again: true } }
      const pass = ask("POST", ["conversations", conversationId, "passControl"], { body })
      yield* pass
      return byStatus({ 200: "again", 400: "refused" })(yield* pass)
    })
  })
]
