import type { Receipt } from "../WebhookReceiver.ts"

/** What goes back, whoever sends it. @internal */
export interface Answer {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly body: string
}

/**
 * What is left of a body that was not read spoils a connection that stays open.
 *
 * @internal
 */
export const answerOf = ({ reason, status }: Pick<Receipt, "reason" | "status">): Answer => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8", ...(status === 200 ? undefined : { connection: "close" }) },
  body: reason
})

/**
 * The answer to a request that brings no delivery. Some senders are said to try an address with `HEAD` before they use it.
 *
 * @internal
 */
export const withoutDelivery = (method: string | undefined): Answer | undefined => {
  if (method === "POST") return undefined
  if (method === "HEAD") return { status: 200, headers: {}, body: "" }
  return { status: 405, headers: { allow: "POST, HEAD" }, body: "" }
}
