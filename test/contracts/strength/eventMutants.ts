/** Every way to break what is sent to webhooks that matters to a receiver. */
import type { EventType } from "@sunco/schemas/Event"
import { EventPayloads } from "@sunco/schemas/EventPayloads"
import type { Message } from "effect-pact/Pact"
import * as Record from "effect/Record"
import type * as Schema from "effect/Schema"
import type { EventMutant } from "./EventMutant.ts"
import { breakages, change, fieldsOf } from "./fields.ts"

type Fault = Omit<EventMutant, "type">

/** What no event has: of a conversation more than tells it from others, what is only sent, and what is said of others of the kind. */
const neverSent = [
  /(^|\.)(conversation|mergedConversations\.(surviving|discarded))\.(businessLastRead|createdAt|description|displayName|iconUrl|isDefault|lastUpdatedAt)$/,
  // Messages themselves show what can be in one.
  /^(message\.quotedMessage\.message|recentNotifications\.\[\])\./,
  // It is for requests alone, items have no replies, and a form that is sent was not filled in.
  /^message\.content\.(markdownText|items\.\[\]\.actions\.\[\]\.iconUrl|submitted)$/
]

const cutDown = /^user\.(identities|metadata|profile|signedUpAt|toBeRetained)\b/

/** Who takes part in a conversation has no brand where a state names it. */
const cutDownOfNoBrand = new RegExp(`${cutDown.source}|^user\\.brandId$`)

/** What no event of a type has: of whom a webhook cannot ask for more, and that of which nothing is known. */
const neverSentOf: { readonly [Type in EventType]?: RegExp } = {
  "client:add": cutDown,
  "client:remove": cutDown,
  "client:update": cutDown,
  "conversation:join": cutDownOfNoBrand,
  "conversation:leave": cutDownOfNoBrand,
  "user:remove": cutDown,
  "passthrough:messaging": /^/,
  // Nobody is offered what was taken, and nobody has what was released.
  "switchboard:acceptControl": /^conversation\.pendingSwitchboardIntegration/,
  "switchboard:acceptControl:failure": /^conversation\.pendingSwitchboardIntegration/,
  "switchboard:passControl": /^conversation\.pendingSwitchboardIntegration/,
  "switchboard:releaseControl": /^conversation\.(active|pending)SwitchboardIntegration/
}

const inContents = (f: (contents: Schema.Json) => Schema.Json | undefined) => (message: Message): Message => ({
  ...message,
  contents: f(message.contents) ?? null
})

const brokenPayload = (type: EventType): ReadonlyArray<Fault> =>
  fieldsOf(EventPayloads[type])
    .filter(({ path }) =>
      [...neverSent, ...neverSentOf[type] === undefined ? [] : [neverSentOf[type]]].every((never) =>
        !never.test(path.join("."))
      )
    )
    .flatMap(breakages)
    .map(({ change: changed, name }) => ({
      name,
      message: inContents((contents) => change(contents, ["events", "[]", "payload"], changed))
    }))

const replacing = (name: string, path: ReadonlyArray<string>, f: (value: Schema.Json) => Schema.Json | undefined) => ({
  name,
  message: inContents((contents) => change(contents, path, f))
})

/** What is around a payload. */
const brokenDelivery: ReadonlyArray<Fault> = [
  ...["app", "webhook", "events"].map((name) => replacing(`sends no ${name}`, [name], () => undefined)),
  ...["app", "webhook"].flatMap((name) => [
    replacing(`sends no id of the ${name}`, [name, "id"], () => undefined),
    replacing(`sends a number for the id of the ${name}`, [name, "id"], () => 1)
  ]),
  replacing("sends no event", ["events"], () => []),
  replacing("sends its event without a list", ["events"], (events) => Array.isArray(events) ? events[0] : events),
  ...["id", "type", "createdAt", "payload"].flatMap((name) => [
    replacing(`sends no ${name}`, ["events", "[]", name], () => undefined),
    replacing(`sends a number for the ${name}`, ["events", "[]", name], () => 1)
  ]),
  replacing("sends an event of another type", ["events", "[]", "type"], (type) => `${String(type)}d`),
  replacing("says the time in another form", ["events", "[]", "createdAt"], () => "Mon, 03 Feb 2025 18:33:47 GMT"),
  {
    name: "sends no secret",
    message: ({ contents, metadata }) => ({
      contents,
      metadata: Record.filter(metadata, (_, name) => name !== "x-api-key")
    })
  },
  {
    name: "sends a form",
    message: ({ contents, metadata }) => ({
      contents,
      metadata: { ...metadata, contentType: "application/x-www-form-urlencoded" }
    })
  }
]

const types = Object.keys(EventPayloads) as Array<EventType>

export const eventMutants: ReadonlyArray<EventMutant> = types.flatMap((type) => {
  // Members of a union have fields at the same path, and what breaks one of them breaks all.
  const byName = new Map([...brokenDelivery, ...brokenPayload(type)].map((fault) => [fault.name, fault]))
  return Array.from(byName.values(), (fault) => ({ type, ...fault }))
})

/** The name of the one that breaks nothing. */
export const untouched = "is as it is"

/** What is sent as it is: where one of these is caught, that another one is means nothing. */
export const eventControls: ReadonlyArray<EventMutant> = types.map((type) => ({
  type,
  name: untouched,
  message: (message) => message
}))
