/**
 * The integrations with channels of others: messengers, telephones and e-mail.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { ChannelBase, CreateIntegrationBase, UpdateIntegrationBase } from "./IntegrationBase.ts"
import { checkedSecret, omittableSecret, someSecret } from "./internal/checkedSecret.ts"
import { digits } from "./internal/digits.ts"
import { integrationKind } from "./internal/integrationKind.ts"
import { isNotEmpty } from "./internal/isNotEmpty.ts"
import { isUri } from "./internal/isUri.ts"
import { omittable } from "./internal/omittable.ts"
import { flag, text } from "./internal/omittableFields.ts"
import type { Received } from "./Received.ts"
import { Secret } from "./Secret.ts"
import type { OpenText } from "./Unrecognized.ts"

/**
 * An integration with Apple Messages for Business to make.
 *
 * @see OpenAPI 17.12.1, `apple`
 * @category models
 * @since 0.1.0
 */
export interface CreateAppleIntegration<Secret = Redacted.Redacted> extends CreateIntegrationBase {
  readonly type: "apple"
  readonly businessId: string
  /** Of the messaging service provider. */
  readonly apiSecret: Secret
  /** The messaging service provider. */
  readonly mspId: string
  /** What the state of a request to sign in is made with, at least 88 characters. */
  readonly authenticationMessageSecret?: Secret | undefined
}

/**
 * Changes to an integration with Apple Messages for Business.
 *
 * @see OpenAPI 17.12.1, `appleUpdate`
 * @category models
 * @since 0.1.0
 */
export interface UpdateAppleIntegration<Secret = Redacted.Redacted>
  extends UpdateIntegrationBase, Pick<CreateAppleIntegration<Secret>, "authenticationMessageSecret">
{}

/**
 * An integration with Apple Messages for Business.
 *
 * @see OpenAPI 17.12.1, `apple`
 * @category models
 * @since 0.1.0
 */
export interface AppleIntegration<Secret = Redacted.Redacted>
  extends ChannelBase, Received<Omit<CreateAppleIntegration<Secret>, "apiSecret" | "defaultResponderId">>
{}

/**
 * An integration with Instagram to make.
 *
 * @see OpenAPI 17.12.1, `instagram`
 * @category models
 * @since 0.1.0
 */
export interface CreateInstagramIntegration<Secret = Redacted.Redacted> extends CreateIntegrationBase {
  readonly type: "instagram"
  /** Of the Facebook page that the account is linked with. */
  readonly pageAccessToken: Secret | null
  /** Of the Facebook application. */
  readonly appId: string
  /** Of the Facebook application. */
  readonly appSecret: Secret | null
  /** Whether what users write to a story of the business is a message, as it is unless it is `false`. */
  readonly storyRepliesEnabled?: boolean | undefined
  /** Whether it is a referral when users mention the business in a story, as it is unless it is `false`. */
  readonly storyMentionsEnabled?: boolean | undefined
}

/**
 * Changes to an integration with Instagram.
 *
 * @see OpenAPI 17.12.1, `instagramUpdate`
 * @category models
 * @since 0.1.0
 */
export interface UpdateInstagramIntegration<Secret = Redacted.Redacted>
  extends
    UpdateIntegrationBase,
    Pick<CreateInstagramIntegration<Secret>, "storyRepliesEnabled" | "storyMentionsEnabled">
{
  /** Of the Facebook page that the account is linked with. */
  readonly pageAccessToken?: Secret | undefined
}

/**
 * An integration with Instagram.
 *
 * @see OpenAPI 17.12.1, `instagram`
 * @category models
 * @since 0.1.0
 */
export interface InstagramIntegration
  extends
    ChannelBase,
    Received<Omit<CreateInstagramIntegration, "pageAccessToken" | "appSecret" | "defaultResponderId">>
{
  readonly businessName?: string
  readonly businessUsername?: string
  /** Of the Facebook page. */
  readonly pageId?: string
  readonly businessId?: string
  /** Of the person who made it in the vendor's dashboard. */
  readonly username?: string
  /** Of the person who made it in the vendor's dashboard. */
  readonly userId?: string
}

