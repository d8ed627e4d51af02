/**
 * What every contestant is asked to do, and what must come of it.
 */
import type { Dispatcher } from "undici"
import { user, type UserId } from "./users.ts"

/** What a contestant calls, and as whom. */
export interface Target {
  readonly url: string
  readonly credentials: "basic" | "jwt"
  /** In place of a pool of its own with {@link connections}. */
  readonly dispatcher?: Dispatcher
  /** In place of the platform's. */
  readonly fetch?: typeof globalThis.fetch
}

/** Of every contestant that can be told how many: whatever is in flight above it waits for a connection. */
export const connections = 64

/** `missing` is a get of nobody, and must fail. */
export type Operation =
  | { readonly name: "get"; readonly id: UserId }
  | { readonly name: "create" | "missing" }

/** Makes so many calls, so many at a time; it is rejected when one of them does not end as it should. */
export type Run = (operation: Operation, calls: number, inFlight: number) => Promise<void>

/** Is ready to call the target. */
export type Contestant = (target: Target) => Promise<Run>

export const payload = { externalId: user.externalId, profile: user.profile, metadata: user.metadata }

/** As much of a user as every contestant gives, typed or not. */
export interface Found {
  readonly id?: string
}

/** What a call came to: the user, or whether it failed because there is no such user. */
export type Outcome = Found | boolean | undefined

export const check = (outcome: Outcome): void => {
  if (outcome === true || (typeof outcome === "object" && outcome.id === user.id)) return
  throw new Error("a call did not end as it should")
}
