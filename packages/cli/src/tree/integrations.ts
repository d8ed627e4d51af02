/** `sunco integrations` and `sunco webhooks`: what their commands take, and what their help says. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { lazily } from "./lazily.ts"
import { id, integrationId, limit, secretFile, showSecret, text, toggle, yes } from "./parameters.ts"

const load = () => import("../commands/integrations.ts")

export const listInput = {
  type: text("type", "type", "Those of this type, such as custom or web; repeatable").pipe(Flag.atLeast(0)),
  limit,
  showSecret
} as const

const list = Command.make("list", listInput, lazily(load, (m) => m.list)).pipe(
  Command.withDescription("The integrations of the app: id, type, status, name"),
  Command.withExamples([{ command: "sunco integrations list --type custom" }])
)

export const integrations = Command.make("integrations").pipe(
  Command.withDescription("The channels of the app, and the programs that are told of it"),
  Command.withExamples([{ command: "sunco integrations list" }]),
  Command.withSubcommands([list])
)

export const webhooksInput = { integration: integrationId, showSecret } as const

const listWebhooks = Command.make("list", webhooksInput, lazily(load, (m) => m.listWebhooks)).pipe(
  Command.withDescription("The webhooks of an integration: id, target, triggers"),
  Command.withExamples([{ command: "sunco webhooks list $INTEGRATION" }])
)

export const createWebhookInput = {
  integration: integrationId,
  target: text("target", "url", "The address that is called; needed"),
  trigger: text("trigger", "type", "Such as user:remove; repeatable; needed").pipe(Flag.atLeast(1)),
  includeFullUser: toggle("include-full-user", "With all that there is of the user"),
  includeFullSource: toggle("include-full-source", "With client and device of a message"),
  secretFile: secretFile("its secret"),
  showSecret
} as const

const createWebhook = Command.make("create", createWebhookInput, lazily(load, (m) => m.createWebhook)).pipe(
  Command.withDescription("Make a webhook, and print it; its secret goes to a file"),
  Command.withExamples([
    {
      command: "sunco webhooks create $FREE --target $TO --trigger user:remove --secret-file s"
    }
  ])
)

export const deleteWebhookInput = {
  integration: integrationId,
  webhook: id("webhook", "Id of the webhook"),
  yes
} as const

const deleteWebhook = Command.make("delete", deleteWebhookInput, lazily(load, (m) => m.deleteWebhook)).pipe(
  Command.withDescription("Delete a webhook, after asking"),
  Command.withExamples([{ command: "sunco webhooks delete $INTEGRATION $WEBHOOK --yes" }])
)

export const webhooks = Command.make("webhooks").pipe(
  Command.withDescription("Where the API tells what happens"),
  Command.withExamples([{ command: "sunco webhooks list $INTEGRATION" }]),
  Command.withSubcommands([listWebhooks, createWebhook, deleteWebhook])
)
