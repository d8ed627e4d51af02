import { type Applied, type RetryStopped, SunshineError, type SunshineErrorReason } from "../../SunshineError.ts"
import type { Log, LogFields } from "./log.ts"
import type { Method } from "../call/method.ts"
import { endingName, statusOf } from "./spans.ts"
import type { Outcome, WireRequest } from "../transport/wire.ts"

/**
 * What a call tells of itself: one line for each attempt, when it is known what follows from it, and one for each wait and
 * each end that has no attempt.
 *
 * @internal
 */
export class CallLog {
  private readonly method: Method
  private readonly log: Log
  /** The attempt of which nothing was told yet. */
  private attempt: { readonly startedAt: number; readonly fields: LogFields } | undefined
  private ending: string | undefined

  constructor(method: Method, log: Log) {
    this.method = method
    this.log = log
  }

  sent({ method, template }: WireRequest, startedAt: number): void {
    this.ending = undefined
    this.attempt = { startedAt, fields: { attempt: this.method.sent, request: `${method} ${template}` } }
  }

  ended(outcome: Outcome): void {
    const status = statusOf(outcome)
    this.ending = endingName(outcome)
    this.timed({
      ...(status !== undefined && { status }),
      ...(outcome._tag !== "Answer" && { error: this.ending })
    })
  }

  succeeded(): void {
    this.tell("", {})
  }

  /** `failure` is an outcome of the domain, such as `UserNotFound`, or what a look-up says of an earlier attempt. */
  failed(failure: unknown): void {
    if (failure instanceof SunshineError) return this.stopped(failure.reason, failure.retryStopped, failure.applied)
    const outcome = tagOf(failure)
    this.tell(outcome, { outcome })
  }

  stopped({ _tag: reason }: SunshineErrorReason, stopped: RetryStopped | undefined, applied: Applied): void {
    this.tell(stopped === undefined ? reason : `${reason}, stopped: ${stopped}`, {
      reason,
      ...(stopped !== undefined && { stopped }),
      applied
    })
  }

  continued({ method, template }: WireRequest): void {
    this.tell(`then ${method} ${template}`, {})
  }

  renewed(): void {
    this.tell("again with fresh credentials", {})
  }

  repeated(waitMillis: number, waitFor: "back-off" | "retry-after"): void {
    const millis = Math.round(waitMillis)
    this.tell(`again in ${millis} ms`, { waitMillis: millis, waitFor })
  }

  waited(waitMillis: number, waitFor: "limiter"): void {
    this.tell(`waited ${waitMillis} ms for the ${waitFor}`, { waitMillis, waitFor })
  }

  /** By the caller, who does not wait for it any more. */
  interrupted(): void {
    if (this.ending === undefined) this.timed({})
    this.tell("interrupted", {})
  }

  private timed(fields: LogFields): void {
    if (this.attempt === undefined) return
    const durationMillis = this.method.clock.currentTimeMillisUnsafe() - this.attempt.startedAt
    this.attempt = { ...this.attempt, fields: { ...this.attempt.fields, ...fields, durationMillis } }
  }

  private tell(text: string, fields: LogFields): void {
    const { attempt, ending } = this
    this.attempt = undefined
    this.ending = undefined
    this.log([ending, text].filter(Boolean).join(", "), { ...attempt?.fields, ...fields })
  }
}

const tagOf = (failure: unknown): string => (failure as { readonly _tag: string })._tag
