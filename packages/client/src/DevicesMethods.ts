/**
 * What can be read of the devices of a user: the text of `Devices`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { Device } from "@sunco/schemas/Device"
import type { Call, Face } from "./Face.ts"

/**
 * The methods of `Devices`, whichever way they are called.
 *
 * @category models
 * @since 0.1.0
 */
export interface DevicesMethods<F extends Face> {
  /** The devices on which the user has the SDK, by when they were last seen (`ListDevices`); the vendor pages nothing here. */
  readonly list: (userId: string, options?: F["brandOptions"]) => Call<F, ReadonlyArray<Device>, "UserNotFound">

  /** Reads a device (`GetDevice`). */
  readonly get: (
    userId: string,
    deviceId: string,
    options?: F["brandOptions"]
  ) => Call<F, Device, "UserNotFound" | "DeviceNotFound">
}
