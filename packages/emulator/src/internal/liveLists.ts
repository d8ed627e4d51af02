import * as Redacted from "effect/Redacted"
import { type FaultRule } from "../Fault.ts"
import { type BoundedLog } from "./boundedLog.ts"
import { type FaultRules } from "./faultRules.ts"
import { jsonText, type LiveList } from "./liveUpdates.ts"
import { type Note, seen } from "./requestLog.ts"
import { type WebhookDelivery } from "../WebhookDelivery.ts"
import { type WebhookSender } from "./webhookSender.ts"
import { type App, type World } from "./world.ts"

/** More apps than these are looked at through `/_emulator/stored`. */
const appsShown = 10

/**
 * What is in the emulator, as its page shows it: who may call it, the requests, the faults that wait, and of each app whatever
 * is stored, by resource.
 *
 * @internal
 */
export const liveLists = ({ faultRules, log, sender, world }: {
  readonly world: World
  readonly faultRules: FaultRules
  readonly log: BoundedLog<Note>
  readonly sender: WebhookSender
}): ReadonlyArray<LiveList> => {
  const apps = world.apps.all().slice(0, appsShown)
  return [
    listOf<App>({
      name: "Who may call",
      columns: ["app", "key", "secret"],
      items: apps,
      cells: ({ id, keyId = "", keySecret }) => [id, keyId, keySecret === undefined ? "" : Redacted.value(keySecret)]
    }),
    listOf<Note>({
      name: "Requests",
      columns: ["request", "operation", "status", "fault", "time"],
      items: log.all(),
      version: ({ applied, fault, status }) => `${status} ${applied} ${fault?._tag}`,
      cells: ({ fault, operation, receivedAt, request, status }) => [
        `${request.method} ${request.url.split("?", 1)[0]}`,
        operation ?? "",
        status === undefined ? "" : String(status),
        fault?._tag ?? "",
        new Date(receivedAt).toISOString().slice(11, 23)
      ],
      details: seen
    }),
    listOf<WebhookDelivery>({
      name: "Deliveries",
      columns: ["event", "to", "state", "answers"],
      items: sender.all(),
      cells: ({ attempts, body, state, target }) => [
        eventTypesOf(body),
        target.split("?", 1)[0] ?? "",
        state,
        attempts.map(({ failure, status }) => failure ?? status).join(", ")
      ],
      details: (delivery) => delivery
    }),
    listOf<FaultRule>({
      name: "Faults",
      columns: ["fault", "times", "when"],
      items: faultRules.left,
      cells: ({ fault, times, when }) => [
        fault._tag,
        times === undefined ? "until they are cleared" : String(times),
        when === undefined ? "" : jsonText(when)
      ],
      details: (rule) => rule
    }),
    ...apps.flatMap((app) =>
      Object.entries(world.allStored(app)).map(([resource, records]) =>
        listOf<object>({
          name: apps.length === 1 ? resource : `${resource} of ${app.id}`,
          columns: ["stored"],
          items: records,
          cells: (record) => [jsonText(record)],
          details: (record) => record
        })
      )
    )
  ]
}

const eventTypesOf = ({ events }: WebhookDelivery["body"]): string =>
  Array.isArray(events) ? events.map((event) => String(Reflect.get(Object(event), "type"))).join(", ") : ""

/** Each list is of a type of its own, which nobody behind has to know. */
const listOf = <A extends object>(list: LiveList<A>): LiveList => list