/**
 * An integration with LINE to make. Its `id` is part of the address that LINE has to call, so it can be made before LINE has given
 * a channel and its secret.
 *
 * @see OpenAPI 17.12.1, `line`
 * @category models
 * @since 0.1.0
 */
export interface CreateLineIntegration<Secret = Redacted.Redacted> extends CreateIntegrationBase {
  readonly type: "line"
  readonly channelId?: string | undefined
  readonly channelSecret?: Secret | undefined
  readonly channelAccessToken?: Secret | undefined
  readonly serviceCode?: string | undefined
  readonly switcherSecret?: Secret | undefined
  /** From LINE's console. */
  readonly qrCodeUrl?: string | undefined
}

/**
 * An integration with LINE.
 *
 * @see OpenAPI 17.12.1, `line`
 * @category models
 * @since 0.1.0
 */
export interface LineIntegration<Secret = Redacted.Redacted>
  extends ChannelBase, Received<Omit<CreateLineIntegration<Secret>, "defaultResponderId">>
{
  /** The vendor reads it out of the `qrCodeUrl`. */
  readonly lineId?: string
}

/**
 * An integration for e-mail, with Mailgun, to make.
 *
 * @see OpenAPI 17.12.1, `mailgun`
 * @category models
 * @since 0.1.0
 */
export interface CreateMailgunIntegration<Secret = Redacted.Redacted> extends CreateIntegrationBase {
  readonly type: "mailgun"
  readonly apiKey: Secret | null
  /** What Mailgun signs its calls with, where that is not the `apiKey`. */
  readonly signingKey?: Secret | undefined
  /** One that Mailgun has verified. */
  readonly domain: string
  /** Where users write to, and what they answer to: an address of the `domain`. */
  readonly incomingAddress: string
  /** Whether e-mails have no link to unsubscribe, because the business has another way; not unless it is said. */
  readonly hideUnsubscribeLink?: boolean | undefined
  /** Where e-mails come from, where that is not the `incomingAddress`, to which it then has to forward. */
  readonly fromAddress?: string | null | undefined
}

/**
 * Changes to an integration with Mailgun.
 *
 * @see OpenAPI 17.12.1, `mailgunUpdate`
 * @category models
 * @since 0.1.0
 */
export interface UpdateMailgunIntegration
  extends UpdateIntegrationBase, Pick<CreateMailgunIntegration, "hideUnsubscribeLink" | "fromAddress">
{}

/**
 * An integration for e-mail, with Mailgun.
 *
 * @see OpenAPI 17.12.1, `mailgun`
 * @category models
 * @since 0.1.0
 */
export interface MailgunIntegration<Secret = Redacted.Redacted>
  extends ChannelBase, Received<Omit<CreateMailgunIntegration<Secret>, "apiKey" | "defaultResponderId">>
{}

/**
 * An integration for text messages, with MessageBird, to make.
 *
 * @see OpenAPI 17.12.1, `messagebird`
 * @category models
 * @since 0.1.0
 */
export interface CreateMessagebirdIntegration<Secret = Redacted.Redacted> extends CreateIntegrationBase {
  readonly type: "messagebird"
  readonly accessKey: Secret | null
  /** What MessageBird signs its calls with. */
  readonly signingKey: Secret | null
  /** The telephone number that users write to. */
  readonly originator: string
}

/**
 * An integration for text messages, with MessageBird.
 *
 * @see OpenAPI 17.12.1, `messagebird`
 * @category models
 * @since 0.1.0
 */
export interface MessagebirdIntegration<Secret = Redacted.Redacted>
  extends ChannelBase, Received<Omit<CreateMessagebirdIntegration, "accessKey" | "signingKey" | "defaultResponderId">>
{
  /** Part of the address that MessageBird has to call. */
  readonly webhookSecret?: Secret
}

