import { type CreatedAppKey } from "@sunco/schemas/AppKey"
import { type Scope } from "@sunco/schemas/Operation"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { decodeProtectedHeader, jwtVerify } from "jose"
import { forbidden, type Refusal, unauthorized } from "./refusal.ts"

/**
 * Who a request turned out to come from.
 *
 * @internal
 */
export interface Principal {
  readonly authentication: "basic" | "jwt" | "accessToken"
  /** The app that it may reach; all of them when absent. */
  readonly appId: string | undefined
  readonly keyId: string | undefined
  readonly scope: Scope
  /** Whose it is, where it is an integration's and that is known. */
  readonly integrationId: string | undefined
  /** Whose it is, where it is a service account's and that is known: it reaches the apps that the account may use. */
  readonly serviceAccountId: string | undefined
}

/**
 * A key to add.
 *
 * @internal
 */
export interface GivenKey {
  readonly keyId: string
  readonly keySecret: Redacted.Redacted
  /** What its id says, when absent. */
  readonly scope?: Scope | undefined
  readonly integrationId?: string | undefined
  readonly serviceAccountId?: string | undefined
  /** Its id, when absent. */
  readonly displayName?: string | undefined
}

interface Key {
  readonly appId: string
  readonly keyId: string
  readonly shown: CreatedAppKey
  readonly secret: Uint8Array
  readonly scope: Scope
  readonly basic: string
  readonly principals: { readonly basic: Principal; readonly jwt: Principal }
}

interface VerifiedToken {
  readonly key: Key
  /** Milliseconds; `Infinity` when the token does not expire. */
  readonly expiresAt: number
  readonly principal: Principal | Refusal
}

const verifiedTokensKept = 1000

/**
 * The API keys and access tokens that are valid now.
 *
 * @internal
 */
export class Credentials {
  private readonly keys = new Map<string, Key>()
  private readonly basic = new Map<string, Key>()
  private readonly accessTokens = new Map<string, Principal>()
  private readonly verified = new Map<string, VerifiedToken>()

  addKey(
    appId: string,
    { displayName, integrationId, keyId, keySecret, scope = scopeOfKey(keyId), serviceAccountId }: GivenKey
  ): void {
    this.revoke(keyId)
    const secret = new TextEncoder().encode(Redacted.value(keySecret))
    const principal = { appId: scope === "account" ? undefined : appId, keyId, scope, integrationId, serviceAccountId }
    const key: Key = {
      appId,
      keyId,
      shown: { id: keyId, displayName: displayName ?? keyId, secret: keySecret },
      secret,
      scope,
      basic: Buffer.from(`${keyId}:${Redacted.value(keySecret)}`).toString("base64"),
      principals: {
        basic: { authentication: "basic", ...principal },
        jwt: { authentication: "jwt", ...principal }
      }
    }
    this.keys.set(keyId, key)
    this.basic.set(key.basic, key)
  }

  /**
   * What an OAuth client got from `POST /oauth/token`: a bearer token of scope `integration` that does not expire. Whose it is stays
   * where it is not said again.
   */
  addAccessToken(
    appId: string,
    token: Redacted.Redacted,
    integrationId = this.accessTokens.get(Redacted.value(token))?.integrationId
  ): void {
    this.accessTokens.set(Redacted.value(token), {
      authentication: "accessToken",
      appId,
      keyId: undefined,
      scope: "integration",
      integrationId,
      serviceAccountId: undefined
    })
  }

  /** Takes the id of a key or an access token. */
  revoke(keyIdOrToken: string): void {
    const key = this.keys.get(keyIdOrToken)
    if (key !== undefined) {
      this.keys.delete(keyIdOrToken)
      this.basic.delete(key.basic)
    }
    this.accessTokens.delete(keyIdOrToken)
  }

  appKeys(appId: string): ReadonlyArray<CreatedAppKey> {
    return Array.from(this.keys.values())
      .filter((key) => key.appId === appId && key.scope === "app")
      .map(({ shown }) => shown)
  }

  /** Every key and token by which such a caller comes. */
  revokeWhere(isSuch: (caller: Principal) => boolean): void {
    for (const [token, principal] of this.accessTokens) if (isSuch(principal)) this.revoke(token)
    for (const [keyId, { principals }] of this.keys) {
      if (Object.values(principals).some(isSuch)) this.revoke(keyId)
    }
  }

  clear(): void {
    this.keys.clear()
    this.basic.clear()
    this.accessTokens.clear()
    this.verified.clear()
  }

  /** An `Exit` already, except for a JWT that was not seen before. */
  authenticate(authorization: string | undefined, now: number): Effect.Effect<Principal | Refusal> {
    const at = authorization?.indexOf(" ") ?? -1
    if (authorization === undefined || at === -1) return Effect.succeed(unauthorized)
    const scheme = authorization.slice(0, at).toLowerCase()
    const value = authorization.slice(at + 1).trim()
    if (scheme === "basic") return Effect.succeed(this.basic.get(value)?.principals.basic ?? unauthorized)
    if (scheme !== "bearer") return Effect.succeed(unauthorized)
    const accessToken = this.accessTokens.get(value)
    if (accessToken !== undefined) return Effect.succeed(accessToken)
    const verified = this.verified.get(value)
    return verified !== undefined
      ? Effect.succeed(this.principalOf(verified, now))
      : Effect.map(this.verify(value, now), (verified) => verified ? this.principalOf(verified, now) : unauthorized)
  }

  private principalOf({ expiresAt, key, principal }: VerifiedToken, now: number): Principal | Refusal {
    // A key that was revoked, or added anew with another secret, takes its tokens with it.
    return this.keys.get(key.keyId) === key && now < expiresAt ? principal : unauthorized
  }

  private verify(token: string, now: number): Effect.Effect<VerifiedToken | undefined> {
    return Effect.tryPromise(async () => {
      const key = this.keys.get(String(decodeProtectedHeader(token).kid))
      if (key === undefined) return undefined
      const { payload } = await jwtVerify(token, key.secret, { algorithms: ["HS256"], currentDate: new Date(now) })
      if (payload["scope"] === undefined) return undefined
      const verified: VerifiedToken = {
        key,
        expiresAt: payload.exp === undefined ? Number.POSITIVE_INFINITY : payload.exp * 1000,
        principal: payload["scope"] === key.scope ? key.principals.jwt : forbidden
      }
      if (this.verified.size >= verifiedTokensKept) this.verified.clear()
      this.verified.set(token, verified)
      return verified
    }).pipe(
      // Whatever is wrong with a token (its form, algorithm, signature, expiry), the answer is the same 401.
      Effect.orElseSucceed(() => undefined)
    )
  }
}

/**
 * The kind of an API key is the prefix of its id (`app_`, `int_`, `act_`, `svc_`: the vendor's guide to
 * authentication); an id without one is taken for an app's.
 */
const scopeOfKey = (keyId: string): Scope =>
  keyId.startsWith("int_") ? "integration" : /^(act|svc)_/u.test(keyId) ? "account" : "app"
