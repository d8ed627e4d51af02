import { type Device } from "@sunco/schemas/Device"
import { type DevicesOperations } from "@sunco/schemas/DevicesOperations"
import { deviceNotFound, userNotFound } from "../refusal.ts"
import { type Behaviours, type Kept, type Resource, type Seeds } from "../resource.ts"
import { seededUser } from "./seededUser.ts"
import { UserParts } from "./userParts.ts"
import { type UsersState } from "./users.ts"

/** @internal */
export interface DevicesState {
  readonly devices: UserParts<Device>
}

type App = UsersState & DevicesState

/** No call of the API makes one: they come with the SDK. */
const seed: Pick<Seeds<App>, "devices"> = {
  devices: ({ userId, ...device }, context) => {
    const { app: { devices }, makeId, now } = context
    const id = device.id ?? makeId()
    return devices.add(seededUser(userId, context).id, {
      type: "web",
      status: "active",
      lastSeen: new Date(now).toISOString(),
      ...device,
      id
    })
  }
}

const stored: Kept<App>["Devices"] = ({ devices }) => devices.shownWithUser()

const behaviours: Behaviours<typeof DevicesOperations, App> = {
  list: ({ app: { devices, users }, params, query }) => {
    const user = users.find(params.userIdOrExternalId, query.brandId)
    return user === undefined ? userNotFound : { devices: devices.of(user.id).toSorted(latestFirst) }
  },

  get: ({ app: { devices, users }, params, query }) => {
    const user = users.find(params.userIdOrExternalId, query.brandId)
    if (user === undefined) return userNotFound
    const device = devices.findOf(user.id, params.deviceId)
    return device === undefined ? deviceNotFound : { device }
  }
}

/** @internal */
export const devices = {
  state: ({ users }) => ({ devices: new UserParts<Device>(users) }),
  seed,
  stored,
  behaviours
} satisfies Resource<typeof DevicesOperations, DevicesState, UsersState> & {
  readonly seed: unknown
  readonly stored: unknown
}

interface Seen {
  readonly lastSeen?: string | null
}

/**
 * The order in which what was seen last comes first.
 *
 * @internal
 */
export const latestFirst = ({ lastSeen: one }: Seen, { lastSeen: other }: Seen): number =>
  (one ?? "") < (other ?? "") ? 1 : (one ?? "") > (other ?? "") ? -1 : 0