/**
 * An integration with Facebook Messenger to make.
 *
 * @see OpenAPI 17.12.1, `messenger`
 * @category models
 * @since 0.1.0
 */
export interface CreateMessengerIntegration<Secret = Redacted.Redacted> extends CreateIntegrationBase {
  readonly type: "messenger"
  /** Of the Facebook page. */
  readonly pageAccessToken: Secret | null
  /** Of the Facebook application. */
  readonly appId: string
  /** Of the Facebook application. */
  readonly appSecret: Secret | null
  /** Of the Facebook page. It is a number here alone. */
  readonly pageId?: number | undefined
  /** Of the Facebook page. */
  readonly pageName?: string | undefined
}

/**
 * Changes to an integration with Facebook Messenger.
 *
 * @see OpenAPI 17.12.1, `messengerUpdate`
 * @category models
 * @since 0.1.0
 */
export interface UpdateMessengerIntegration<Secret = Redacted.Redacted> extends UpdateIntegrationBase {
  /** Of the Facebook page. */
  readonly pageAccessToken?: Secret | undefined
}

/**
 * An integration with Facebook Messenger.
 *
 * @see OpenAPI 17.12.1, `messenger`
 * @category models
 * @since 0.1.0
 */
export interface MessengerIntegration<Secret = Redacted.Redacted>
  extends ChannelBase, Received<Omit<CreateMessengerIntegration<Secret>, "appSecret" | "pageId" | "defaultResponderId">>
{
  /** The digits of it; it comes as a number or as text. */
  readonly pageId?: string
}

/**
 * An integration with Telegram to make.
 *
 * @see OpenAPI 17.12.1, `telegram`
 * @category models
 * @since 0.1.0
 */
export interface CreateTelegramIntegration<Secret = Redacted.Redacted> extends CreateIntegrationBase {
  readonly type: "telegram"
  /** Of the bot. */
  readonly token: Secret | null
}

/**
 * An integration with Telegram.
 *
 * @see OpenAPI 17.12.1, `telegram`
 * @category models
 * @since 0.1.0
 */
export interface TelegramIntegration
  extends ChannelBase, Received<Omit<CreateTelegramIntegration, "token" | "defaultResponderId">>
{
  /** Of the bot. */
  readonly username?: string
  readonly botId?: string
}

/**
 * An integration for text messages, with Twilio, to make. It needs a `phoneNumberSid` or a `messagingServiceSid`.
 *
 * @see OpenAPI 17.12.1, `twilio`
 * @category models
 * @since 0.1.0
 */
export interface CreateTwilioIntegration<Secret = Redacted.Redacted> extends CreateIntegrationBase {
  readonly type: "twilio"
  readonly accountSid: string
  readonly authToken: Secret | null
  readonly phoneNumberSid?: string | undefined
  readonly messagingServiceSid?: string | undefined
}

/**
 * An integration for text messages, with Twilio.
 *
 * @see OpenAPI 17.12.1, `twilio`
 * @category models
 * @since 0.1.0
 */
export interface TwilioIntegration
  extends ChannelBase, Received<Omit<CreateTwilioIntegration, "authToken" | "defaultResponderId">>
{}

/**
 * An integration with Twitter to make.
 *
 * @see OpenAPI 17.12.1, `twitter`
 * @category models
 * @since 0.1.0
 */
export interface CreateTwitterIntegration<Secret = Redacted.Redacted> extends CreateIntegrationBase {
  readonly type: "twitter"
  readonly tier: OpenText<"enterprise">
  /** Of the application. */
  readonly consumerKey: Secret
  /** Of the application. */
  readonly consumerSecret: Secret | null
  /** Of the account. */
  readonly accessTokenKey: Secret
  /** Of the account. */
  readonly accessTokenSecret: Secret | null
}

/**
 * An integration with Twitter.
 *
 * @see OpenAPI 17.12.1, `twitter`
 * @category models
 * @since 0.1.0
 */
