/**
 * The contracts of the Devices API: its two operations with every documented status.
 *
 * @since 0.1.0
 */
import { Devices } from "@sunco/client/Devices"
import { DeviceListResponse, DeviceResponse } from "@sunco/schemas/DevicesOperations"
import * as Matcher from "effect-pact/Matcher"
import * as Contract from "./Contract.ts"
import { complete } from "./internal/devices.ts"
import { basic, deviceId, failure, path, response, userId } from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const externalId = "your-own-id"
const brandId = "9477922990333"

/** A browser, with null wherever the API gives it. */
const nulls = { type: "web", status: "inactive", pushNotificationToken: null, info: null, appVersion: null } as const

const user = given("a user exists", { externalId })

/**
 * `ListDevices`: 200.
 *
 * @category contracts
 * @since 0.1.0
 */
export const list: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to list the devices of a brand-separated user by externalId",
      states: [
        given("devices exist", { user: { externalId, brandId }, devices: [complete] })
      ],
      request: { method: "GET", path: path("/users/your-own-id/devices"), query: { brandId }, headers: basic },
      response: response(200, DeviceListResponse, { devices: [{ id: deviceId, ...complete }] })
    },
    call: Devices.use((devices) => devices.list(externalId, { brandId })),
    gives: [{ id: deviceId, ...complete }]
  }),
  Contract.make({
    interaction: {
      description: "a request to list the devices of a user with null wherever the API gives it",
      states: [given("devices exist", { user: { externalId }, devices: [nulls] })],
      request: { method: "GET", path: path("/users/${userId}/devices"), headers: basic },
      response: response(200, DeviceListResponse, { devices: [{ id: deviceId, ...nulls }] })
    },
    call: Devices.use((devices) => devices.list(userId)),
    gives: [{ id: deviceId, ...nulls }]
  }),
  Contract.make({
    interaction: {
      description: "a request to list the devices of a user who has none",
      states: [user],
      request: { method: "GET", path: path("/users/${userId}/devices"), headers: basic },
      response: response(200, DeviceListResponse, { devices: [] })
    },
    call: Devices.use((devices) => devices.list(userId)),
    gives: []
  })
]

/**
 * `GetDevice`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const get: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to get a device",
      states: [given("devices exist", { user: { externalId }, devices: [complete] })],
      request: { method: "GET", path: path("/users/${userId}/devices/${deviceId}"), headers: basic },
      response: response(200, DeviceResponse, { device: { id: deviceId, ...complete } })
    },
    call: Devices.use((devices) => devices.get(userId, deviceId)),
    gives: { id: deviceId, ...complete }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a device with null wherever the API gives it",
      states: [given("devices exist", { user: { externalId }, devices: [nulls] })],
      request: { method: "GET", path: path("/users/${userId}/devices/${deviceId}"), headers: basic },
      response: response(200, DeviceResponse, { device: { id: deviceId, ...nulls } })
    },
    call: Devices.use((devices) => devices.get(userId, deviceId)),
    gives: { id: deviceId, ...nulls }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a device about which nothing is known, of a brand-separated user by externalId",
      states: [
        given("devices exist", { user: { externalId, brandId }, devices: [{}] })
      ],
      request: {
        method: "GET",
        path: path("/users/your-own-id/devices/${deviceId}"),
        query: { brandId },
        headers: basic
      },
      response: response(200, DeviceResponse, { device: { id: deviceId } })
    },
    call: Devices.use((devices) => devices.get(externalId, deviceId, { brandId })),
    gives: { id: deviceId }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a device that does not exist",
      states: [user, given("no device exists", { deviceId })],
      request: { method: "GET", path: path(`/users/\${userId}/devices/${deviceId}`), headers: basic },
      response: failure(404, Matcher.equal("device_not_found"), "Device not found")
    },
    call: Devices.use((devices) => devices.get(userId, deviceId)),
    failsWith: "DeviceNotFound"
  })
]
