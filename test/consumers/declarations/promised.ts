// The same of the promise face.
import { AllResources, Sunshine } from "@sunco/client/promise"

export const promised = () => {
  const sunshine = Sunshine.fromEnv(AllResources)
  return { sunshine, ada: sunshine.users.get("ada"), all: { ...sunshine.users } }
}
