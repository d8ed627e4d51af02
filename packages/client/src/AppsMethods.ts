/**
 * What can be done with apps: the text of `Apps`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { App } from "@sunco/schemas/App"
import type { CreateApp, UpdateApp } from "@sunco/schemas/AppPayloads"
import type { Page, SizedFrom } from "@sunco/schemas/Page"
import type { Call, Face, Many } from "./Face.ts"

/**
 * Which apps are listed: those that a service account may use, or all where nothing is said.
 *
 * @category models
 * @since 0.1.0
 */
export interface AppsFilter {
  /** The account has to be that of the credentials. */
  readonly serviceAccountId?: string | undefined
}

/**
 * The methods of `Apps`, whichever way they are called. An app that does not exist is the reason `AppNotFound` of a `SunshineError`.
 *
 * @category models
 * @since 0.1.0
 */
export interface AppsMethods<F extends Face> {
  /**
   * Makes an app (`CreateApp`). A service account may use the app that it has made.
   *
   * Nothing tells two equal ones apart, and an app may cost money, so it is sent again only when nothing can have arrived.
   * `AppPlanExceeded`: the plan of the account allows no other. A Zendesk account with messaging has its one app already.
   */
  readonly create: (payload: CreateApp, options?: F["options"]) => Call<F, App, "AppPlanExceeded">

  /** A page of the apps that the credentials reach (`ListApps`); their order is not documented. */
  readonly list: (
    filter?: AppsFilter,
    from?: SizedFrom,
    options?: F["options"]
  ) => Call<F, Page<App>>

  /** All apps that the credentials reach, a page when it is needed; each page is a call of `list`. */
  readonly stream: (filter?: AppsFilter, from?: SizedFrom, options?: F["options"]) => Many<F, App>

  /** Reads an app (`GetApp`), with its `subdomain`. */
  readonly get: (appId: string, options?: F["options"]) => Call<F, App>

  /**
   * Changes an app (`UpdateApp`): a value sets a field, absent keeps it, and `null` clears the metadata. Whether metadata is merged or
   * replaced is not documented. `multiConvoEnabled` cannot be taken back.
   */
  readonly update: (appId: string, patch: UpdateApp, options?: F["options"]) => Call<F, App>

  /**
   * Deletes an app with all of its integrations (`DeleteApp`). Nothing brings it back, and whatever calls it fails from then on.
   *
   * That the app does not exist is the success of an attempt before it whose answer was lost.
   */
  readonly delete: (appId: string, options?: F["options"]) => Call<F, void>
}
