/**
 * The integrations that are the vendor's own: its SDKs for applications, and Web Messenger.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { FormField, FormFieldInput } from "./FormField.ts"
import type { ChannelBase, CreateIntegrationBase, UpdateIntegrationBase } from "./IntegrationBase.ts"
import { omittableSecret, someSecret } from "./internal/checkedSecret.ts"
import { integrationKind } from "./internal/integrationKind.ts"
import { isUri } from "./internal/isUri.ts"
import { omittable } from "./internal/omittable.ts"
import { flag, text } from "./internal/omittableFields.ts"
import { relaxed } from "./internal/relaxed.ts"
import type { Received } from "./Received.ts"
import { Secret } from "./Secret.ts"
import type { OpenText } from "./Unrecognized.ts"

/**
 * What users of an app with several conversations may do.
 *
 * @category models
 * @since 0.1.0
 */
export interface SdkSettings {
  /** Whether users see the list of their conversations, as they do unless it is `false`. */
  readonly canUserSeeConversationList?: boolean | undefined
  /** Whether users can begin further conversations. */
  readonly canUserCreateMoreConversations?: boolean | undefined
}

/**
 * What only answers have of an SDK.
 *
 * @category models
 * @since 0.1.0
 */
export interface SdkBase extends ChannelBase {
  /** Whether users can send files; it is set in Admin Center alone. */
  readonly attachmentsEnabled?: boolean
}

interface AndroidSettings<Secret> extends SdkSettings {
  /** `project_id` of the key file of a service account of Firebase. */
  readonly projectId?: Secret | null | undefined
  /** `client_email` of that file. */
  readonly clientEmail?: Secret | null | undefined
  /** `private_key` of that file. */
  readonly privateKey?: Secret | null | undefined
  /** Of Firebase's older way, which is no longer in service. */
  readonly serverKey?: Secret | null | undefined
  /** Of Firebase's older way, which is no longer in service. */
  readonly senderId?: Secret | null | undefined
}

/**
 * An SDK for Android to make.
 *
 * @see OpenAPI 17.12.1, `android`
 * @category models
 * @since 0.1.0
 */
export interface CreateAndroidIntegration<Secret = Redacted.Redacted>
  extends CreateIntegrationBase, AndroidSettings<Secret>
{
  readonly type: "android"
}

/**
 * Changes to an SDK for Android.
 *
 * @see OpenAPI 17.12.1, `androidUpdate`
 * @category models
 * @since 0.1.0
 */
export interface UpdateAndroidIntegration<Secret = Redacted.Redacted>
  extends UpdateIntegrationBase, AndroidSettings<Secret>
{}

/**
 * An SDK for Android.
 *
 * @see OpenAPI 17.12.1, `android`
 * @category models
 * @since 0.1.0
 */
export interface AndroidIntegration<Secret = Redacted.Redacted>
  extends SdkBase, Received<Omit<CreateAndroidIntegration<Secret>, AndroidWriteOnly>>
{}

type AndroidWriteOnly = "projectId" | "clientEmail" | "privateKey" | "serverKey" | "defaultResponderId"

interface IosSettings<Secret> extends SdkSettings {
  /** The certificate for push notifications (APN), in base64. */
  readonly certificate?: Secret | null | undefined
  /** Of the certificate. */
  readonly password?: Secret | undefined
  /** Whether the certificate is for production, not for the sandbox; the certificate says it where nothing is said. */
  readonly production?: boolean | undefined
  /** Whether the badge of the application shows how many messages are unread. */
  readonly autoUpdateBadge?: boolean | undefined
}

/**
 * An SDK for iOS to make.
 *
 * @see OpenAPI 17.12.1, `ios`
 * @category models
 * @since 0.1.0
 */
export interface CreateIosIntegration<Secret = Redacted.Redacted> extends CreateIntegrationBase, IosSettings<Secret> {
  readonly type: "ios"
}

/**
 * Changes to an SDK for iOS.
 *
 * @see OpenAPI 17.12.1, `iosUpdate`
 * @category models
 * @since 0.1.0
 */
