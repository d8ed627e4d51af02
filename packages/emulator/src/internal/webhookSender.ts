import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import * as Redacted from "effect/Redacted"
import type * as Schema from "effect/Schema"
import { type Webhook } from "@sunco/schemas/Webhook"
import { type EmittedEvent } from "../EmittedEvent.ts"
import { type WebhookOptions } from "../Emulator.ts"
import { type DeliveryAttempt, type DeliveryFault, type WebhookDelivery } from "../WebhookDelivery.ts"
import { BoundedLog } from "./boundedLog.ts"
import { isLoopback } from "./originCheck.ts"

/** "Up to five times in 15 minutes, exponentially spaced" (OpenAPI 17.12.1, the section on webhooks): at 0, 1, 3, 7 and 15. */
const waits: ReadonlyArray<Duration.Input> = ["1 minute", "2 minutes", "4 minutes", "8 minutes"]

/** "Never sent again" after these (the same section). */
const finalStatuses: ReadonlySet<number> = new Set([400, 401, 403, 404, 406])

const answerMillis = 20_000

/** A delivery that may still change. */
interface Sending {
  readonly shown: Omit<WebhookDelivery, "attempts" | "dueAt" | "state">
  readonly secret: string
  readonly isTwice: boolean
  readonly attempts: Array<DeliveryAttempt>
  /** Closed while it is under way. */
  readonly rest: Latch.Latch
  state: WebhookDelivery["state"]
  dueAt: number | undefined
}

const shownOf = ({ attempts, dueAt, shown, state }: Sending): WebhookDelivery => ({
  ...shown,
  state,
  attempts: [...attempts],
  ...(dueAt !== undefined && { dueAt })
})

/**
 * Sends events to webhooks as the vendor does: with the secret in `X-API-Key`, again when the answer is no success, and not for ever.
 *
 * @internal
 */
export class WebhookSender {
  private readonly sent = new BoundedLog<{ readonly sending: Sending; readonly size: number }>(
    10_000,
    ({ size }) => size
  )
  private faults: Array<DeliveryFault> = []
  private heldBack: Array<Sending> = []
  private readonly waitMillis: ReadonlyArray<number>
  private readonly fetch: typeof globalThis.fetch
  private readonly isAllowed: (host: string) => boolean
  /** Open as long as something may be due that nobody has looked at. */
  private readonly bell = Latch.makeUnsafe(false)
  private readonly changed: () => void

  private readonly onDelivery: (delivery: WebhookDelivery) => void

  constructor(
    options: WebhookOptions = {},
    changed: () => void,
    onDelivery: (delivery: WebhookDelivery) => void = () => {}
  ) {
    this.onDelivery = onDelivery
    this.waitMillis = (options.waits ?? waits).map((wait) => Duration.toMillis(Duration.fromInputUnsafe(wait)))
    this.fetch = options.fetch ?? globalThis.fetch
    const hosts = new Set(options.hosts)
    this.isAllowed = (host) => options.fetch !== undefined || isLoopback(host) || hosts.has(host)
    this.changed = changed
  }

  /** Puts an event on its way to a webhook. */
  add(event: EmittedEvent, appId: string, webhook: Webhook, payload: Schema.JsonObject, id: string, now: number): void {
    const { id: webhookId, secret, target = "", version = "v2" } = webhook
    const fault = this.faults.shift()
    const { createdAt, id: eventId, type } = event
    const body = {
      app: { id: appId },
      webhook: { id: webhookId, version },
      events: [{ id: eventId, createdAt, type, payload }]
    }
    const sending: Sending = {
      shown: { id, appId, webhookId, target, body },
      secret: fault?._tag === "forged" || secret === undefined ? "forged" : Redacted.value(secret),
      isTwice: fault?._tag === "twice",
      attempts: [],
      rest: Latch.makeUnsafe(true),
      state: "waiting",
      dueAt: fault?._tag === "heldBack" ? undefined : now + (fault?._tag === "late" ? fault.millis : 0)
    }
    this.sent.add({ sending, size: JSON.stringify(body).length })
    if (fault?._tag === "heldBack") {
      this.heldBack.push(sending)
    } else {
      for (const held of this.heldBack) held.dueAt = now + 1
      this.heldBack = []
    }
    this.bell.openUnsafe()
  }

