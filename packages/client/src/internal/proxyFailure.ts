import { findCause, textAt } from "./causeChain.ts"
import type { Server } from "./wire.ts"

/**
 * What is known of a proxy that failed.
 *
 * @internal
 */
export interface ProxyFailure {
  readonly host?: string
  readonly status?: number
}

// undici says it in words alone: of a tunnel, and of a request that is sent through without one.
const refusals = [
  /^Proxy response \((\d{3})\) !== 200 when HTTP Tunneling$/,
  /^Proxy Authentication Required \((407)\)$/
]

/** The status with which a proxy refused the way, where this link of a chain of causes says so. @internal */
export const proxyRefusal = (link: object): number | undefined => {
  if (!textAt(link, "code")?.startsWith("UND_ERR_")) return undefined
  const message = textAt(link, "message") ?? ""
  for (const refusal of refusals) {
    const status = refusal.exec(message)?.[1]
    if (status !== undefined) return Number(status)
  }
  return undefined
}

/**
 * Whether it was a proxy that failed, and which. Whoever was to be connected to and is not the server can only be one.
 *
 * @internal
 */
export const proxyFailure = (cause: unknown, server: Server, known: string | undefined): ProxyFailure | undefined => {
  const failed = findCause(cause, (link): ProxyFailure | undefined => {
    const status = proxyRefusal(link)
    if (status !== undefined) return { status }
    if (/^UND_ERR_(PRX_|SOCKS5)/.test(textAt(link, "code") ?? "")) return {}
    const host = elsewhere(link, server)
    return host === undefined ? undefined : { host }
  })
  if (failed === undefined) return undefined
  const host = known ?? failed.host
  return { ...failed, ...(host === undefined ? undefined : { host }) }
}

const isHost = /^[\w.:%-]{1,255}$/

/** Where Node was to connect, if that is not the server. A resolver may stand for a name, but not for another port. */
const elsewhere = (link: object, server: Server): string | undefined => {
  const syscall = textAt(link, "syscall")
  if (syscall === "getaddrinfo") {
    const name = textAt(link, "hostname")
    return name === undefined || name === server.address || !isHost.test(name) ? undefined : name
  }
  const address = textAt(link, "address")
  const port: unknown = Reflect.get(link, "port")
  if (syscall !== "connect" || address === undefined || !Number.isInteger(port) || port === server.port) {
    return undefined
  }
  return isHost.test(address) ? `${address.includes(":") ? `[${address}]` : address}:${String(port)}` : undefined
}
