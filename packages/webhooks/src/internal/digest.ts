import * as Effect from "effect/Effect"

/** As much of Node's module as is needed; `types` of this package has no platform. */
interface NodeCrypto {
  readonly createHash: (algorithm: "sha256") => {
    readonly update: (text: string) => { readonly digest: () => Uint8Array }
  }
}

interface Process {
  readonly getBuiltinModule?: (name: string) => unknown
}

/** Node's own, which needs no promise, where there is one: `import` would bring it into bundles for runtimes that have none. */
const nodeCrypto = (globalThis as { readonly process?: Process }).process?.getBuiltinModule?.("node:crypto") as
  | NodeCrypto
  | undefined

const utf8 = /* @__PURE__ */ new TextEncoder()

/**
 * SHA-256 of a text. What is compared are digests, so that nothing can be learned from how long a comparison takes, not even how
 * long a secret is.
 *
 * @internal
 */
export const digest: (text: string) => Effect.Effect<Uint8Array> = nodeCrypto === undefined
  ? (text) =>
    Effect.map(
      Effect.promise(() => crypto.subtle.digest("SHA-256", utf8.encode(text))),
      (digest) => new Uint8Array(digest)
    )
  : (text) => Effect.succeed(nodeCrypto.createHash("sha256").update(text).digest())

/** In hexadecimal digits. @internal */
export const hexOf = (digest: Uint8Array): string =>
  Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")

/**
 * Whether two digests are the same, in a time that does not depend on where they differ.
 *
 * @internal
 */
export const isSameDigest = (one: Uint8Array, other: Uint8Array): boolean => {
  let difference = one.length ^ other.length
  for (let index = 0; index < one.length; index++) difference |= one[index]! ^ (other[index] ?? 0)
  return difference === 0
}