export interface UpdateIosIntegration<Secret = Redacted.Redacted> extends UpdateIntegrationBase, IosSettings<Secret> {}

/**
 * An SDK for iOS.
 *
 * @see OpenAPI 17.12.1, `ios`
 * @category models
 * @since 0.1.0
 */
export interface IosIntegration
  extends SdkBase, Received<Omit<CreateIosIntegration, "certificate" | "password" | "defaultResponderId">>
{}

/**
 * An SDK for Unity to make.
 *
 * @see OpenAPI 17.12.1, `unity`
 * @category models
 * @since 0.1.0
 */
export interface CreateUnityIntegration extends CreateIntegrationBase, SdkSettings {
  readonly type: "unity"
}

/**
 * Changes to an SDK for Unity.
 *
 * @see OpenAPI 17.12.1, `unityUpdate`
 * @category models
 * @since 0.1.0
 */
export interface UpdateUnityIntegration extends UpdateIntegrationBase, SdkSettings {}

/**
 * An SDK for Unity.
 *
 * @see OpenAPI 17.12.1, `unity`
 * @category models
 * @since 0.1.0
 */
export interface UnityIntegration extends SdkBase, Received<Omit<CreateUnityIntegration, "defaultResponderId">> {}

/**
 * What Web Messenger asks users before their first message, to set.
 *
 * @see OpenAPI 17.12.1, `prechatCapture`
 * @category models
 * @since 0.1.0
 */
export interface PrechatCaptureInput {
  /** The address of the picture beside the question. */
  readonly avatarUrl?: string | undefined
  /** Not unless it is said. */
  readonly enabled?: boolean | undefined
  /** Whether an e-mail address is linked to the user, where there is an integration with Mailgun; not unless it is said. */
  readonly enableEmailLinking?: boolean | undefined
  /** Instead of the vendor's own form. */
  readonly fields?: ReadonlyArray<FormFieldInput> | undefined
}

/**
 * What Web Messenger asks users before their first message.
 *
 * @see OpenAPI 17.12.1, `prechatCapture`
 * @category models
 * @since 0.1.0
 */
export interface PrechatCapture extends Received<Omit<PrechatCaptureInput, "fields">> {
  readonly fields?: ReadonlyArray<FormField>
}

interface WebSettings extends SdkSettings {
  /** Of the header, and of the button or tab: 3 or 6 hexadecimal digits; `65758e` unless it is said. */
  readonly brandColor?: string | undefined
  /** Of the user's messages and of the actions below: 3 or 6 hexadecimal digits; `0099ff` unless it is said. */
  readonly conversationColor?: string | undefined
  /** Of the actions in messages: 3 or 6 hexadecimal digits; `0099ff` unless it is said. */
  readonly actionColor?: string | undefined
  /** Whether the introduction stays above the conversation when that is scrolled; not unless it is said. */
  readonly fixedIntroPane?: boolean | undefined
  /** How it is shown as long as it is closed; as a button unless it is said. */
  readonly displayStyle?: OpenText<"button" | "tab"> | undefined
  /** The address of a picture for the button, a JPG, PNG or GIF of at least 200 by 200 pixels. */
  readonly buttonIconUrl?: string | null | undefined
  /** Of the button; `58` unless it is said. */
  readonly buttonWidth?: string | undefined
  /** Of the button; `58` unless it is said. */
  readonly buttonHeight?: string | undefined
  /** The ids of the channels that it offers, in this order; all of them where nothing is said. */
  readonly integrationOrder?: ReadonlyArray<string> | null | undefined
  readonly businessName?: string | undefined
  /** The address of a JPG, PNG or GIF of at least 200 by 200 pixels. */
  readonly businessIconUrl?: string | undefined
  /** The address of a picture that is repeated behind the conversation. */
  readonly backgroundImageUrl?: string | undefined
  /** The origins of the pages that may show it, such as `https://example.com`; all where nothing is said. */
  readonly originWhitelist?: ReadonlyArray<string> | null | undefined
  readonly prechatCapture?: PrechatCaptureInput | undefined
}

