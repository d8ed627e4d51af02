import { assert, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { call } from "./Call.ts"
import { activity, author, business, group, idsOf, messages, participants, post } from "./Conversing.ts"

const Who = Schema.Literals(["business", "ada", "eve"])

const Step = Schema.Union([
  Schema.TaggedStruct("post", { who: Who }),
  Schema.TaggedStruct("read", { who: Who }),
  Schema.TaggedStruct("delete", { which: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 9 })) }),
  Schema.TaggedStruct("deleteAll", {})
])

const people = ["ada", "eve"]

/** The model: what was said and by whom, with those who have not read it. */
interface Said {
  readonly id: string
  readonly unread: ReadonlyArray<string>
}

const authorOf = (who: string) => who === "business" ? business : author(who)

layer(Emulator.layerMemory({ users: people.map((externalId) => ({ externalId })) }))("a conversation", (it) => {
  it.effect.prop(
    "has the messages and the counts of its model, whatever is posted, read and deleted",
    [Schema.Array(Step)],
    ([steps]) =>
      Effect.gen(function*() {
        yield* (yield* Emulator).reset
        const { id } = yield* group(...people)
        let said: ReadonlyArray<Said> = []
        for (const step of steps) {
          switch (step._tag) {
            case "post": {
              const [message] = yield* post(id, "x", authorOf(step.who))
              said = [...said, { id: message?.["id"], unread: people.filter((name) => name !== step.who) }]
              break
            }
            case "read":
              yield* activity(id, "conversation:read", authorOf(step.who))
              said = said.map((one) => ({ ...one, unread: one.unread.filter((name) => name !== step.who) }))
              break
            case "delete": {
              const gone = said[step.which]?.id ?? "none"
              const { status } = yield* call("DELETE", `conversations/${id}/messages/${gone}`)
              assert.strictEqual(status, said[step.which] === undefined ? 404 : 200)
              said = said.filter((one) => one.id !== gone)
              break
            }
            case "deleteAll":
              yield* call("DELETE", `conversations/${id}/messages`)
              said = []
          }
        }
        assert.deepStrictEqual(idsOf((yield* messages(id))["messages"]), said.map(({ id }) => id))
        assert.deepStrictEqual(
          (yield* participants(id)).map(({ unreadCount }) => unreadCount),
          people.map((name) => said.filter(({ unread }) => unread.includes(name)).length)
        )
      })
  )

  it.effect.prop(
    "is read whole, page by page, in either direction",
    [Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 350 }))],
    ([messageCount]) =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        const { conversations } = yield* emulator.seed({ conversations: [{ id: "c", messageCount }] })
        const ids = idsOf(conversations[0]?.messages ?? [])
        const walk = Effect.fnUntraced(function*(start: string, cursor: "afterCursor" | "beforeCursor") {
          const pages: Array<ReadonlyArray<string>> = []
          for (let query = start;;) {
            const page = yield* messages("c", query)
            pages.push(idsOf(page["messages"]))
            if (!page["meta"].hasMore) return pages
            query = `?page[${cursor === "afterCursor" ? "after" : "before"}]=${page["meta"][cursor]}`
          }
        })
        assert.deepStrictEqual((yield* walk("", "beforeCursor")).toReversed().flat(), ids)
        const beginning = "0".repeat(24)
        assert.deepStrictEqual((yield* walk(`?page[after]=${beginning}`, "afterCursor")).flat(), ids)
      })
  )
})