  addFaults(faults: ReadonlyArray<DeliveryFault>): void {
    this.faults.push(...faults)
  }

  all(): ReadonlyArray<WebhookDelivery> {
    return this.sent.all().map(({ sending }) => shownOf(sending))
  }

  clear(): void {
    this.sent.clear()
    this.faults = []
    this.heldBack = []
  }

  /** Sends what waits without waiting, and is over when all of it, and what was under way, was answered or given up for now. */
  readonly flush: Effect.Effect<void> = Effect.suspend(() => {
    const waiting = this.waiting()
    for (const sending of waiting) sending.dueAt = undefined
    this.heldBack = []
    return Effect.forEach(
      waiting,
      // The vendor does not send again before there is an answer, or none.
      (sending) => sending.rest.isOpen() ? this.attempt(sending) : sending.rest.await,
      { concurrency: "unbounded", discard: true }
    )
  })

  /** Sends what is due, as long as it runs. */
  readonly run: Effect.Effect<never> = Effect.forever(Effect.gen({ self: this }, function*() {
    // Before anything is looked at: what comes from now on opens it again.
    this.bell.closeUnsafe()
    const now = yield* Clock.currentTimeMillis
    for (const sending of this.waiting()) {
      if (sending.dueAt === undefined || sending.dueAt > now) continue
      sending.dueAt = undefined
      yield* Effect.forkChild(this.attempt(sending))
    }
    const next = Math.min(...this.waiting().map(({ dueAt }) => dueAt ?? Number.POSITIVE_INFINITY))
    yield* Number.isFinite(next) ? Effect.timeoutOption(this.bell.await, Math.max(0, next - now)) : this.bell.await
  }))

  private waiting(): ReadonlyArray<Sending> {
    return this.sent.all().flatMap(({ sending }) => sending.state === "waiting" ? [sending] : [])
  }

  private attempt(sending: Sending): Effect.Effect<void> {
    sending.rest.closeUnsafe()
    const attempt = Effect.gen({ self: this }, function*() {
      const sentAt = yield* Clock.currentTimeMillis
      const ended = yield* this.answer(sending)
      const now = yield* Clock.currentTimeMillis
      sending.attempts.push({ sentAt, ...ended })
      const { status } = ended
      const isSuccess = status !== undefined && status >= 200 && status < 300
      const wait = this.waitMillis[sending.attempts.length - 1]
      const isFinal = ended.failure === "not allowed" || wait === undefined ||
        status !== undefined && finalStatuses.has(status) || sending.secret === "forged"
      if (isSuccess && sending.isTwice && sending.attempts.length === 1) sending.dueAt = now
      else if (isSuccess) sending.state = "delivered"
      else if (isFinal) sending.state = "given up"
      else sending.dueAt = now + wait
      this.bell.openUnsafe()
      this.changed()
      this.onDelivery(shownOf(sending))
    })
    return Effect.ensuring(attempt, sending.rest.open)
  }

  private answer({ secret, shown: { body, target } }: Sending): Effect.Effect<Omit<DeliveryAttempt, "sentAt">> {
    const { fetch } = this
    const host = URL.canParse(target) ? new URL(target).hostname : ""
    if (!this.isAllowed(host)) return Effect.succeed({ failure: "not allowed" })
    return Effect.tryPromise(async (signal) => {
      const response = await fetch(target, {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": secret },
        body: JSON.stringify(body),
        redirect: "manual",
        signal
      })
      await response.body?.cancel()
      return response.status
    }).pipe(
      Effect.timeoutOption(answerMillis),
      Effect.map((status) => status._tag === "None" ? { failure: "timeout" as const } : { status: status.value }),
      Effect.orElseSucceed(() => ({ failure: "no answer" as const }))
    )
  }
}
