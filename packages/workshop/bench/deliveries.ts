import * as Testing from "@sunco/webhooks/Testing"

export const secret = "8564b3e6a8b20a4bdb68b05d9ce97aace9ed5936"

/** As the vendor sends one: a message, of about 1 kB. */
export const delivery = (): string =>
  JSON.stringify(Testing.delivery(
    Testing.event("conversation:message", {
      conversation: { metadata: { plan: "pro", "zen:ticket_field:4417": "billing" } },
      message: {
        content: {
          type: "text",
          text: "Hello, is the invoice of last month somewhere? I cannot find it in my account."
        },
        metadata: { "__zendesk_msg.id": "5f40256af057d0000dda9bd7" }
      }
    })
  ))
