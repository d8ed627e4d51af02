/**
 * The two operations of the Devices API, each declared once.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Device } from "./Device.ts"
import { DeviceId } from "./Ids.ts"
import { openStruct } from "./internal/openStruct.ts"
import { brandQuery, everyScope, userNotFound, userParams } from "./internal/operationParts.ts"
import type { Operations } from "./Operation.ts"

/**
 * One device.
 *
 * @category models
 * @since 0.1.0
 */
export interface DeviceResponse {
  readonly device: Device
}

/**
 * Schema of {@link DeviceResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const DeviceResponse: Schema.Codec<DeviceResponse> = openStruct({
  device: Device
}).annotate({ identifier: "DeviceResponse" })

/**
 * Every device of a user, by when it was last seen; the vendor pages nothing here.
 *
 * @category models
 * @since 0.1.0
 */
export interface DeviceListResponse {
  readonly devices: ReadonlyArray<Device>
}

/**
 * Schema of {@link DeviceListResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const DeviceListResponse: Schema.Codec<DeviceListResponse> = openStruct({
  devices: Schema.Array(Device)
}).annotate({
  identifier: "DeviceListResponse"
})

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const DevicesOperations = {
  /** No failure is documented. */
  list: {
    operationId: "ListDevices",
    method: "GET",
    path: "/v2/apps/:appId/users/:userIdOrExternalId/devices",
    params: userParams,
    query: brandQuery,
    scopes: everyScope,
    success: { status: 200, schema: DeviceListResponse },
    failures: userNotFound
  },
  get: {
    operationId: "GetDevice",
    method: "GET",
    path: "/v2/apps/:appId/users/:userIdOrExternalId/devices/:deviceId",
    params: { ...userParams, deviceId: DeviceId },
    query: brandQuery,
    scopes: everyScope,
    success: { status: 200, schema: DeviceResponse },
    failures: { ...userNotFound, DeviceNotFound: { status: 404, codes: ["device_not_found"] } },
    statuses: [404]
  }
} as const satisfies Operations
