/** What `sunco request` may send again after an attempt of which nobody knows whether it was applied: the rows of the client's methods. */
import * as Safety from "@sunco/client/RetrySafety"
import type { SunshineError } from "@sunco/client/SunshineError"
import type { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import type { Row } from "./Rows.ts"

type Safeties = {
  readonly [method: string]: Safety.RetrySafety | Safety.ConditionalRetrySafety | undefined
}

const tables: { readonly [Resource in keyof typeof SunshineOperations]: Safeties } = {
  Activities: Safety.activitiesRetrySafety,
  AppKeys: Safety.appKeysRetrySafety,
  Apps: Safety.appsRetrySafety,
  Attachments: Safety.attachmentsRetrySafety,
  Clients: Safety.clientsRetrySafety,
  Conversations: Safety.conversationsRetrySafety,
  Devices: Safety.devicesRetrySafety,
  IntegrationKeys: Safety.integrationKeysRetrySafety,
  Integrations: Safety.integrationsRetrySafety,
  Messages: Safety.messagesRetrySafety,
  OAuth: Safety.oauthRetrySafety,
  Participants: Safety.participantsRetrySafety,
  SwitchboardActions: Safety.switchboardActionsRetrySafety,
  SwitchboardIntegrations: Safety.switchboardIntegrationsRetrySafety,
  Switchboards: Safety.switchboardsRetrySafety,
  Users: Safety.usersRetrySafety,
  Webhooks: Safety.webhooksRetrySafety
}

const safetyOf = (
  { method, resource }: Row,
  sent: { readonly [field: string]: unknown }
): Safety.RetrySafety => {
  const safety = tables[resource][method] ?? "stop"
  if (typeof safety !== "object" || !("when" in safety)) return safety
  const isMet = Object.entries(safety.when).every(([name, value]) =>
    value === true ? sent[name] !== undefined : sent[name] === value
  )
  return isMet ? safety.met : safety.otherwise
}

/** How a request is repeated. */
export interface Repeated {
  /** Whether the same request is sent again. What a method reads before it does so is not for a request alone. */
  readonly isSafe: boolean
  /** How long the whole call may take, where it would say something else later. */
  readonly millis: number | undefined
  /** Whether that something is missing is the success of the attempt before. */
  readonly isDone: (error: SunshineError) => boolean
}

/** Of an operation with what is sent in the query and the payload. */
export const repeated = (row: Row, sent: { readonly [field: string]: unknown }): Repeated => {
  const safety = safetyOf(row, sent)
  const repeat = typeof safety === "object" ? safety.repeat : undefined
  const missing = typeof safety === "object" && safety.repeat === "missing is done" ? safety.missing : undefined
  return {
    isSafe: safety === "repeat" || repeat === "missing is done" || repeat === "look up" || repeat === "for a while",
    millis: typeof safety === "object" && safety.repeat === "for a while" ? safety.millis : undefined,
    isDone: ({ applied, reason }) => {
      if (missing === undefined || applied === "no") return false
      if (missing === reason._tag) return true
      const failure = row.operation.failures?.[missing]
      return failure !== undefined && reason._tag === "UnexpectedResponse" && reason.problem === "status" &&
        reason.status === failure.status &&
        reason.errors.some(({ code }) =>
          failure.codes === undefined || (code !== undefined && failure.codes.includes(code))
        )
    }
  }
}
