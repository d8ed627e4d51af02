import { type IntegrationType } from "@sunco/schemas/IntegrationPayloads"

/** What the vendor's document says of a kind of integration, beyond what its fields are called. */
interface OfType {
  /** What no answer has. */
  readonly writeOnly?: ReadonlyArray<string>
  /** What is there unless it is said. */
  readonly defaults?: { readonly [field: string]: unknown }
}

const ofEveryChannel = { showAIDisclaimer: true }

const ofEverySdk = { ...ofEveryChannel, attachmentsEnabled: true }

/**
 * By the type of an integration (OpenAPI 17.12.1, `android` to `whatsapp`). Of every kind but `custom` the `defaultResponderId` is
 * write-only too.
 */
const types: { readonly [Type in IntegrationType]: OfType } = {
  android: { writeOnly: ["projectId", "clientEmail", "privateKey", "serverKey"], defaults: ofEverySdk },
  apple: { writeOnly: ["apiSecret"], defaults: ofEveryChannel },
  custom: {},
  instagram: {
    writeOnly: ["pageAccessToken", "appSecret"],
    defaults: { ...ofEveryChannel, storyRepliesEnabled: true, storyMentionsEnabled: true }
  },
  ios: { writeOnly: ["certificate", "password"], defaults: ofEverySdk },
  line: { defaults: ofEveryChannel },
  mailgun: { writeOnly: ["apiKey"], defaults: ofEveryChannel },
  messagebird: { writeOnly: ["accessKey", "signingKey"], defaults: ofEveryChannel },
  messenger: { writeOnly: ["appSecret"], defaults: ofEveryChannel },
  telegram: { writeOnly: ["token"], defaults: ofEveryChannel },
  twilio: { writeOnly: ["authToken"], defaults: ofEveryChannel },
  twitter: {
    writeOnly: ["consumerKey", "consumerSecret", "accessTokenKey", "accessTokenSecret"],
    defaults: ofEveryChannel
  },
  unity: { defaults: ofEverySdk },
  viber: { writeOnly: ["token"], defaults: ofEveryChannel },
  web: {
    defaults: {
      ...ofEverySdk,
      brandColor: "65758e",
      conversationColor: "0099ff",
      actionColor: "0099ff",
      fixedIntroPane: false,
      displayStyle: "button",
      buttonWidth: "58",
      buttonHeight: "58"
    }
  },
  whatsapp: { defaults: { ...ofEveryChannel, hsmFallbackLanguage: "en_US" } }
}

/** @internal */
export const isKnownType = (type: string): type is IntegrationType => Object.hasOwn(types, type)

/**
 * Whether the vendor's document knows it as a channel. What is neither that nor `custom` is taken for an integration of somebody else's
 * program, which the vendor calls Connect.
 *
 * @internal
 */
export const isChannel = (type: string): boolean => isKnownType(type) && type !== "custom"

/** @internal */
export const defaultsOf = (type: string): { readonly [field: string]: unknown } =>
  (isKnownType(type) ? types[type].defaults : undefined) ?? {}

/**
 * What a request or a seed says of an integration, parted into what answers have and what none has.
 *
 * @internal
 */
export const parted = (
  type: string,
  fields: object
): {
  readonly shown: { readonly [field: string]: unknown }
  readonly writeOnly: { readonly [field: string]: unknown }
} => {
  const names = new Set(["defaultResponderId", ...(isKnownType(type) ? types[type].writeOnly ?? [] : [])])
  const entries = Object.entries<unknown>({ ...fields })
  return {
    shown: Object.fromEntries(entries.filter(([name]) => !names.has(name))),
    writeOnly: Object.fromEntries(entries.filter(([name]) => names.has(name)))
  }
}