export interface TwitterIntegration extends
  ChannelBase,
  Received<
    Omit<
      CreateTwitterIntegration,
      "consumerKey" | "consumerSecret" | "accessTokenKey" | "accessTokenSecret" | "defaultResponderId"
    >
  >
{
  /** Of tiers that there are no longer. */
  readonly envName?: string
}

/**
 * An integration with Viber to make.
 *
 * @see OpenAPI 17.12.1, `viber`
 * @category models
 * @since 0.1.0
 */
export interface CreateViberIntegration<Secret = Redacted.Redacted> extends CreateIntegrationBase {
  readonly type: "viber"
  /** Of the public account. */
  readonly token: Secret | null
}

/**
 * An integration with Viber.
 *
 * @see OpenAPI 17.12.1, `viber`
 * @category models
 * @since 0.1.0
 */
export interface ViberIntegration
  extends ChannelBase, Received<Omit<CreateViberIntegration, "token" | "defaultResponderId">>
{
  /** Of the public account. */
  readonly uri?: string
  readonly accountId?: string
}

interface WhatsappSettings<Secret> {
  /** Of templates in shorthand; `en_US` where nothing is said. */
  readonly hsmFallbackLanguage?: string | null | undefined
  /** The business account; with the `accountManagementAccessToken` the vendor reads its templates. */
  readonly accountId?: string | null | undefined
  readonly accountManagementAccessToken?: Secret | null | undefined
}

/**
 * An integration with WhatsApp to make.
 *
 * @see OpenAPI 17.12.1, `whatsapp`
 * @category models
 * @since 0.1.0
 */
export interface CreateWhatsappIntegration<Secret = Redacted.Redacted>
  extends CreateIntegrationBase, WhatsappSettings<Secret>
{
  readonly type: "whatsapp"
}

/**
 * Changes to an integration with WhatsApp.
 *
 * @see OpenAPI 17.12.1, `whatsAppUpdate`
 * @category models
 * @since 0.1.0
 */
export interface UpdateWhatsappIntegration<Secret = Redacted.Redacted>
  extends UpdateIntegrationBase, WhatsappSettings<Secret>
{}

/**
 * An integration with WhatsApp.
 *
 * @see OpenAPI 17.12.1, `whatsapp`
 * @category models
 * @since 0.1.0
 */
export interface WhatsappIntegration<Secret = Redacted.Redacted>
  extends ChannelBase, Received<Omit<CreateWhatsappIntegration<Secret>, "defaultResponderId">>
{
  /** Where the integration has one. */
  readonly phoneNumber?: string | null
}

const someText = Schema.String.check(isNotEmpty("text of at least one character"))

const read = Schema.String

const isLong = Schema.makeFilter<string>((text) => Array.from(text).length >= 88, {
  expected: "a secret of at least 88 characters",
  toJsonSchema: () => ({ minLength: 88 }),
  arbitraryConstraint: { minLength: 2 * 88 }
})

const authenticationMessageSecret = omittableSecret(checkedSecret(isLong))

/** @internal */
export const apple = integrationKind<CreateAppleIntegration, AppleIntegration>("apple", {
  sent: { businessId: Schema.String, mspId: Schema.String, authenticationMessageSecret },
  hidden: { apiSecret: Secret },
  updated: { authenticationMessageSecret }
})

const stories = { storyRepliesEnabled: flag, storyMentionsEnabled: flag }

/** @internal */
export const instagram = integrationKind<CreateInstagramIntegration, InstagramIntegration>("instagram", {
  sent: { appId: Schema.String, ...stories },
  hidden: { pageAccessToken: Schema.NullOr(Secret), appSecret: Schema.NullOr(Secret) },
  received: {
    businessName: read,
    businessUsername: read,
    pageId: read,
    businessId: read,
    username: read,
    userId: read
  },
  updated: { pageAccessToken: omittableSecret(Secret), ...stories }
})

