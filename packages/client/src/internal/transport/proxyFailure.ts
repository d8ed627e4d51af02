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

// undici says it in words alone: of a tunnel (`Proxy response (407) !== 200 when HTTP Tunneling`), and of a request that is
// sent through without one (`Proxy Authentication Required (407)`).
const refusal = /^Proxy (?:response|Authentication Required) \((\d{3})\)/

/** The status with which a proxy refused the way, where this link of a chain of causes says so. @internal */
export const proxyRefusal = (link: object): number | undefined => {
  const status = textAt(link, "code")?.startsWith("UND_ERR_") && refusal.exec(textAt(link, "message") ?? "")?.[1]
  return status ? Number(status) : undefined
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
  return failed && { ...failed, ...(known === undefined ? undefined : { host: known }) }
}

const isHost = /^[\w.:%-]{1,255}$/

/** Where Node was to connect, if that is not the server. A resolver may stand for a name, but not for another port. */
const elsewhere = (link: object, server: Server): string | undefined => {
  const syscall = textAt(link, "syscall")
  const host = textAt(link, syscall === "getaddrinfo" ? "hostname" : "address") ?? ""
  if (!isHost.test(host)) return undefined
  if (syscall === "getaddrinfo") return host === server.address ? undefined : host
  const port: unknown = Reflect.get(link, "port")
  return syscall === "connect" && Number.isInteger(port) && port !== server.port
    ? `${host.includes(":") ? `[${host}]` : host}:${String(port)}`
    : undefined
}
