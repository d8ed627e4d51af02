/**
 * What can be done with those who take turns in a switchboard: the text of `SwitchboardIntegrations`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { SwitchboardIntegration } from "@sunco/schemas/SwitchboardIntegration"
import type {
  CreateSwitchboardIntegration,
  UpdateSwitchboardIntegration
} from "@sunco/schemas/SwitchboardIntegrationPayloads"
import type { Call, Face } from "./Face.ts"

/**
 * The methods of `SwitchboardIntegrations`, whichever way they are called.
 *
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardIntegrationsMethods<F extends Face> {
  /**
   * Adds an integration to a switchboard, which takes ten (`CreateSwitchboardIntegration`): a custom one by its id, one of OAuth by its
   * type.
   *
   * The list is read before it is sent. After a lost answer it is looked for by its name and its integration among those that
   * were not there, and sent again only where it is not found.
   */
  readonly create: (
    switchboardId: string,
    payload: CreateSwitchboardIntegration,
    options?: F["options"]
  ) => Call<
    F,
    SwitchboardIntegration,
    | "SwitchboardNotFound"
    | "SwitchboardIntegrationNotFound"
    | "SwitchboardIntegrationLimitReached"
    | "IntegrationNotFound"
  >

  /** Who takes turns in a switchboard (`ListSwitchboardIntegrations`); the vendor pages nothing here. */
  readonly list: (
    switchboardId: string,
    options?: F["options"]
  ) => Call<F, ReadonlyArray<SwitchboardIntegration>, "SwitchboardNotFound">

  /**
   * Changes a switchboard integration (`UpdateSwitchboardIntegration`): a value sets a field, `null` clears it, absent keeps it.
   *
   * `SwitchboardIntegrationNotFound` may also be the one that is to be next.
   */
  readonly update: (
    switchboardId: string,
    switchboardIntegrationId: string,
    patch: UpdateSwitchboardIntegration,
    options?: F["options"]
  ) => Call<
    F,
    SwitchboardIntegration,
    "SwitchboardNotFound" | "SwitchboardIntegrationNotFound" | "IntegrationNotFound"
  >

  /**
   * Takes an integration out of a switchboard (`DeleteSwitchboardIntegration`). Conversations that it was in control of are assigned
   * anew when something happens in them, and no event tells of that. The default one, and the next one of another, cannot be deleted.
   *
   * A 404 after an attempt whose answer was lost is a success.
   */
  readonly delete: (
    switchboardId: string,
    switchboardIntegrationId: string,
    options?: F["options"]
  ) => Call<F, void, "SwitchboardNotFound" | "SwitchboardIntegrationNotFound">
}
