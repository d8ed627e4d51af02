import { assert, describe, it } from "@effect/vitest"
import { exemptFor, proxyOf } from "../src/Proxy.ts"

const acme = new URL("https://acme.zendesk.com/sc")

const proxy = "http://proxy.example:3128"

describe("the proxy of the environment", () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{}, undefined],
    [{ HTTPS_PROXY: proxy }, "HTTPS_PROXY"],
    [{ https_proxy: proxy, HTTPS_PROXY: "http://other.example" }, "https_proxy"],
    [{ https_proxy: "", HTTPS_PROXY: proxy }, undefined],
    // Without one for https, that for http is taken, as the transport does.
    [{ HTTP_PROXY: proxy }, "HTTP_PROXY"],
    [{ HTTPS_PROXY: proxy, NO_PROXY: "zendesk.com" }, undefined],
    [{ HTTPS_PROXY: proxy, NO_PROXY: "other.example, .zendesk.com" }, undefined],
    [{ HTTPS_PROXY: proxy, no_proxy: "*.zendesk.com:443" }, undefined],
    [{ HTTPS_PROXY: proxy, NO_PROXY: "zendesk.com:8443" }, "HTTPS_PROXY"],
    [{ HTTPS_PROXY: proxy, NO_PROXY: "desk.com" }, "HTTPS_PROXY"],
    [{ HTTPS_PROXY: proxy, NO_PROXY: "*" }, undefined]
  ])("is with %j %s", (env, name) => {
    assert.strictEqual(proxyOf(acme, env)?.name, name)
  })

  it.each(["http://127.0.0.1:4700", "http://localhost:4700", "http://[::1]:4700"])("is none for %s", (server) => {
    assert.isUndefined(proxyOf(new URL(server), { HTTP_PROXY: proxy }))
  })
})

it("is not asked for any address of this machine, which would have the key in clear", () => {
  for (const server of ["http://127.0.0.2:4700", "http://127.0.0.1", "http://localhost", "http://[::1]:1"]) {
    assert.strictEqual(proxyOf(new URL(server), { HTTP_PROXY: proxy, http_proxy: proxy }), undefined, server)
    assert.include(exemptFor(server).split(","), new URL(server).hostname)
  }
  assert.isDefined(proxyOf(new URL("http://128.0.0.1"), { HTTP_PROXY: proxy }))
})