/**
 * A Web Messenger to make.
 *
 * @see OpenAPI 17.12.1, `web`
 * @category models
 * @since 0.1.0
 */
export interface CreateWebIntegration extends CreateIntegrationBase, WebSettings {
  readonly type: "web"
}

/**
 * Changes to a Web Messenger.
 *
 * @see OpenAPI 17.12.1, `webUpdate`
 * @category models
 * @since 0.1.0
 */
export interface UpdateWebIntegration extends UpdateIntegrationBase, WebSettings {}

/**
 * A Web Messenger.
 *
 * @see OpenAPI 17.12.1, `web`
 * @category models
 * @since 0.1.0
 */
export interface WebIntegration
  extends SdkBase, Received<Omit<CreateWebIntegration, "prechatCapture" | "defaultResponderId">>
{
  readonly prechatCapture?: PrechatCapture
}

const address = omittable(Schema.String.check(isUri))

const secret = omittable(Schema.NullOr(someSecret))

const settings = { canUserSeeConversationList: flag, canUserCreateMoreConversations: flag }

const received = { attachmentsEnabled: Schema.Boolean }

const androidSettings = { senderId: secret, ...settings }

const googleKeys = { projectId: secret, clientEmail: secret, privateKey: secret, serverKey: secret }

/** @internal */
export const android = integrationKind<CreateAndroidIntegration, AndroidIntegration>("android", {
  sent: androidSettings,
  hidden: googleKeys,
  received,
  updated: { ...androidSettings, ...googleKeys }
})

const iosSettings = { production: flag, autoUpdateBadge: flag, ...settings }

const appleCertificate = { certificate: secret, password: omittableSecret(Secret) }

/** @internal */
export const ios = integrationKind<CreateIosIntegration, IosIntegration>("ios", {
  sent: iosSettings,
  hidden: appleCertificate,
  received,
  updated: { ...iosSettings, ...appleCertificate }
})

/** @internal */
export const unity = integrationKind<CreateUnityIntegration, UnityIntegration>("unity", {
  sent: settings,
  received,
  updated: settings
})

const isColour = Schema.isPattern(/^(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$/u, {
  expected: "a colour of 3 or 6 hexadecimal digits"
})

const isOrigin = Schema.isPattern(/^https?:\/\/[^/?#\\@\s]+$/u, {
  expected: "an origin: http or https, its host, and its port where it has one",
  arbitraryConstraint: { patterns: [{ source: "^https?://[a-z]{1,9}\\.example$", flags: "" }] }
})

const colour = omittable(Schema.String.check(isColour))

const PrechatCaptureInput: Schema.Codec<PrechatCaptureInput> = Schema.Struct({
  avatarUrl: text,
  enabled: flag,
  enableEmailLinking: flag,
  fields: omittable(Schema.Array(FormFieldInput))
}).annotate({ identifier: "PrechatCaptureInput" })

const PrechatCapture: Schema.Codec<PrechatCapture> = relaxed(PrechatCaptureInput, {
  fields: Schema.Array(FormField)
}).annotate({ identifier: "PrechatCapture" })

const webSettings = {
  brandColor: colour,
  conversationColor: colour,
  actionColor: colour,
  fixedIntroPane: flag,
  displayStyle: omittable(Schema.Literals(["button", "tab"])),
  buttonIconUrl: omittable(Schema.NullOr(Schema.String.check(isUri))),
  buttonWidth: text,
  buttonHeight: text,
  integrationOrder: omittable(Schema.NullOr(Schema.Array(Schema.String))),
  businessName: text,
  businessIconUrl: address,
  backgroundImageUrl: address,
  originWhitelist: omittable(Schema.NullOr(Schema.Array(Schema.String.check(isOrigin)))),
  prechatCapture: omittable(PrechatCaptureInput),
  ...settings
}

/** @internal */
export const web = integrationKind<CreateWebIntegration, WebIntegration>("web", {
  sent: webSettings,
  received: { ...received, prechatCapture: PrechatCapture },
  updated: webSettings
})
