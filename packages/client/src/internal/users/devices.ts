import { DevicesOperations } from "@sunco/schemas/SunshineOperations"
import type { BrandCallOptions } from "../../CallOptions.ts"
import type { DevicesMethods } from "../../DevicesMethods.ts"
import type { EffectFace } from "../../EffectFace.ts"
import { DeviceNotFound, UserNotFound } from "../../Outcomes.ts"
import { devicesRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import { resource } from "../operation/resource.ts"
import { brandQuery } from "./brandQuery.ts"

/** @internal */
export const makeDevices = (sunshine: Sunshine["Service"]): DevicesMethods<EffectFace> => {
  const { call } = resource(sunshine, "Devices", DevicesOperations, devicesRetrySafety, {
    DeviceNotFound,
    UserNotFound
  })
  return {
    list: call(
      "list",
      (userIdOrExternalId: string, options?: BrandCallOptions) => ({
        params: { userIdOrExternalId },
        query: brandQuery(options)
      }),
      ({ devices }) => devices
    ),
    get: call(
      "get",
      (userIdOrExternalId: string, deviceId: string, options?: BrandCallOptions) => ({
        params: { userIdOrExternalId, deviceId },
        query: brandQuery(options)
      }),
      ({ device }) => device
    )
  }
}
