/**
 * `sunshine-conversations-client@14.1.0` as it is, where `pnpm test:vendor-client` installs it, and types of the part that is
 * compared: it ships none.
 */
import * as Redacted from "effect/Redacted"
import { createRequire } from "node:module"

/** Arguments are what JavaScript lets a caller give: anything, and any number. */
type Call<A> = (...args: ReadonlyArray<unknown>) => Promise<A>

type CallWithHttpInfo<A> = Call<{ readonly data: A; readonly response: { readonly status: number } }>

export interface UserResponse {
  readonly user?: { readonly id?: string; readonly [name: string]: unknown }
}

/** What its promises are rejected with. */
export interface Rejection {
  readonly status?: number
  readonly body?: unknown
  readonly error?: Error
}

export interface UsersApi {
  readonly apiClient: ApiClient
  readonly createUser: Call<UserResponse>
  readonly createUserWithHttpInfo: CallWithHttpInfo<UserResponse>
  readonly getUser: Call<UserResponse>
  readonly updateUser: Call<UserResponse>
  readonly deleteUser: Call<unknown>
  readonly deleteUserWithHttpInfo: CallWithHttpInfo<unknown>
  readonly deleteUserPersonalInformation: Call<UserResponse>
}

export interface ApiClient {
  basePath: string
  readonly authentications: {
    readonly basicAuth: { username?: string; password?: string }
    readonly bearerAuth: { accessToken?: string | (() => unknown) }
  }
}

interface Model {
  readonly constructFromObject: (fields: object) => object
}

export const { ApiClient, UserCreateBody, UsersApi, UserUpdateBody }: {
  readonly ApiClient: { new(): ApiClient }
  readonly UsersApi: { new(apiClient?: ApiClient): UsersApi; readonly prototype: UsersApi }
  readonly UserCreateBody: Model
  readonly UserUpdateBody: Model
} = createRequire(new URL("../../../test/vendorClient/", import.meta.url))("sunshine-conversations-client")

export interface Key {
  readonly keyId: string
  readonly keySecret: Redacted.Redacted
}

const makeApiClient = (url: string): ApiClient => Object.assign(new ApiClient(), { basePath: url })

export const withBasic = (url: string, { keyId, keySecret }: Key): UsersApi => {
  const apiClient = makeApiClient(url)
  Object.assign(apiClient.authentications.basicAuth, { username: keyId, password: Redacted.value(keySecret) })
  return new UsersApi(apiClient)
}

export const withBearer = (url: string, accessToken: string | (() => unknown)): UsersApi => {
  const apiClient = makeApiClient(url)
  apiClient.authentications.bearerAuth.accessToken = accessToken
  return new UsersApi(apiClient)
}
