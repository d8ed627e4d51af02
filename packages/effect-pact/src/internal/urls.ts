/** What may be shown of a URL, and with what it may be used. */

export const parseHttp = (text: string): URL | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === "https:" || url?.protocol === "http:" ? url : undefined
}

/** Whether it has a user or a password. What cannot be parsed may have them before an `@`. */
export const hasUserinfo = (text: string): boolean => {
  const url = parseHttp(text)
  return url === undefined ? text.includes("@") : url.username !== "" || url.password !== ""
}

/** Without user and password, and without query and fragment, where tokens are put as well. */
export const printable = (text: string): string => {
  const url = parseHttp(text)
  if (url === undefined) return text.slice(text.lastIndexOf("@") + 1).replace(/[?#][^]*/, "")
  if (!hasUserinfo(text) && url.search === "" && url.hash === "") return text
  url.username =
    url.password =
    url.search =
    url.hash =
      ""
  return url.href.replace(/\/$/, "")
}

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname)

/** Whether credentials may go there: nobody listens on the way. */
export const keepsSecrets = (url: URL): boolean => url.protocol === "https:" || isLoopback(url)

/** Of a URL on this machine, the host as a list of exceptions to proxies has it. */
export const loopbackHost = (text: string): string | undefined => {
  const url = parseHttp(text)
  return url !== undefined && isLoopback(url) ? url.hostname.replace(/^\[|\]$/g, "") : undefined
}
