/**
 * The Devices API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { DevicesMethods } from "./DevicesMethods.ts"
import type { EffectFace } from "./EffectFace.ts"
import { makeDevices } from "./internal/users/devices.ts"
import * as Resource from "./Resource.ts"

/**
 * The devices on which a user has the SDK.
 *
 * **Details**
 *
 * `userId` is the user's id or externalId. A method fails with what its type says: the outcomes of the domain by name, all else
 * as `SunshineError` with a reason.
 *
 * @category services
 * @since 0.1.0
 */
export class Devices
  extends Resource.Service<Devices, DevicesMethods<EffectFace>>()("@sunco/client/Devices", makeDevices)
{}
