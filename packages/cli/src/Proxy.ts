/** The proxy of the environment, as the client's transport takes it. */

/** Hosts of this machine: what is sent there goes through no proxy, as nobody would want it to. */
const ownHosts = "localhost,127.0.0.1,[::1]"

/** The same, with the server itself where it is another address of this machine, as lists of hosts have no ranges. */
export const exemptFor = (server: string | undefined): string => {
  const host = server !== undefined && URL.canParse(server) ? new URL(server).hostname : ""
  return host.startsWith("127.") && !ownHosts.includes(host) ? `${ownHosts},${host}` : ownHosts
}

/** Through which proxy a server is reached, if any: a name in lower case goes before the same in upper case, even if it is empty. */
export const proxyOf = (
  server: URL,
  env: { readonly [name: string]: string | undefined }
): { readonly name: string; readonly value: string } | undefined => {
  const chosen = (name: string) =>
    env[name] !== undefined
      ? { name, value: env[name] }
      : { name: name.toUpperCase(), value: env[name.toUpperCase()] ?? "" }
  const http = chosen("http_proxy")
  const https = chosen("https_proxy")
  const proxy = server.protocol === "https:" && https.value !== "" ? https : http
  return proxy.value === "" || isExempt(server, `${chosen("no_proxy").value},${exemptFor(server.href)}`)
    ? undefined
    : proxy
}

/** Whether it names a proxy of a kind that is spoken to. */
export const isProxyUrl = (text: string): boolean =>
  URL.canParse(text) && /^(https?|socks5?):$/.test(new URL(text).protocol)

const isExempt = (server: URL, noProxy: string): boolean => {
  const host = server.hostname.toLowerCase()
  const port = server.port || (server.protocol === "https:" ? "443" : "80")
  return noProxy.split(/[,\s]+/).filter((entry) => entry !== "").some((entry) => {
    if (entry === "*") return true
    const [, name = "", only] = /^(.+?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
    if (only !== undefined && only !== port) return false
    const bare = name.replace(/^\*?\./, "")
    return (host === bare && !name.startsWith("*")) || host.endsWith(`.${bare}`)
  })
}
