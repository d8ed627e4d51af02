export { layerJwt } from "@sunco/client/Credentials"
export { layer } from "@sunco/client/FetchTransport"
export { Participants } from "@sunco/client/Participants"
