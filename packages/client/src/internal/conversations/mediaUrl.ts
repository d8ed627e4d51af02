import * as Result from "effect/Result"

/**
 * The address of a file that may be asked for, or what was expected of it.
 *
 * A message's file may be anywhere, and whoever writes the message chooses where: an address inside of somebody's network would
 * have the application ask there in its own name. What a name leads to nobody looks at; an application that cannot trust its
 * network with that puts a proxy between.
 *
 * @internal
 */
export const mediaUrl = (
  given: unknown,
  base: string | URL | undefined,
  ownOrigin: string
): Result.Result<URL, string> => {
  if (typeof given !== "string" || !URL.canParse(given, base)) return Result.fail("an absolute URL")
  const url = new URL(given, base)
  const { hostname, origin, password, protocol, username } = url
  if (username + password !== "") return Result.fail("a URL without credentials")
  // Where the client's own requests go, its files may be, too.
  if (origin === ownOrigin) return Result.succeed(url)
  const loopback = isLoopback(hostname)
  if (protocol !== "https:" && !(protocol === "http:" && loopback)) return Result.fail("a URL with https://")
  if (loopback ? !isLoopback(new URL(ownOrigin).hostname) : isPrivate(hostname)) {
    return Result.fail("a URL of a public host")
  }
  return Result.succeed(url)
}

/** As `URL` has hosts: in lower case, IPv4 in its four numbers, IPv6 in brackets and as short as can be. */
const isLoopback = (host: string): boolean => {
  const [address] = addressesOf(host)
  return address === undefined
    ? /^(.+\.)?localhost\.?$/.test(host)
    : address.length === 4
    ? address[0] === 127
    : address.every((group, at) => group === (at === 7 ? 1 : 0))
}

const isPrivate = (host: string): boolean => {
  const addresses = addressesOf(host)
  return addresses.length === 0
    // Names that no public resolver gives, such as those of the services of a cluster.
    ? /^[^.]+\.?$|\.(corp|home|internal|intranet|lan|local|localdomain|svc|home\.arpa)\.?$/.test(host)
    : addresses.some((address) => (address.length === 4 ? private4 : private6).some((covers) => covers(address)))
}

type Address = ReadonlyArray<number>

type Covers = (address: Address) => boolean

const startsWith = (...first: ReadonlyArray<number>): Covers => (address) =>
  first.every((part, at) => address[at] === part)

const within = (part: number, from: number, to: number, first: Covers = () => true): Covers => (address) =>
  first(address) && address[part]! >= from && address[part]! <= to

/** RFC 6890 and its registry: of this network, private, shared, loopback, link-local, for tests, multicast, reserved. */
const private4: ReadonlyArray<Covers> = [
  startsWith(0),
  startsWith(10),
  within(1, 64, 127, startsWith(100)),
  startsWith(127),
  startsWith(169, 254),
  within(1, 16, 31, startsWith(172)),
  startsWith(192, 0, 0),
  startsWith(192, 0, 2),
  startsWith(192, 168),
  within(1, 18, 19, startsWith(198)),
  startsWith(198, 51, 100),
  startsWith(203, 0, 113),
  within(0, 224, 255)
]

/** Unspecified and loopback (with what was once IPv4-compatible), unique local, link-local, site-local, multicast. */
const private6: ReadonlyArray<Covers> = [
  startsWith(0, 0, 0, 0, 0, 0),
  within(0, 0xfc00, 0xfdff),
  within(0, 0xfe80, 0xfeff),
  // NAT64 of somebody's own, and Teredo: what they lead to is written otherwise.
  startsWith(0x64, 0xff9b, 1),
  startsWith(0x2001, 0),
  within(0, 0xff00, 0xffff)
]

/** The address that a host is, of four or of eight numbers; where IPv6 only wraps an IPv4 (mapped, NAT64, 6to4), that. */
const addressesOf = (host: string): ReadonlyArray<Address> => {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return [host.split(".").map(Number)]
  if (!host.startsWith("[")) return []
  const [before = "", after] = host.slice(1, -1).split("::")
  const groups = [groupsOf(before), groupsOf(after ?? "")] as const
  const address = [...groups[0], ...Array<number>(8 - groups[0].length - groups[1].length).fill(0), ...groups[1]]
  const wrapped = wraps.find(([covers]) => covers(address))
  return wrapped === undefined ? [address] : [wrapped[1].flatMap((at) => [address[at]! >> 8, address[at]! & 255])]
}

const groupsOf = (text: string): Address => text === "" ? [] : text.split(":").map((group) => parseInt(group, 16))

const wraps: ReadonlyArray<readonly [covers: Covers, groups: ReadonlyArray<number>]> = [
  [startsWith(0, 0, 0, 0, 0, 0xffff), [6, 7]],
  [startsWith(0x64, 0xff9b, 0, 0, 0, 0), [6, 7]],
  [startsWith(0x2002), [1, 2]]
]
