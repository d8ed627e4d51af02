import * as Duration4 from "effect-4/Duration"
import * as Redacted4 from "effect-4/Redacted"
import * as Duration from "effect/Duration"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import { SettingsError } from "../SettingsError.ts"
import * as SunshineError from "../SunshineError.ts"
import * as Outcomes from "../Outcomes.ts"
import { clientClasses, type ClientError, hasClientTag, mapValues, type Tag } from "./toClient.ts"
import { unwrapped } from "./transportDefect.ts"

const classes = {
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
} satisfies { readonly [T in Tag]: abstract new(...args: never) => { readonly _tag: T } }

/**
 * What an error of the client is for the application.
 *
 * @internal
 */
export type FromClient<E> = E extends ClientError ? InstanceType<(typeof classes)[E["_tag"]]> : E

/**
 * An error of the client as this package's of the same tag and fields; anything else as it is.
 *
 * @internal
 */
export const fromClient = <E>(error: E): FromClient<E> => {
  if (!Predicate.isObject(error) || !hasClientTag(error) || !(error instanceof clientClasses[error._tag])) {
    return error as FromClient<E>
  }
  const fields: Record<string, unknown> = {}
  for (const name in clientClasses[error._tag].fields) {
    // A field that may be absent is absent there too.
    if (name !== "_tag" && name in error) fields[name] = fieldFromClient(Reflect.get(error, name))
  }
  // The fields of both classes are the same, but for what is mapped here: the drift check holds them against each other.
  return new (classes[error._tag] as unknown as new(fields: object) => FromClient<E>)(fields)
}

const fieldFromClient = (value: unknown): unknown => {
  if (Duration4.isDuration(value)) return Duration.millis(Duration4.toMillis(value))
  if (Redacted4.isRedacted(value)) return Redacted.make(unwrapped(Redacted4.value(value)))
  if (Array.isArray(value)) return value.map(fieldFromClient)
  if (!Predicate.isRecord(value)) return value
  return hasClientTag(value) ? fromClient(value) : mapValues(value, fieldFromClient)
}
