/** What `sunco doctor` asks of the network, below the API: names, connections, certificates. */
import * as Effect from "effect/Effect"
import { lookup } from "node:dns/promises"
import { connect, isIP } from "node:net"
import { connect as connectTls } from "node:tls"

/** How long each may take. */
const limitMillis = 5000

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error
    ? String(error.code)
    : String(error)

/** The addresses of a name, or the code of what went wrong. */
export const addressesOf = (host: string): Effect.Effect<ReadonlyArray<string>, string> =>
  Effect.tryPromise({
    try: async () => (await lookup(host, { all: true })).map(({ address }) => address),
    catch: codeOf
  }).pipe(Effect.timeoutOrElse({ duration: limitMillis, orElse: () => Effect.fail("ETIMEDOUT") }))

/** What was agreed on with a server that encrypts. */
export interface Encryption {
  readonly protocol: string
  readonly issuer: string
  readonly validTo: number
}

/** Connects, and closes the connection again; the encryption is `undefined` where there is none. */
export const connection = (
  { host, isEncrypted, port }: { readonly host: string; readonly isEncrypted: boolean; readonly port: number }
): Effect.Effect<Encryption | undefined, string> =>
  Effect.callback<Encryption | undefined, string>((resume) => {
    const socket = isEncrypted ? encrypted() : connect({ host, port }, () => end(Effect.succeed(undefined)))
    function encrypted() {
      const tls = connectTls({ host, port, servername: isIP(host) === 0 ? host : "" }, () => {
        const { issuer, valid_to: validTo } = tls.getPeerCertificate()
        end(Effect.succeed({
          protocol: tls.getProtocol() ?? "TLS",
          issuer: String(issuer.O ?? issuer.CN ?? "nobody"),
          validTo: Date.parse(validTo)
        }))
      })
      return tls
    }
    function end(effect: Effect.Effect<Encryption | undefined, string>) {
      socket.destroy()
      resume(effect)
    }
    socket.setTimeout(limitMillis, () => end(Effect.fail("ETIMEDOUT")))
    socket.on("error", (error) => end(Effect.fail(codeOf(error))))
    return Effect.sync(() => socket.destroy())
  })
