/**
 * What a client may be told when it is made.
 *
 * @since 0.1.0
 */
import type * as Duration from "effect/Duration"
import type { RetryOptions } from "./RetryPolicy.ts"

/**
 * Where a client sends to, and how patiently: all that is to be said of one whose operations are outside of any app.
 *
 * @category models
 * @since 0.1.0
 */
export interface ServerOptions {
  /** The part before `.zendesk.com`; stands for `https://{subdomain}.zendesk.com/sc`. Either this or `baseUrl`. */
  readonly subdomain?: string | undefined
  /** Without `/v2`. `https://api.smooch.io` and `https://api.eu-1.smooch.io` are for legacy accounts; http is for loopback only. */
  readonly baseUrl?: string | undefined
  /**
   * How long one attempt may take; 10 seconds when absent, `Infinity` for as long as the deadline lets it. An operation that
   * has a limit of its own (an upload) keeps it, and so it is with the deadline; the options of a call count everywhere.
   */
  readonly attemptTimeout?: Duration.Input | undefined
  /** How long a call may take altogether, waits included; 1 minute when absent, `Infinity` for no deadline. */
  readonly deadline?: Duration.Input | undefined
  /** What differs from `RetryPolicy.defaults`. */
  readonly retry?: RetryOptions | undefined
  /**
   * The largest answer that is read, in bytes after decompression. When absent it is 1 MiB, and 32 MiB for a page of a list
   * that the vendor pages.
   */
  readonly maxResponseBytes?: number | undefined
  /** Put in front of `sunco-client/…` in the `User-Agent`. */
  readonly userAgent?: string | undefined
  /**
   * `false` sends metadata of any size. How the vendor counts its 4 kB is not documented; the check that is on otherwise
   * counts the bytes of compact UTF-8 JSON.
   */
  readonly metadataLimit?: boolean | undefined
  /** Send `traceparent` and `b3` of the attempt's span to the vendor; off when absent. */
  readonly propagateTrace?: boolean | undefined
  /**
   * `true` refuses an answer with anything that is not as documented (`UnexpectedResponse`), also where it could be read
   * without it: for tests of a provider. Fields that no schema names are never refused.
   */
  readonly strictResponses?: boolean | undefined
}

/**
 * Which app a client talks to, where, and how patiently.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options extends ServerOptions {
  readonly appId: string
}

/**
 * What the environment does not say.
 *
 * @category models
 * @since 0.1.0
 */
export interface OptionsBesideEnvironment extends Omit<ServerOptions, "subdomain" | "baseUrl"> {}
