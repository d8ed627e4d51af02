import type { Attachments } from "@sunco/client/Attachments"
import type { Conversations } from "@sunco/client/Conversations"
import type { Messages } from "@sunco/client/Messages"
import type { SunshineError } from "@sunco/client/SunshineError"
import type { Users } from "@sunco/client/Users"
import type {
  ConversationNotFound,
  IntegrationNotFound,
  MessageLimitReached,
  UserAlreadyExists,
  UserNotFound
} from "@sunco/client/Outcomes"
import type { Emulator } from "@sunco/emulator/Emulator"
import type * as Effect from "effect/Effect"
import type { Exchange } from "./Exchange.ts"

/** What every step has at hand. */
export interface Stage {
  readonly users: Users["Service"]
  readonly conversations: Conversations["Service"]
  readonly messages: Messages["Service"]
  readonly attachments: Attachments["Service"]
  /** On the emulator a plain name, at the vendor one that nobody else has. */
  readonly externalId: (person: string) => string
  /** What a step leaves for those behind it, such as the id of a conversation. */
  readonly notes: Map<string, string>
}

export interface EmulatorStage extends Stage {
  readonly emulator: Emulator["Service"]
}

/** What came of a step. */
export interface Outcome {
  /** What the program got: a value, or an error that it handled. */
  readonly got: unknown
  /** What must be true now, in the words in which it is shown. */
  readonly holds: (sent: ReadonlyArray<Exchange>) => { readonly [claim: string]: boolean }
}

export type Failure =
  | SunshineError
  | UserNotFound
  | UserAlreadyExists
  | ConversationNotFound
  | IntegrationNotFound
  | MessageLimitReached

interface Told {
  readonly title: string
  /** The method that it is about. */
  readonly call: string
  readonly why: string
}

/** A step that runs on the emulator and at the vendor. It gives each user that it makes an externalId of the stage. */
export interface AnywhereStep extends Told {
  readonly run: (stage: Stage) => Effect.Effect<Outcome, Failure>
  readonly notLive?: undefined
}

/** A step that needs the emulator's cooperation. */
export interface EmulatorStep extends Told {
  readonly run: (stage: EmulatorStage) => Effect.Effect<Outcome, Failure>
  /** Why it is left out at the vendor. */
  readonly notLive: string
}

export type Step = AnywhereStep | EmulatorStep

export interface Story {
  readonly title: string
  /** Whether it is told again with a JWT. */
  readonly perCredential: boolean
  readonly steps: ReadonlyArray<Step>
}