/** @internal */
export const line = integrationKind<CreateLineIntegration, LineIntegration>("line", {
  sent: {
    channelId: text,
    channelSecret: omittableSecret(Secret),
    channelAccessToken: omittableSecret(Secret),
    serviceCode: text,
    switcherSecret: omittableSecret(someSecret),
    qrCodeUrl: omittable(Schema.String.check(isUri))
  },
  received: { lineId: read }
})

const outgoing = { hideUnsubscribeLink: flag, fromAddress: omittable(Schema.NullOr(someText)) }

const isOfItsDomain = Schema.makeFilter<CreateMailgunIntegration>(
  ({ domain, incomingAddress }) => incomingAddress.toLowerCase().endsWith(`@${domain.toLowerCase()}`),
  { expected: "an incomingAddress of the domain", toJsonSchema: () => ({}) }
)

/** @internal */
export const mailgun = integrationKind<CreateMailgunIntegration, MailgunIntegration>("mailgun", {
  sent: { signingKey: omittableSecret(someSecret), domain: someText, incomingAddress: someText, ...outgoing },
  hidden: { apiKey: Schema.NullOr(someSecret) },
  updated: outgoing,
  check: isOfItsDomain
})

/** @internal */
export const messagebird = integrationKind<CreateMessagebirdIntegration, MessagebirdIntegration>("messagebird", {
  sent: { originator: someText },
  hidden: { accessKey: Schema.NullOr(someSecret), signingKey: Schema.NullOr(someSecret) },
  received: { webhookSecret: Secret }
})

/** @internal */
export const messenger = integrationKind<CreateMessengerIntegration, MessengerIntegration>("messenger", {
  sent: {
    pageAccessToken: Schema.NullOr(Secret),
    appId: Schema.String,
    pageId: omittable(Schema.Finite),
    pageName: text
  },
  hidden: { appSecret: Schema.NullOr(Secret) },
  received: { pageId: digits },
  updated: { pageAccessToken: omittableSecret(Secret) }
})

/** @internal */
export const telegram = integrationKind<CreateTelegramIntegration, TelegramIntegration>("telegram", {
  sent: {},
  hidden: { token: Schema.NullOr(someSecret) },
  received: { username: read, botId: read }
})

const hasSender = Schema.makeFilter<CreateTwilioIntegration>(
  ({ messagingServiceSid, phoneNumberSid }) => (phoneNumberSid ?? messagingServiceSid) !== undefined,
  { expected: "one of phoneNumberSid and messagingServiceSid", toJsonSchema: () => ({}) }
)

/** @internal */
export const twilio = integrationKind<CreateTwilioIntegration, TwilioIntegration>("twilio", {
  sent: {
    accountSid: Schema.String,
    phoneNumberSid: omittable(someText),
    messagingServiceSid: omittable(someText)
  },
  hidden: { authToken: Schema.NullOr(someSecret) },
  check: hasSender
})

/** @internal */
export const twitter = integrationKind<CreateTwitterIntegration, TwitterIntegration>("twitter", {
  sent: { tier: Schema.Literals(["enterprise"]) },
  hidden: {
    consumerKey: someSecret,
    consumerSecret: Schema.NullOr(someSecret),
    accessTokenKey: someSecret,
    accessTokenSecret: Schema.NullOr(someSecret)
  },
  received: { envName: read }
})

/** @internal */
export const viber = integrationKind<CreateViberIntegration, ViberIntegration>("viber", {
  sent: {},
  hidden: { token: Schema.NullOr(someSecret) },
  received: { uri: read, accountId: read }
})

const whatsappSettings = {
  hsmFallbackLanguage: omittable(Schema.NullOr(Schema.String)),
  accountId: omittable(Schema.NullOr(Schema.String)),
  accountManagementAccessToken: omittable(Schema.NullOr(Secret))
}

/** @internal */
export const whatsapp = integrationKind<CreateWhatsappIntegration, WhatsappIntegration>("whatsapp", {
  sent: whatsappSettings,
  received: { phoneNumber: Schema.NullOr(read) },
  updated: whatsappSettings
})
