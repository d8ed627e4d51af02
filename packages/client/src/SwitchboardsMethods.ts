/**
 * What can be done with the switchboard of an app: the text of `Switchboards`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { Switchboard } from "@sunco/schemas/Switchboard"
import type { UpdateSwitchboard } from "@sunco/schemas/SwitchboardPayloads"
import type { Call, Face } from "./Face.ts"

/**
 * The methods of `Switchboards`, whichever way they are called.
 *
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardsMethods<F extends Face> {
  /**
   * Makes the switchboard of the app (`CreateSwitchboard`), which is disabled at first. An app that has one is refused another with
   * 400.
   *
   * The list is read before it is sent, so that after a lost answer a switchboard that was not there is known for the one of this
   * call, or of somebody who made one at the same moment.
   */
  readonly create: (options?: F["options"]) => Call<F, Switchboard>

  /** The switchboard of the app, if it has one (`ListSwitchboards`); the vendor pages nothing here. */
  readonly list: (options?: F["options"]) => Call<F, ReadonlyArray<Switchboard>>

  /**
   * Enables or disables a switchboard, and names its default (`UpdateSwitchboard`): what is absent stays as it is.
   *
   * `SwitchboardIntegrationNotFound` is the default that was named, or that is missing where it is to be enabled.
   */
  readonly update: (
    switchboardId: string,
    patch: UpdateSwitchboard,
    options?: F["options"]
  ) => Call<F, Switchboard, "SwitchboardNotFound" | "SwitchboardIntegrationNotFound">

  /**
   * Deletes a switchboard with its switchboard integrations (`DeleteSwitchboard`). The integrations behind them stay, and get all
   * events from then on.
   *
   * A 404 after an attempt whose answer was lost is a success.
   */
  readonly delete: (switchboardId: string, options?: F["options"]) => Call<F, void, "SwitchboardNotFound">
}
