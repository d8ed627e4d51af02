import type { Dispatcher } from "undici"

/**
 * The host of the proxy that a dispatcher sends https through, where it has one. undici keeps it below symbols that it does
 * not export; where they are called otherwise, the proxy has no name, and nothing else changes.
 *
 * @internal
 */
export const proxyOf = (dispatcher: Dispatcher): string | undefined => {
  const proxy = at(at(dispatcher, "https proxy agent") ?? dispatcher, "proxy agent options")
  const uri: unknown = proxy === undefined ? undefined : Reflect.get(proxy, "uri")
  return typeof uri === "string" && URL.canParse(uri) ? new URL(uri).host : undefined
}

const at = (self: object, description: string): object | undefined => {
  const name = Object.getOwnPropertySymbols(self).find((symbol) => symbol.description === description)
  const value: unknown = name === undefined ? undefined : Reflect.get(self, name)
  return typeof value === "object" && value !== null ? value : undefined
}
