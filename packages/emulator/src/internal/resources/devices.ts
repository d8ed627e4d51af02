import { type Device } from "@sunco/schemas/Device"
import { type DevicesOperations } from "@sunco/schemas/DevicesOperations"
import { deviceNotFound, userNotFound } from "../refusal.ts"
import { type Resource } from "../resource.ts"
import { Store } from "../store.ts"
import { type UsersState } from "./users.ts"

interface KeptDevice {
  readonly id: string
  readonly userId: string
  readonly device: Device
}

/** @internal */
export interface DevicesState {
  readonly devices: Store<KeptDevice>
}

/** @internal */
export const devices: Resource<typeof DevicesOperations, DevicesState, UsersState> = {
  state: () => ({ devices: new Store<KeptDevice>() }),
  behaviours: {
    list: ({ app, params, query }) => {
      const user = app.users.find(params.userIdOrExternalId, query.brandId)
      if (user === undefined) return userNotFound
      return { devices: app.devices.all().flatMap(({ device, userId }) => userId === user.id ? [device] : []) }
    },
    get: ({ app, params, query }) => {
      const user = app.users.find(params.userIdOrExternalId, query.brandId)
      if (user === undefined) return userNotFound
      const kept = app.devices.find(params.deviceId)
      return kept?.userId === user.id ? { device: kept.device } : deviceNotFound
    }
  }
}
