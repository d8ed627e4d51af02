import {
  apple,
  instagram,
  line,
  mailgun,
  messagebird,
  messenger,
  telegram,
  twilio,
  twitter,
  viber,
  whatsapp
} from "../ChannelIntegration.ts"
import { custom } from "../CustomIntegration.ts"
import { android, ios, unity, web } from "../SdkIntegration.ts"

/**
 * Every kind of integration that is known, by its type.
 *
 * @internal
 */
export const integrationKinds = {
  android,
  apple,
  custom,
  instagram,
  ios,
  line,
  mailgun,
  messagebird,
  messenger,
  telegram,
  twilio,
  twitter,
  unity,
  viber,
  web,
  whatsapp
} as const
