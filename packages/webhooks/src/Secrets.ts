/**
 * Who may call: the secrets of the webhooks, which the vendor sends along with each delivery.
 *
 * Nothing is signed: the header `X-API-Key` is the secret itself, and says nothing of the body. Where one endpoint serves several
 * apps, each secret should name its own, so that nobody who has one can speak for another.
 *
 * @since 0.1.0
 */
import type * as Config from "effect/Config"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as internal from "./internal/secrets.ts"
import type { SettingsError } from "./SettingsError.ts"

/**
 * A secret, and whose deliveries it stands for: everybody's unless it names an app or a webhook.
 *
 * @category models
 * @since 0.1.0
 */
export interface NamedSecret {
  readonly secret: Redacted.Redacted
  readonly appId?: string | undefined
  readonly webhookId?: string | undefined
}

/**
 * A secret alone, or with what it names.
 *
 * @category models
 * @since 0.1.0
 */
export type Secret = Redacted.Redacted | NamedSecret

/**
 * Whom a key stands for: any app or webhook that is not named.
 *
 * @category models
 * @since 0.1.0
 */
export interface Caller {
  readonly appId: string | undefined
  readonly webhookId: string | undefined
}

/**
 * The secrets cannot be had at the moment. A delivery is answered 503, which the vendor repeats.
 *
 * @category errors
 * @since 0.1.0
 */
export class SecretsUnavailable extends /* @__PURE__ */ Schema.TaggedError<SecretsUnavailable>()("SecretsUnavailable", {
  cause: Schema.Redacted(Schema.Unknown)
}) {
  override get message(): string {
    return "the secrets of the webhooks cannot be had"
  }
}

/**
 * Tells whom a key stands for; nobody, where it is no secret that is known. All secrets are compared, by digests, and in a time
 * that does not depend on the key.
 *
 * @category services
 * @since 0.1.0
 */
export class Secrets extends /* @__PURE__ */ Context.Service<Secrets, {
  readonly callers: (apiKey: string) => Effect.Effect<ReadonlyArray<Caller>, SecretsUnavailable>
}>()("@sunco/webhooks/Secrets") {}

/**
 * Secrets that stay the same. There are several where one is being replaced by another, or where several webhooks come to one
 * endpoint. None at all, blanks in one, and an id that is none, are a {@link SettingsError}.
 *
 * **Example** (Two apps at one endpoint, neither of which can speak for the other)
 *
 * ```ts
 * import * as Secrets from "@sunco/webhooks/Secrets"
 * import * as Redacted from "effect/Redacted"
 *
 * export const SecretsLayer = Secrets.layer(
 *   { secret: Redacted.make("of one"), appId: "5ebee0975ac5304b664a12fa" },
 *   { secret: Redacted.make("of the other"), appId: "5d8cff3cd55b040010928b5b" }
 * )
 * ```
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (...secrets: ReadonlyArray<Secret>): Layer.Layer<Secrets, SettingsError> =>
  Layer.effect(Secrets, Effect.map(internal.known(secrets), internal.fixed))

/**
 * The secrets in `SUNCO_WEBHOOK_SECRET`, with commas between them where there are several. Read when the layer is built.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerFromConfig: Layer.Layer<Secrets, Config.ConfigError | SettingsError> = /* @__PURE__ */ Layer.suspend(
  () =>
    Layer.effect(
      Secrets,
      Effect.map(internal.fromEnvironment, internal.fixed)
    )
)

/**
 * How often a source of secrets is asked.
 *
 * @category options
 * @since 0.1.0
 */
export interface SourceOptions {
  /** How long what it gave counts; 5 minutes when absent. */
  readonly timeToLive?: Duration.Input | undefined
  /** How long it may take to answer; 5 seconds when absent. */
  readonly timeout?: Duration.Input | undefined
}

/**
 * Secrets from a source that may change, such as a vault or a table.
 *
 * **Details**
 *
 * It is asked when the first delivery comes, and again when what it gave is too old. A key that is not known makes it ask once
 * more before it is refused, at most once a second for all keys together: a secret that was added there counts at once. While
 * the source fails what it gave last still counts; a delivery with another key is answered 503, and comes again.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerEffect = <E, R>(
  source: Effect.Effect<ReadonlyArray<Secret>, E, R>,
  options?: SourceOptions
): Layer.Layer<Secrets, never, R> => Layer.effect(Secrets, internal.changing(source, options))
