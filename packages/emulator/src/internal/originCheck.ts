import { isIPv6 } from "node:net"
import { headerOf, type RequestHead } from "./incomingRequest.ts"
import { Refusal } from "./refusal.ts"

/**
 * Keeps web pages of others away from what asks for no credentials. A page that reaches this port through its own name (DNS
 * rebinding) cannot hide that name in `Host`, and one that calls across sites cannot hide it in `Origin` and
 * `Sec-Fetch-Site`: browsers write all three, and no script can change them. Whoever is no browser sends only `Host`.
 *
 * @internal
 */
export const makeOriginCheck = (
  allowedHosts: ReadonlyArray<string>
): (request: RequestHead) => Refusal | undefined => {
  const allowed = new Set(allowedHosts.map((host) => hostNameOf(authorityOf(host))))
  const isOwn = (authority: string) => {
    const name = hostNameOf(authority)
    return name !== undefined && (isLoopback(name) || allowed.has(name))
  }
  return (request) => {
    const host = headerOf(request, "host")
    if (host !== undefined && !isOwn(host)) return foreign("Host", host)
    const origin = headerOf(request, "origin")
    // `null` is the origin of sandboxes, files and redirects: anybody's.
    if (origin !== undefined && !(/^https?:\/\//u.test(origin) && isOwn(origin.replace(/^https?:\/\//u, "")))) {
      return foreign("Origin", origin)
    }
    const site = headerOf(request, "sec-fetch-site")
    // `none` is the user, by the address bar.
    return site === undefined || site === "same-origin" || site === "none" ? undefined : foreign("Sec-Fetch-Site", site)
  }
}

const foreign = (header: string, value: string) =>
  new Refusal(403, [{
    code: "forbidden",
    title: header === "Sec-Fetch-Site"
      ? `${header}: Pages of other sites cannot use the emulator`
      : `${header}: ${
        JSON.stringify(value.slice(0, 255))
      } is not the emulator's own, nor among its allowedHosts (--allow-host)`
  }])

/** The name or address of `host[:port]` as URLs write it; nothing where there is more than that, or less. */
const hostNameOf = (authority: string): string | undefined =>
  /^(\[[0-9a-f:.]+\]|[^\s:/?#@\\[\]]+)(:\d*)?$/iu.test(authority)
    ? URL.parse(`http://${authority}`)?.hostname.replace(/\.$/u, "")
    : undefined

/**
 * An address as it stands in `Host` and in URLs, without a port.
 *
 * @internal
 */
export const authorityOf = (address: string): string => isIPv6(address) ? `[${address}]` : address

/** Whether a name is one of this machine. @internal */
export const isLoopback = (name: string): boolean =>
  name === "localhost" || name.endsWith(".localhost") || name === "[::1]" || /^127\.\d+\.\d+\.\d+$/u.test(name)
