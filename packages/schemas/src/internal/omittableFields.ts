import * as Schema from "effect/Schema"
import { Metadata } from "../Metadata.ts"
import { omittable } from "./omittable.ts"

// Fields of requests, of which there are many.

/** @internal */
export const text = omittable(Schema.String)

/** @internal */
export const flag = omittable(Schema.Boolean)

/** @internal */
export const metadata = omittable(Schema.NullOr(Metadata))
