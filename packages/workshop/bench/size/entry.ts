// What an application imports that calls the Users API with JWTs through fetch.
export { layerJwt } from "@sunco/client/Credentials"
export { Users } from "@sunco/client/Users"
export { layer } from "effect/http/FetchHttpClient"
