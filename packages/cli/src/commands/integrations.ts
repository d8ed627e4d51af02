/** What `sunco integrations` and `sunco webhooks` do. */
import { Integrations } from "@sunco/client/Integrations"
import { Webhooks } from "@sunco/client/Webhooks"
import type { From } from "@sunco/schemas/Page"
import type { Webhook } from "@sunco/schemas/Webhook"
import type * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Account from "../Account.ts"
import { confirm } from "../Confirm.ts"
import { Failure } from "../Failure.ts"
import * as Output from "../Output.ts"
import * as Pages from "../Pages.ts"
import * as SecretFile from "../SecretFile.ts"
import type * as Tree from "../tree/integrations.ts"

type Input<Config extends Command.Command.Config> = Command.Command.Config.Infer<Config>

const useIntegrations = Account.use(Integrations.layerNoDeps)

const useWebhooks = Account.use(Webhooks.layerNoDeps)

export const list = ({ limit, showSecret, type }: Input<typeof Tree.listInput>) =>
  useIntegrations(Effect.gen(function*() {
    const integrations = yield* Integrations
    const filter = type.length === 0 ? undefined : { types: type }
    const page = (from: From | undefined) => integrations.list(filter, { ...from, size: Pages.sizeFor(limit) })
    yield* Output.list(yield* Pages.first(page, { limit }), [
      { name: "id", of: ({ id }) => id },
      { name: "type", of: ({ type }) => String(type) },
      { name: "status", of: (integration) => "status" in integration ? String(integration.status ?? "") : "" },
      {
        name: "name",
        cut: true,
        of: (integration) => "displayName" in integration ? String(integration.displayName ?? "") : ""
      }
    ], { showSecret })
  }))

const secretColumn: Output.ColumnOf<Webhook> = {
  name: "secret",
  of: ({ secret }) => secret === undefined ? "" : Redacted.value(secret)
}

export const listWebhooks = ({ integration, showSecret }: Input<typeof Tree.webhooksInput>) =>
  useWebhooks(Effect.gen(function*() {
    const webhooks = yield* Webhooks
    yield* Output.list(yield* webhooks.list(integration), [
      { name: "id", of: ({ id }) => id },
      { name: "target", cut: true, of: ({ target }) => target },
      { name: "triggers", cut: true, of: ({ triggers = [] }) => triggers.join(",") },
      ...(showSecret ? [secretColumn] : [])
    ], { showSecret })
  }))

export const createWebhook = (input: Input<typeof Tree.createWebhookInput>) =>
  useWebhooks(Effect.gen(function*() {
    const { integration, secretFile, showSecret, target, trigger: triggers } = input
    const webhooks = yield* Webhooks
    const file = Option.isNone(secretFile) ? undefined : yield* SecretFile.make(secretFile.value)
    const made = yield* Account.write(webhooks.create(integration, {
      target,
      triggers,
      includeFullUser: input.includeFullUser || undefined,
      includeFullSource: input.includeFullSource || undefined
    })).pipe(Effect.onError(() => file?.remove ?? Effect.void))
    const secret = made.secret === undefined ? "" : Redacted.value(made.secret)
    const isKept = file === undefined || secret === ""
      ? false
      : yield* Effect.match(file.write(`${secret}\n`), { onFailure: () => false, onSuccess: () => true })
    if (!isKept) yield* file?.remove ?? Effect.void
    yield* Output.thing(made, { showSecret })
    if (file !== undefined && !isKept) {
      return yield* Effect.fail(
        new Failure({
          kind: "maybe-applied",
          message: "the webhook is made, and its secret could not be written to the file",
          hint: `\`sunco webhooks list ${integration} --show-secret\` shows it`
        })
      )
    }
    if (file === undefined && !showSecret) {
      yield* Output.note(`\`sunco webhooks list ${integration} --show-secret\` shows its secret`)
    }
  }))

export const deleteWebhook = ({ integration, webhook, yes }: Input<typeof Tree.deleteWebhookInput>) =>
  useWebhooks(Effect.gen(function*() {
    const webhooks = yield* Webhooks
    const found = yield* webhooks.get(integration, webhook)
    const { id, target, triggers = [] } = found
    const described = `the webhook ${id} (${target ?? "without a target"}, ${triggers.join(", ") || "no triggers"})`
    yield* confirm(`Delete ${described}`, yes)
    yield* Account.write(webhooks.delete(integration, id))
    yield* Output.note(`deleted ${described}`)
    yield* Output.onlyJson(found)
  }))
