/** What `sunco trigger` does. */
import { EventPayloads } from "@sunco/schemas/EventPayloads"
import * as Testing from "@sunco/webhooks/Testing"
import type * as Command from "effect/cli/Command"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Data from "../Data.ts"
import * as Delivered from "../Delivered.ts"
import { Failure } from "../Failure.ts"
import { Json } from "../GlobalFlags.ts"
import { unchecked } from "../internal/payload.ts"
import { writeOut } from "../internal/streams.ts"
import { deliver } from "../internal/webhookRequest.ts"
import * as Output from "../Output.ts"
import type { triggerInput } from "../tree/development.ts"
import * as WebhookSecret from "../WebhookSecret.ts"

type Input = Command.Command.Config.Infer<typeof triggerInput>

const isKnown = (type: string): type is keyof EventPayloads => Object.hasOwn(EventPayloads, type)

const eventOf = (type: string, payload: object): object =>
  isKnown(type) ? Testing.event(type, unchecked(payload)) : Testing.unknownEvent(type, payload)

export const trigger = (input: Input) =>
  Effect.gen(function*() {
    if (!URL.canParse(input.to) || !/^https?:$/.test(new URL(input.to).protocol)) {
      return yield* new Failure({
        kind: "usage",
        message: "--to is the URL of a receiver, such as http://127.0.0.1:3000/webhooks"
      })
    }
    const payload = yield* Data.object(input.data)
    if (!isKnown(input.type)) {
      yield* Output.note(`${input.type} is no type that this release knows: the receiver gets what --data says`)
    }
    const createdAt = new Date(yield* Clock.currentTimeMillis).toISOString()
    const delivery = Testing.delivery({ ...eventOf(input.type, payload), createdAt })
    const [secret] = yield* WebhookSecret.find(input.secretFile)
    const answer = yield* deliver(input.to, JSON.stringify(delivery), secret && Redacted.value(secret))
    const next = Delivered.next(answer)
    if (yield* Json) {
      const { millis, problem, status } = answer
      yield* Output.json({ delivery, ...(problem === undefined ? { status } : { problem }), millis, next })
    }
    const said = `${Delivered.said(answer)}: ${next}`
    if (!Delivered.isTaken(answer)) {
      return yield* new Failure({
        kind: "failed",
        message: said,
        ...(answer.status === 401 && secret === undefined &&
          { hint: "SUNCO_WEBHOOK_SECRET or --secret-file has the secret" })
      })
    }
    if (!(yield* Json)) yield* writeOut(`${said}\n`)
  })
