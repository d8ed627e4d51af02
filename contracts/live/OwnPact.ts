/**
 * The pact as one run replays it: where it names a user by an externalId, or a thing that does not exist by an id, it gets a name of
 * this run, so that nobody else is meant; and no event of the account goes to an address that somebody could have.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { declaredOperations } from "../openapi/declaredOperations.ts"
import * as PactInteractions from "../openapi/PactInteractions.ts"
import * as Json from "./json.ts"
import { Ledger } from "./Ledger.ts"
import { Run } from "./Run.ts"
import { nowhere } from "./things.ts"

const State = Schema.Struct({
  name: Schema.String,
  params: Schema.optionalKey(Schema.NullOr(Schema.JsonObject))
})

const Interaction = Schema.Struct({
  description: Schema.String,
  providerStates: Schema.optionalKey(Schema.Array(State)),
  request: Schema.Struct({
    method: Schema.String,
    path: Schema.String,
    generators: Schema.optionalKey(Schema.Struct({
      path: Schema.optionalKey(Schema.Struct({ expression: Schema.String }))
    })),
    headers: Schema.optionalKey(Schema.Record(Schema.String, Schema.Array(Schema.String))),
    body: Schema.optionalKey(Schema.Struct({ content: Schema.Json }))
  }),
  response: Schema.Struct({ status: Schema.Int })
})

const Pact = Schema.fromJsonString(Schema.Struct({ interactions: Schema.Array(Schema.Json) }))

const AnyJson = Schema.fromJsonString(Schema.JsonObject)

/** One interaction of the pact, as it is replayed. */
export interface OwnInteraction {
  readonly index: number
  readonly description: string
  /** Such as `GetUser`. */
  readonly operation: string
  readonly status: number
  readonly credentials: "basic" | "bearer"
  /** What is sent, where that is JSON. */
  readonly body: Schema.Json | undefined
  /** For the verifier. */
  readonly json: Schema.JsonObject
}

/** A header of the requests of the replay, which goes no further than this machine: whose request it is. */
export const marker = "X-Sunco-Interaction"

/** The same among the parameters of every state. */
export const stateMarker = "sunco-interaction"

export interface OwnPact {
  readonly interactions: ReadonlyArray<OwnInteraction>
  /** A pact of some of them. */
  readonly of: (interactions: ReadonlyArray<OwnInteraction>) => string
}

/** A brand of the account takes the place of every other. */
export const make = Effect.fnUntraced(function*(pact: string) {
  const { brand, falseId, prefix } = yield* Run
  const ledger = yield* Ledger
  const whole = yield* Schema.decodeEffect(AnyJson)(pact)
  const { interactions } = yield* Schema.decodeEffect(Pact)(pact)

  /** Other names for all that an interaction names itself. */
  const namesOf = (index: number, { providerStates = [], request }: typeof Interaction.Type) => {
    const names = new Map<string, string>()
    const otherName = (name: string) => `${prefix}-${index}-${name}`
    const otherId = (id: string) => id.replace(/[0-9a-f]{24}$/, falseId())
    const rename = (name: string, other: (name: string) => string) => {
      if (names.has(name)) return
      const renamed = other(name)
      names.set(name, renamed)
      ledger.own(renamed)
    }
    const look = (field: string, text: string, isOfNothing: boolean): void => {
      if (field === "brandId") return void (brand === undefined || names.set(text, brand))
      if (/^(userE|e)xternalId$/.test(field)) return rename(text, otherName)
      if (isId(text) && (isOfNothing || field.endsWith("Id"))) return rename(text, otherId)
      if (isOfNothing) return rename(text, otherName)
    }
    for (const { name, params } of providerStates) {
      Json.eachText(params ?? {}, (field, text) => look(field, text, name.startsWith("no ")))
    }
    Json.eachText(request.body?.content ?? {}, (field, text) => look(field, text, false))
    // What the path names by itself, no state has put there.
    for (const segment of (request.generators?.path?.expression ?? request.path).split("/")) {
      if (isId(segment)) rename(segment, otherId)
    }
    return names
  }

  const own = Effect.forEach(
    interactions,
    (json, index) =>
      Effect.map(Schema.decodeUnknownEffect(Interaction)(json), (interaction): OwnInteraction => {
        const renamed = renamedIn(json, namesOf(index, interaction))
        const operation = PactInteractions.operationOf(declaredOperations, interaction)
        const [authorization = ""] = interaction.request.headers?.["Authorization"] ?? []
        return {
          index,
          description: interaction.description,
          operation: operation?.operationId ?? "none",
          status: interaction.response.status,
          credentials: authorization.startsWith("Bearer ") ? "bearer" : "basic",
          body: interaction.request.body?.content,
          json: marked(renamed, index)
        }
      })
  )
  const made: OwnPact = {
    interactions: yield* own,
    of: (some) => JSON.stringify({ ...whole, interactions: some.map(({ json }) => json) })
  }
  return made
})

/** Such as `67a11490f0305f4a391e9f8a` or `app_5d8cff3cd55b040010928b5b`. */
const isId = (text: string): boolean => /^([a-z]+_)?[0-9a-f]{24}$/.test(text)

/** A value in which names have others, in texts that are one, and in the segments of paths. */
const renamedIn = (value: Schema.Json, names: ReadonlyMap<string, string>): Schema.Json => {
  const segment = (text: string) => {
    const other = names.get(decoded(text))
    return other === undefined ? text : encodeURIComponent(other)
  }
  const renamed = (value: Schema.Json, key: string): Schema.Json => {
    if (typeof value === "string") {
      const other = names.get(value)
      if (other !== undefined) return other
      if (value.startsWith("/v2/")) return value.split("/").map(segment).join("/")
      return key === "target" && /^https?:/.test(value) ? nowhere.target : value
    }
    if (Array.isArray(value)) return value.map((item) => renamed(item, key))
    return Json.isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, renamed(inside, name)]))
      : value
  }
  return renamed(value, "")
}

const decoded = (text: string): string => /%(?![0-9a-f]{2})/i.test(text) ? text : decodeURIComponent(text)

const object = (value: Schema.Json | undefined): Schema.JsonObject => Json.isObject(value) ? value : {}

const marked = (interaction: Schema.Json, index: number): Schema.JsonObject => {
  const { providerStates, request, ...rest } = object(interaction)
  const { headers, ...others } = object(request)
  return {
    ...rest,
    providerStates: (Array.isArray(providerStates) ? providerStates : []).map((state: Schema.Json) => {
      const { params, ...named } = object(state)
      return { ...named, params: { ...object(params), [stateMarker]: index } }
    }),
    request: { ...others, headers: { ...object(headers), [marker]: [String(index)] } }
  }
}
