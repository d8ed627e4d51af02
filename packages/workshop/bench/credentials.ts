import { createHmac } from "node:crypto"
import type { Target } from "./calls.ts"

export const appId = "5d8cff3cd55b040010928b5b"

export const key = { keyId: "app_5d8cff3cd55b040010928b5b", secret: "a secret of no app" }

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")

const unsigned = `${part({ alg: "HS256", typ: "JWT", kid: key.keyId })}.${part({ scope: "app", exp: 4_102_444_800 })}`

export const jwt = `${unsigned}.${createHmac("sha256", key.secret).update(unsigned).digest("base64url")}`

/** The header that a program computes once where its client does not do so. */
export const authorization = ({ credentials }: Target): string =>
  credentials === "basic"
    ? `Basic ${Buffer.from(`${key.keyId}:${key.secret}`).toString("base64")}`
    : `Bearer ${jwt}`

/** Below the URL of the target. */
export const usersPath = `/v2/apps/${appId}/users`
