import { SettingsError } from "@sunco/client/SettingsError"
import * as SunshineError from "@sunco/client/SunshineError"
import * as Outcomes from "@sunco/client/Outcomes"
import * as Duration4 from "effect-4/Duration"
import * as Redacted4 from "effect-4/Redacted"
import * as Duration from "effect/Duration"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"

/**
 * The client's errors and reasons by their tags, which are those of this package too.
 *
 * @internal
 */
export const clientClasses = {
  SettingsError,
  ...Outcomes,
  SunshineError: SunshineError.SunshineError,
  InvalidInput: SunshineError.InvalidInput,
  BadRequest: SunshineError.BadRequest,
  Unauthorized: SunshineError.Unauthorized,
  Forbidden: SunshineError.Forbidden,
  AppNotFound: SunshineError.AppNotFound,
  PayloadTooLarge: SunshineError.PayloadTooLarge,
  RateLimited: SunshineError.RateLimited,
  ServerError: SunshineError.ServerError,
  Transport: SunshineError.Transport,
  Timeout: SunshineError.Timeout,
  CredentialsUnavailable: SunshineError.CredentialsUnavailable,
  LimiterUnavailable: SunshineError.LimiterUnavailable,
  CircuitOpen: SunshineError.CircuitOpen,
  UnexpectedResponse: SunshineError.UnexpectedResponse
}

/** @internal */
export type Tag = keyof typeof clientClasses

/** @internal */
export type ClientError = InstanceType<(typeof clientClasses)[Tag]>

/** @internal */
export type ClientErrorOf<T extends Tag> = InstanceType<(typeof clientClasses)[T]>

/** @internal */
export const hasClientTag = (value: object): value is { readonly _tag: Tag } =>
  Predicate.hasProperty(value, "_tag") && typeof value._tag === "string" && Object.hasOwn(clientClasses, value._tag)

/**
 * An error of this package as the client's, which knows what it says and whether it is worth another call.
 *
 * @internal
 */
export const toClient = <T extends Tag>(error: { readonly _tag: T }): ClientErrorOf<T> => {
  const Class = clientClasses[error._tag]
  const fields: Record<string, unknown> = {}
  for (const name in Class.fields) {
    // A field that may be absent is absent there too.
    if (name !== "_tag" && name in error) fields[name] = fieldToClient(Reflect.get(error, name))
  }
  // The fields of both classes are the same, but for what is mapped here: the drift check holds them against each other.
  return new (Class as unknown as new(fields: object) => ClientErrorOf<T>)(fields)
}

const fieldToClient = (value: unknown): unknown => {
  if (Duration.isDuration(value)) return Duration4.millis(Duration.toMillis(value))
  if (Redacted.isRedacted(value)) return Redacted4.make(Redacted.value(value))
  if (Array.isArray(value)) return value.map(fieldToClient)
  if (!Predicate.isRecord(value)) return value
  return hasClientTag(value) ? toClient(value) : mapValues(value, fieldToClient)
}

/** @internal */
export const mapValues = (
  record: { readonly [name: string | symbol]: unknown },
  f: (value: unknown) => unknown
): { readonly [name: string]: unknown } =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]))
