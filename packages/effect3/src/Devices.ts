/**
 * The Devices API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { Devices as ClientDevices } from "@sunco/client/Devices"
import type { DevicesMethods } from "@sunco/client/DevicesMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/DevicesMethods"

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
  extends Resource.Service<Devices, DevicesMethods<Effect3Face>>()("@sunco/effect3/Devices", ClientDevices)
{}
