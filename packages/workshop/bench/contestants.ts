/**
 * Who is measured. Each is loaded by the process that runs it, and nothing else with it.
 */
import { createRequire } from "node:module"
import type { Contestant } from "./calls.ts"

export interface Entry {
  readonly about: string
  readonly load: () => Promise<Contestant>
  /** Whether it can be given a dispatcher, such as the fake one. */
  readonly overDispatcher: boolean
  /** Whether it can be given a `fetch`, such as the fake one. */
  readonly overFetch?: boolean
}

export const contestants = {
  undici: {
    about: "undici.request, text, JSON.parse",
    load: async () => (await import("./contestants/undici.ts")).default,
    overDispatcher: true
  },
  dispatch: {
    about: "a handler on undici's dispatch, JSON.parse",
    load: async () => (await import("./contestants/dispatch.ts")).default,
    overDispatcher: true
  },
  fetch: {
    about: "Node's fetch, text, JSON.parse",
    load: async () => (await import("./contestants/fetch.ts")).default,
    overDispatcher: false
  },
  "fetch-limited": {
    about: "the same with a time limit by hand",
    load: async () => (await import("./contestants/fetchLimited.ts")).default,
    overDispatcher: false,
    overFetch: true
  },
  vendor: {
    about: "sunshine-conversations-client 14.1.0",
    load: async () => (await import("./contestants/vendor.ts")).default,
    overDispatcher: false
  },
  effect: {
    about: "HttpClient by hand on layerUndici",
    load: async () => (await import("./contestants/effect.ts")).onLayerUndici,
    overDispatcher: true
  },
  "effect-FetchHttpClient": {
    about: "the same on FetchHttpClient",
    load: async () => (await import("./contestants/effect.ts")).onFetchHttpClient,
    overDispatcher: false,
    overFetch: true
  },
  sunco: {
    about: "@sunco/client on UndiciTransport",
    load: async () => (await import("./contestants/sunco.ts")).onUndici,
    overDispatcher: true
  },
  "sunco-traced": {
    about: "the same with a tracer",
    load: async () => (await import("./contestants/sunco.ts")).onUndiciTraced,
    overDispatcher: true
  },
  "sunco-everything": {
    about: "the same with a tracer and a limiter",
    load: async () => (await import("./contestants/sunco.ts")).onUndiciWithEverything,
    overDispatcher: true
  },
  "sunco-wrapped": {
    about: "the defaults on UndiciTransport, wrapped",
    load: async () => (await import("./contestants/sunco.ts")).onWrappedUndici,
    overDispatcher: true
  },
  "sunco-fetch": {
    about: "@sunco/client on FetchTransport",
    load: async () => (await import("./contestants/sunco.ts")).onFetch,
    overDispatcher: false,
    overFetch: true
  },
  "sunco-fetch-everything": {
    about: "the same with a tracer and a limiter",
    load: async () => (await import("./contestants/sunco.ts")).onFetchWithEverything,
    overDispatcher: false,
    overFetch: true
  },
  "sunco-promise": {
    about: "@sunco/client/promise on its default transport",
    load: async () => (await import("./contestants/promise.ts")).default,
    overDispatcher: false,
    overFetch: true
  },
  "sunco-FetchHttpClient": {
    about: "@sunco/client on FetchHttpClient",
    load: async () => (await import("./contestants/sunco.ts")).onFetchHttpClient,
    overDispatcher: false,
    overFetch: true
  },
  "sunco-layerUndici": {
    about: "@sunco/client on NodeHttpClient.layerUndici",
    load: async () => (await import("./contestants/sunco.ts")).onLayerUndici,
    overDispatcher: true
  },
  "sunco-layerUndici-everything": {
    about: "the same with a tracer and a limiter",
    load: async () => (await import("./contestants/sunco.ts")).onLayerUndiciWithEverything,
    overDispatcher: true
  }
} as const satisfies Record<string, Entry>

export type Name = keyof typeof contestants

export const names = Object.keys(contestants) as ReadonlyArray<Name>

/** What everybody is compared with over sockets. */
export const base: Name = "undici"

/** The vendor's client is outside the workspace: `pnpm test:vendor-client` installs it. */
export const isVendorInstalled = (): boolean => {
  try {
    createRequire(new URL("../../../test/vendorClient/", import.meta.url)).resolve("sunshine-conversations-client")
    return true
  } catch {
    return false
  }
}
