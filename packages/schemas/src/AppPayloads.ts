/**
 * What the writing operations of the Apps API send.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { AppSettings } from "./App.ts"
import { codePoints } from "./internal/codePoints.ts"
import { omittable } from "./internal/omittable.ts"
import { Metadata } from "./Metadata.ts"

/**
 * Changes to an app: a value sets a field, absent (or `undefined`) keeps it, and `null` clears the metadata.
 *
 * @see OpenAPI 17.12.1, `appUpdateBody`
 * @category models
 * @since 0.1.0
 */
export interface UpdateApp {
  /** 1 to 100 characters. */
  readonly displayName?: string | undefined
  readonly settings?: AppSettings | undefined
  /** At most 4096 bytes as compact UTF-8 JSON. */
  readonly metadata?: Metadata | null | undefined
}

/**
 * An app to make.
 *
 * @see OpenAPI 17.12.1, `appCreateBody`
 * @category models
 * @since 0.1.0
 */
export interface CreateApp extends UpdateApp {
  /** 1 to 100 characters. */
  readonly displayName: string
}

const displayName = Schema.String.check(codePoints(1, 100))

const choices = { settings: omittable(AppSettings), metadata: omittable(Schema.NullOr(Metadata)) }

/**
 * Schema of {@link CreateApp}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const CreateApp: Schema.Codec<CreateApp> = Schema.Struct({ displayName, ...choices }).annotate({
  identifier: "CreateApp"
})

/**
 * Schema of {@link UpdateApp}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const UpdateApp: Schema.Codec<UpdateApp> = Schema.Struct({
  displayName: omittable(displayName),
  ...choices
}).annotate({
  identifier: "UpdateApp"
})
