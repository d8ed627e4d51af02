import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import type { ChannelBase, CreateIntegrationBase, IntegrationBase } from "../IntegrationBase.ts"
import { codePoints } from "./codePoints.ts"
import { deferred } from "./deferred.ts"
import { omittable } from "./omittable.ts"
import { openText } from "./openText.ts"
import { flag, text } from "./optionalFields.ts"
import { relaxed } from "./relaxed.ts"
import { sealed, sealedStruct } from "./sealedStruct.ts"

/** `any`: the fields of a kind are checked against its types by the compiler name by name. */
type Field<A = any> = Schema.Codec<A, any>

type Fields = { readonly [name: string]: Field }

interface Typed {
  readonly type: string
}

/** What it is made of and no answer has. */
type Hidden<Create, Answer> = Exclude<keyof Create, keyof Answer | keyof CreateIntegrationBase>

type Shown<Create, Answer> = Exclude<keyof Create, Hidden<Create, Answer> | keyof CreateIntegrationBase | "type">

/**
 * What is said of a kind of integration, once: what it is made of, what of that no answer has, what answers alone have, and what
 * can be changed.
 *
 * @internal
 */
export type Kind<Create, Answer> =
  & {
    readonly sent: { readonly [Name in Shown<Create, Answer>]-?: Field<Create[Name]> }
    readonly received?: {
      readonly [Name in Exclude<keyof Answer, keyof ChannelBase | "type">]?: Field<Exclude<Answer[Name], undefined>>
    }
    readonly updated?: Fields
    readonly check?: SchemaAST.Check<Create>
  }
  & ([Hidden<Create, Answer>] extends [never] ? { readonly hidden?: Fields }
    : { readonly hidden: { readonly [Name in Hidden<Create, Answer>]-?: Field<Create[Name]> } })

const displayName = (minimum: number) => omittable(Schema.NullOr(Schema.String.check(codePoints(minimum, 100))))

const answeredBy = {
  defaultResponderId: omittable(Schema.NullOr(Schema.String)),
  showAIDisclaimer: omittable(Schema.Boolean)
}

/** Of an answer of any kind. @internal */
export const integrationBase = {
  id: Schema.String,
  status: Schema.optionalKey(openText<"active" | "error" | "inactive">()),
  displayName: Schema.optionalKey(Schema.NullOr(Schema.String))
}

/** Of an answer of any kind but `custom`. */
const channelBase = {
  ...integrationBase,
  defaultResponder: Schema.optionalKey(
    Schema.NullOr(
      sealedStruct({
        name: text,
        integrationId: text,
        integrationType: text,
        deliverStandbyEvents: flag,
        nextSwitchboardIntegrationId: Schema.optionalKey(Schema.NullOr(Schema.String)),
        messageHistoryCount: Schema.optionalKey(Schema.Finite),
        inherited: flag
      }).annotate({ identifier: "DefaultResponder" })
    )
  ),
  showAIDisclaimer: flag
}

/** Of a change to any kind. */
const updateBase = { displayName: displayName(1), ...answeredBy }

/** @internal */
export const integrationKind = <Create extends Typed, Answer extends IntegrationBase & Typed>(
  type: Create["type"] & Answer["type"],
  { check, hidden, received = {}, sent, updated = {} }: Kind<Create, Answer>,
  isChannel = true
) => {
  const typed = { type: Schema.Literal(type) }
  const create = () => {
    const struct = Schema.Struct({
      ...typed,
      displayName: displayName(0),
      ...(isChannel && answeredBy),
      ...sent as Fields,
      ...hidden as Fields
    })
    // The fields are those of the types, of which the compiler has seen each by itself.
    const creating = struct as unknown as Schema.Codec<Create, unknown>
    return (check === undefined ? creating : creating.check(check)) as Schema.Codec<Create, unknown>
  }
  const answer = () => {
    const struct = sealed(Schema.Struct({
      ...fieldsOf(relaxed(Schema.Struct({ ...typed, ...sent as Fields }), received as Fields)),
      ...(isChannel ? channelBase : integrationBase)
    }))
    // As above.
    return struct as unknown as Schema.Codec<Answer, unknown>
  }
  return {
    create: deferred(create),
    answer: deferred(answer),
    updated: (isChannel ? { ...updateBase, ...updated } : { displayName: updateBase.displayName }) as Fields
  }
}

const fieldsOf = ({ ast }: Schema.Codec<unknown>): Fields =>
  ast._tag === "Objects"
    ? Object.fromEntries(
      ast.propertySignatures.map(({ name, type }) => [name, Schema.make<Field>(type as Field["ast"])])
    )
    : {}
