/** What the contracts of events have to have: every type, what a webhook can ask for, and exactness where handlers look. */
import { assert, describe, it } from "@effect/vitest"
import type { EventContract } from "@sunco/contracts/EventContract"
import { EventContracts } from "@sunco/contracts/EventContracts"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import type { EventType } from "@sunco/schemas/Event"
import { EventPayloads } from "@sunco/schemas/EventPayloads"
import * as Matcher from "effect-pact/Matcher"
import * as SchemaMatchers from "effect-pact/SchemaMatchers"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import { readFileSync } from "node:fs"
import { webhooksPactFile } from "../bin/pactFile.ts"

const types = Schema.decodeUnknownSync(Schema.Array(Schema.Literals(Object.keys(EventPayloads) as Array<EventType>)))(
  Object.keys(EventPayloads)
)

const Contents = Schema.Struct({ events: Schema.Array(Schema.Struct({ type: Schema.String, payload: Schema.Json })) })

const Pact = Schema.fromJsonString(Schema.Struct({
  interactions: Schema.Array(Schema.Struct({
    type: Schema.Literal("Asynchronous/Messages"),
    description: Schema.String,
    contents: Schema.Struct({ content: Contents })
  }))
}))

const { interactions } = Schema.decodeUnknownSync(Pact)(readFileSync(webhooksPactFile, "utf8"))

const unique = (texts: ReadonlyArray<string>) => Array.from(new Set(texts)).sort()

const payloadOf = ({ interaction }: EventContract): Schema.Json =>
  Schema.decodeUnknownSync(Contents)(Matcher.example(interaction.contents)).events[0]?.payload ?? assert.fail()

describe("the pact of events", () => {
  it("has a message for every type that is declared, and for no other", () => {
    assert.deepStrictEqual(
      unique(interactions.flatMap(({ contents }) => contents.content.events.map(({ type }) => type))),
      unique(types)
    )
    assert.lengthOf(types, 26)
  })

  it("has every contract, each under a description of its own, which says what has happened", () => {
    const descriptions = EventContracts.map(({ interaction }) => interaction.description)
    assert.deepStrictEqual(unique(descriptions), unique(interactions.map(({ description }) => description)))
    assert.lengthOf(unique(descriptions), EventContracts.length)
  })
})

/** The names of the fields on the way to each field of that name. */
const placesOf = (ast: AST.AST, name: string, path = "$"): ReadonlyArray<string> => {
  if (AST.isUnion(ast)) return unique(ast.types.flatMap((type) => placesOf(type, name, path)))
  if (AST.isArrays(ast)) return ast.rest.flatMap((type) => placesOf(type, name, path))
  if (!AST.isObjects(ast)) return []
  return ast.propertySignatures.flatMap((field) => {
    const own = `${path}.${String(field.name)}`
    return [...field.name === name ? [own] : [], ...placesOf(field.type, name, own)]
  })
}

/** What is at a path of names. */
const at = (json: unknown, path: string): unknown =>
  path.split(".").slice(1).reduce<unknown>(
    (value, name) => typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined,
    json
  )

/** The types whose user is cut down, whatever a webhook asks for. */
const cutDown: ReadonlySet<EventType> = new Set([
  "client:add",
  "client:remove",
  "client:update",
  "conversation:join",
  "conversation:leave",
  "user:remove"
])

/** Where a message repeats others, which have what it has. */
const isRepeated = (path: string) => /\.(recentNotifications|quotedMessage)\b/.test(path)

describe("the flags of webhooks", () => {
  /** What of an event a flag is about: fields of the kind, and those of which there are some only with the flag. */
  const variants: ReadonlyArray<{
    readonly flag: "includeFullUser" | "includeFullSource"
    readonly names: ReadonlyArray<string>
    readonly has: (value: unknown) => boolean
    readonly types: ReadonlyArray<EventType>
  }> = [
    {
      flag: "includeFullUser",
      names: ["user", "surviving"],
      has: (value) => at(value, "$.profile") !== undefined,
      types: types.filter((type) => !cutDown.has(type))
    },
    {
      flag: "includeFullSource",
      names: ["source"],
      has: (value) => Boolean(at(value, "$.client")) || Boolean(at(value, "$.device")),
      types
    }
  ]

  it.each(variants)("$flag: wherever it changes what comes, there are contracts with it and without", (variant) => {
    const { flag, has, names } = variant
    const changed = variant.types.filter((type) =>
      names.some((name) => placesOf(EventPayloads[type].ast, name).some((path) => !isRepeated(path)))
    )
    const pinned = (isAsked: boolean) =>
      unique(
        EventContracts.filter(({ type, webhook, ...contract }) =>
          (webhook[flag] === true) === isAsked && changed.includes(type) &&
          names.flatMap((name) => placesOf(EventPayloads[type].ast, name)).some((path) =>
            at(contract.payload, path) !== undefined && has(at(contract.payload, path)) === isAsked
          )
        ).map(({ type }) => type)
      )
    assert.isAbove(changed.length, 8)
    assert.deepStrictEqual([pinned(true), pinned(false)], [unique(changed), unique(changed)])
  })

  it("are told to the provider as the state of the webhook, with the type as its one trigger", () => {
    for (const { interaction: { states = [] }, type, webhook } of EventContracts) {
      const [{ name, parameters } = assert.fail()] = states
      assert.strictEqual(name, "an integration exists")
      assert.deepStrictEqual(at(parameters, "$.webhooks.0"), {
        target: "https://example.com/callback",
        triggers: [type],
        ...webhook
      })
    }
  })
})

