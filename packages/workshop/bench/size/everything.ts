// What an application imports that calls everything with JWTs through fetch.
export * as AllResources from "@sunco/client/AllResources"
export { layerJwt } from "@sunco/client/Credentials"
export { layer } from "@sunco/client/FetchTransport"
