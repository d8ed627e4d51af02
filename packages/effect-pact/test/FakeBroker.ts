/** As much of a Pact broker as the command line asks for. */
import type { Answer, Received } from "./Fixtures.ts"
import { provider } from "./Fixtures.ts"

const hal = (status: number, body: unknown): Answer => ({
  status,
  headers: { "Content-Type": "application/hal+json" },
  body: JSON.stringify(body)
})

export interface Behaviour {
  /** Answers everything. */
  readonly always?: Answer | "hang"
  readonly publish?: Answer
  readonly matrix?: Answer
  readonly version?: Answer
  /** The contract that it has for a provider. */
  readonly pact?: Record<string, unknown>
  readonly pending?: boolean
  readonly results?: Answer
}

export const published = hal(200, {
  notices: [{ type: "success", text: "Contract published" }],
  _embedded: {},
  _links: {}
})

export const matrix = (deployable: boolean | null, success: boolean | null) =>
  hal(200, {
    summary: { deployable, reason: deployable === true ? "All verified" : "There is no verified pact" },
    notices: [],
    matrix: [{
      consumer: { name: "web", version: { number: "1" } },
      provider: { name: "users", version: { number: "2" } },
      verificationResult: success === null ? null : { success }
    }]
  })

export const refusal = (status: number, notice: string) =>
  hal(status, { notices: [{ type: "error", text: notice }], errors: { contracts: [notice] } })

export const fakeBroker = (behaviour: Behaviour) => {
  const answer = (request: Received): Answer | "hang" => {
    const { headers, method, target } = request
    if (behaviour.always !== undefined) return behaviour.always
    const base = `http://${headers.host}`
    if (target === "/") {
      return hal(200, {
        _links: {
          "pb:publish-contracts": { href: `${base}/contracts/publish` },
          "pb:environments": { href: `${base}/environments` },
          "pb:pacticipant-version": { href: `${base}/pacticipants/{pacticipant}/versions/{version}`, templated: true },
          "pb:provider-pacts-for-verification": {
            href: `${base}/pacts/provider/{provider}/for-verification`,
            templated: true
          }
        }
      })
    }
    if (target === "/contracts/publish") return behaviour.publish ?? published
    if (target.startsWith("/matrix")) return behaviour.matrix ?? matrix(true, true)
    if (target === "/environments") {
      return hal(200, {
        _embedded: {
          environments: [{ uuid: "e1", name: "production", _links: { self: { href: `${base}/environments/e1` } } }]
        }
      })
    }
    if (/^\/pacticipants\/[^/]+\/versions\/[^/]+$/.test(target) && method === "GET") {
      return behaviour.version ?? hal(200, {
        number: "1",
        _links: {
          "pb:record-deployment": [{ name: "production", href: `${base}/deployed/e1` }],
          "pb:record-release": [{ name: "production", href: `${base}/released/e1` }]
        }
      })
    }
    if (target === "/deployed/e1" || target === "/released/e1") return hal(201, {})
    if (target.endsWith("/for-verification")) {
      const links = { self: { href: `${base}/pact`, name: "the contract" } }
      return hal(200, {
        _embedded: {
          pacts: behaviour.pact === undefined ? [] : [{
            shortDescription: "latest",
            verificationProperties: {
              pending: behaviour.pending === true,
              notices: [{ when: "before_verification", text: "chosen because it is the latest" }]
            },
            _links: links
          }]
        },
        _links: { self: { href: `${base}${target}` } }
      })
    }
    if (target === "/pact") {
      return hal(200, {
        ...behaviour.pact,
        _links: {
          self: { href: `${base}/pact` },
          "pb:provider": { href: `${base}/pacticipants/users` },
          "pb:publish-verification-results": { href: `${base}/results` }
        }
      })
    }
    if (target === "/pacticipants/users") {
      return hal(200, {
        _links: {
          self: { href: `${base}${target}` },
          "pb:branch-version": { href: `${base}/branches/{branch}/versions/{version}`, templated: true },
          "pb:version-tag": { href: `${base}/versions/{version}/tags/{tag}`, templated: true }
        }
      })
    }
    if (target === "/results") return behaviour.results ?? hal(201, { _links: { self: { href: `${base}/results/1` } } })
    return method === "PUT" ? hal(200, {}) : hal(404, { error: "no such resource" })
  }
  return provider(answer)
}