/** What is shown by the contracts of calls, which give the same things. */
const isOfModel = (text: string) =>
  /\.(conversation|user|client|device|(mergedUsers|mergedConversations|mergedClients)\.\w+)\./.test(text) ||
  /\.content\(\w+\)\./.test(text) ||
  isRepeated(text)

/** What no contract shows, and why. */
const notShown: ReadonlyArray<RegExp> = [
  // Nobody can say what a type will be that there is not yet.
  /^conversation:message \$\.message\.content: never an object$/,
  // Where there is nothing to list, there is no list.
  /\.(subtypes|references|externalMessages): never empty$/,
  // A source without anything is shown where it does not hide another.
  /^(client:(add|remove)|conversation:(read|typing)|user:update) \$\.(activity\.)?source\S*: never (null|present)$/,
  // The list of messages shows it, or the document has no null there.
  /^conversation:message \$\.message\.(activity\.data|references\[\*\]\.(title|description)): never null$/,
  // As of `conversation:referral`.
  /^conversation:create \$\.referral\.details(\.adId)?: never null$/,
  // As of `switchboard:acceptControl`, and of the first of the three.
  /^switchboard:(?!acceptControl )\S+ \$\.metadata: never null$/,
  /^conversation:message:delivery:(failure|user) \$\.externalMessages: never null$/
]

describe("the examples of events", () => {
  it("show all that the receiver reads, but for what is known", () => {
    const uncovered = types.flatMap((type) =>
      SchemaMatchers.uncovered(EventPayloads[type], EventContracts.filter((_) => _.type === type).map(payloadOf))
        .filter((text) => !text.endsWith(": never absent") && !isOfModel(text))
        .map((text) => `${type} ${text}`)
    )
    assert.deepStrictEqual(uncovered.filter((text) => !notShown.some((known) => known.test(text))), [])
    assert.deepStrictEqual(notShown.filter((known) => !uncovered.some((text) => known.test(text))), [])
  })
})

/** JSON of which nothing is known: of all that is inside the type is all that counts. */
const isFree = (path: string) => /\.(raw|template)\./.test(path)

describe("exactness", () => {
  it("no bare value of any contract is loosened by what is around it", () => {
    const loosened = [
      ...SunshineContracts.map(({ interaction }) =>
        [interaction.description, interaction.response.body ?? null] as const
      ),
      ...EventContracts.map(({ interaction }) => [interaction.description, interaction.contents] as const)
    ].flatMap(([description, pattern]) =>
      Matcher.loosened(pattern).filter((path) => !isFree(path)).map((path) => `${description}: ${path}`)
    )
    assert.deepStrictEqual(loosened, [])
  })

  /** The fields by which a handler tells what has happened, and how each is compared. */
  const telling = (pattern: Matcher.Pattern, path = "$"): ReadonlyArray<readonly [path: string, how: unknown]> => {
    if (typeof pattern !== "object" || pattern === null) return []
    if (Matcher.isMatcher(pattern)) return telling(pattern.value, path)
    return Object.entries<Matcher.Pattern>(pattern as { readonly [name: string]: Matcher.Pattern }).flatMap(
      ([name, value]) => [
        ...["type", "reason", "creationReason", "status", "code"].includes(name)
          ? [
            [
              `${path}.${name}`,
              typeof value === "object" && value !== null && "pact:matcher:type" in value
                ? value["pact:matcher:type"]
                : value
            ] as const
          ]
          : [],
        ...telling(value, `${path}.${name}`)
      ]
    )
  }

  it("what tells one thing from another is exact, wherever it stands", () => {
    const all = EventContracts.flatMap(({ interaction }) => telling(interaction.contents))
    assert.deepStrictEqual(all.filter(([, how]) => how !== "equality"), [])
    assert.includeMembers(all.map(([path]) => path), [
      "$.events.0.type",
      "$.events.0.payload.message.content.type",
      "$.events.0.payload.message.author.type",
      "$.events.0.payload.activity.type",
      "$.events.0.payload.reason"
    ])
  })
})
