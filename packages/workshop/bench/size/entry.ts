// What an application imports that calls the Users API with JWTs through fetch.
export { layerJwt } from "@sunco/client/Credentials"
export { layer } from "@sunco/client/FetchTransport"
export { Users } from "@sunco/client/Users"
