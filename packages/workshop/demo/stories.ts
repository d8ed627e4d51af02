import { SunshineError } from "@sunco/client/SunshineError"
import { MessageLimitReached, UserAlreadyExists, UserNotFound } from "@sunco/client/Outcomes"
import * as Fault from "@sunco/emulator/Fault"
import * as Base64 from "effect/encoding/Base64"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { Stage, Step, Story } from "./Step.ts"

const signUp: Story = {
  title: "Ada signs up",
  perCredential: true,
  steps: [
    {
      title: "Create Ada",
      call: "Users.create",
      why: "externalId is your own id for her. With it a create can be repeated and still makes one user.",
      run: Effect.fnUntraced(function*({ externalId, users }) {
        const ada = yield* users.create({
          externalId: externalId("ada"),
          profile: { givenName: "Ada", surname: "Byron", email: "ada@example.com" },
          metadata: { plan: "free", visits: 1 }
        })
        return {
          got: ada,
          holds: () => ({
            "the vendor gave her an id": ada.id !== "",
            "her externalId is yours": ada.externalId === externalId("ada")
          })
        }
      })
    },
    {
      title: "Read her",
      call: "Users.get",
      why: "By the id that the vendor gave her or, as here, by your own.",
      run: Effect.fnUntraced(function*({ externalId, users }) {
        const ada = yield* users.get(externalId("ada"))
        return { got: ada, holds: () => ({ "it is Ada": ada.profile?.givenName === "Ada" }) }
      })
    },
    {
      title: "Change her",
      call: "Users.update",
      why: "A value sets a field, null clears it, what is absent or undefined stays as it is.",
      run: Effect.fnUntraced(function*({ externalId, users }) {
        const ada = yield* users.update(externalId("ada"), {
          profile: { givenName: undefined, surname: "Lovelace", email: null },
          metadata: { plan: "pro" }
        })
        return {
          got: ada,
          holds: () => ({
            "new surname and plan": ada.profile?.surname === "Lovelace" && ada.metadata?.["plan"] === "pro",
            "e-mail cleared": (ada.profile?.email ?? null) === null,
            "given name and visits kept": ada.profile?.givenName === "Ada" && ada.metadata?.["visits"] === 1
          })
        }
      })
    }
  ]
}

const helpers: Story = {
  title: "Known or not, in one call",
  perCredential: true,
  steps: [
    {
      title: "Grace, who is new",
      call: "Users.getOrCreate",
      why: "Reads, and creates whom it does not find. Two callers at once still make one user.",
      run: Effect.fnUntraced(function*({ externalId, users }) {
        const grace = yield* users.getOrCreate({ externalId: externalId("grace"), profile: { givenName: "Grace" } })
        return { got: grace, holds: () => ({ "created": grace.created }) }
      })
    },
    {
      title: "Grace again",
      call: "Users.getOrCreate",
      why: "She is there now, and stays as she is.",
      run: Effect.fnUntraced(function*({ externalId, users }) {
        const grace = yield* users.getOrCreate({ externalId: externalId("grace"), profile: { givenName: "Amazing" } })
        return {
          got: grace,
          holds: () => ({
            "found, not created": !grace.created,
            "not changed": grace.user.profile?.givenName === "Grace"
          })
        }
      })
    },
    {
      title: "Grace, with news",
      call: "Users.upsert",
      why: "Updates whom it finds, creates whom it does not.",
      run: Effect.fnUntraced(function*({ externalId, users }) {
        const grace = yield* users.upsert({ externalId: externalId("grace"), profile: { surname: "Hopper" } })
        return {
          got: grace,
          holds: () => ({
            "found, not created": !grace.created,
            "new surname": grace.user.profile?.surname === "Hopper",
            "given name kept": grace.user.profile?.givenName === "Grace"
          })
        }
      })
    }
  ]
}

const email = "mary@example.com"
const zendeskId = "35436"

const fromSupport: Story = {
  title: "Mary is known to Zendesk Support",
  perCredential: true,
  steps: [
    {
      title: "Find her by e-mail",
      call: "Users.listByEmail",
      why: "Searches identities. No call of the API makes one, so the emulator is seeded with hers.",
      notLive: "it needs an identity, and only a channel or a login makes one",
      run: Effect.fnUntraced(function*({ emulator, users }) {
        yield* emulator.seed({
          users: [{ zendeskId, identities: [{ type: "email", value: email, verification: "sso" }] }],
          zendeskUsers: [{ id: zendeskId, givenName: "Mary", surname: "Jackson", email }]
        })
        const found = yield* users.listByEmail(email)
        return {
          got: found,
          holds: () => ({ "one user": found.length === 1, "it is she": found[0]?.zendeskId === zendeskId })
        }
      })
    },
    {
      title: "Take over her name",
      call: "Users.sync",
      why: "Copies name, externalId and e-mail from the core Zendesk user, which is seeded too.",
      notLive: "it needs a user who logged in to a help center",
      run: Effect.fnUntraced(function*({ users }) {
        const mary = yield* users.sync(zendeskId)
        return {
          got: mary,
          holds: () => ({ "she has a name": mary.profile?.givenName === "Mary" && mary.profile.surname === "Jackson" })
        }
      })
    }
  ]
}

/** One pixel. */
const picture = Result.getOrThrow(
  Base64.decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
)

const noted = ({ notes }: Stage, name: string): string => notes.get(name) ?? ""

const talk: Story = {
  title: "Ada writes, and is answered",
  perCredential: true,
  steps: [
    {
      title: "Open a conversation with her",
      call: "Conversations.create",
      why: "A personal one has one participant, who may write in it on any channel.",
      run: Effect.fnUntraced(function*({ conversations, externalId, notes }) {
        const conversation = yield* conversations.create({
          type: "personal",
          participants: [{ userExternalId: externalId("ada") }]
        })
        notes.set("conversation", conversation.id)
        return { got: conversation, holds: () => ({ "the vendor gave it an id": conversation.id !== "" }) }
      })
    },
    {
      title: "Ada asks",
      call: "Messages.post",
      why: "A message in: the author is the user. It is sent again only when nothing can have arrived.",
      run: Effect.fnUntraced(function*(stage) {
        const sent = yield* stage.messages.post(noted(stage, "conversation"), {
          author: { type: "user", userExternalId: stage.externalId("ada") },
          content: { type: "text", text: "What is there today?" }
        })
        return { got: sent, holds: () => ({ "one message": sent.length === 1 }) }
      })
    },
    {
      title: "Upload a picture",
      call: "Attachments.upload",
      why: "For a message of this conversation, and so deleted with it.",
      run: Effect.fnUntraced(function*(stage) {
        const file = yield* stage.attachments.upload({ name: "tacos.png", contentType: "image/png", data: picture }, {
          access: "public",
          for: "message",
          conversationId: noted(stage, "conversation")
        })
        stage.notes.set("picture", file.mediaUrl)
        return { got: { mediaType: file.mediaType }, holds: () => ({ "it has an address": file.mediaUrl !== "" }) }
      })
    },
    {
      title: "Answer her with a carousel",
      call: "Messages.postOnce",
      why: "A message out, with a key: work that is begun again finds it, and she gets it once.",
      run: Effect.fnUntraced(function*(stage) {
        const answer = () =>
          stage.messages.postOnce(noted(stage, "conversation"), "order-7", {
            author: { type: "business" },
            content: {
              type: "carousel",
              items: [{
                title: "Tacos",
                mediaUrl: noted(stage, "picture"),
                actions: [{ type: "postback", text: "Tacos, please", payload: "tacos" }]
              }]
            }
          })
        const first = yield* answer()
        const second = yield* answer()
        return {
          got: { first: first.posted, second: second.posted },
          holds: () => ({
            "sent, then found": first.posted && !second.posted,
            "the same message": first.messages[0]?.id === second.messages[0]?.id
          })
        }
      })
    },
    {
      title: "Read it back",
      call: "Messages.stream",
      why: "The newest come first, and a page is fetched when it is needed: two messages cost one request.",
      run: Effect.fnUntraced(function*(stage) {
        const newest = yield* stage.messages.stream(noted(stage, "conversation")).pipe(
          Stream.take(2),
          Stream.runCollect
        )
        const kinds = newest.map(({ content }) => content?.type)
        return {
          got: kinds,
          holds: (sent) => ({
            "the carousel, then the question": kinds.join() === "carousel,text",
            "one request": sent.length === 1
          })
        }
      })
    },
    {
      title: "A conversation that is full",
      call: "Messages.post",
      why: "A 423 is Effect.catchTag(\"MessageLimitReached\", …). Room is made by deleting, or one begins another one.",
      notLive: "nobody has 30,000 messages at hand",
      run: Effect.fnUntraced(function*({ emulator, externalId, messages }) {
        const { conversations: [full] } = yield* emulator.seed({
          conversations: [{ participants: [{ userExternalId: externalId("ada") }], messageCount: 30_000 }]
        })
        const got = yield* messages.post(full?.conversation.id ?? "", {
          author: { type: "business" },
          content: { type: "text", text: "One more" }
        }).pipe(Effect.catchTag("MessageLimitReached", (error) => Effect.succeed(error)))
        return { got, holds: () => ({ "handled as MessageLimitReached": got instanceof MessageLimitReached }) }
      })
    }
  ]
}

const refusals: Story = {
  title: "The answer is no",
  perCredential: false,
  steps: [
    {
      title: "Nobody of that id",
      call: "Users.get",
      why: "A 404 is an error of its own type, handled with Effect.catchTag(\"UserNotFound\", …).",
      run: Effect.fnUntraced(function*({ externalId, users }) {
        const got = yield* users.get(externalId("nobody")).pipe(
          Effect.catchTag("UserNotFound", (error) => Effect.succeed(error))
        )
        return { got, holds: () => ({ "handled as UserNotFound": got instanceof UserNotFound }) }
      })
    },
    {
      title: "The externalId is taken",
      call: "Users.create",
      why: "So is a 409: Effect.catchTag(\"UserAlreadyExists\", …).",
      run: Effect.fnUntraced(function*({ externalId, users }) {
        const got = yield* users.create({ externalId: externalId("ada"), profile: { givenName: "Adele" } }).pipe(
          Effect.catchTag("UserAlreadyExists", (error) => Effect.succeed(error))
        )
        return { got, holds: () => ({ "handled as UserAlreadyExists": got instanceof UserAlreadyExists }) }
      })
    },
    {
      title: "An id that cannot be right",
      call: "Users.get",
      why: "In a URL \"..\" means one level up: a delete of it would address the whole app.",
      run: Effect.fnUntraced(function*({ users }) {
        const got = yield* users.get("..").pipe(Effect.catchTag("SunshineError", (error) => Effect.succeed(error)))
        return {
          got,
          holds: (sent) => ({
            "refused as InvalidInput": got instanceof SunshineError && got.reason._tag === "InvalidInput",
            "nothing was sent": sent.length === 0
          })
        }
      })
    }
  ]
}

const outages: Story = {
  title: "A bad day at the vendor, and on the network",
  perCredential: false,
  steps: [
    {
      title: "503 twice, then all is well",
      call: "Users.get",
      why: "Tried again after a random wait of at most 200 ms, then 400 ms, and so on.",
      notLive: "nobody can order a 503",
      run: Effect.fnUntraced(function*({ emulator, externalId, users }) {
        yield* emulator.faults.next(Fault.status(503), Fault.status(503))
        const { id, profile } = yield* users.get(externalId("ada"))
        return {
          got: { id, profile },
          holds: (sent) => ({ "3 attempts": sent.length === 3, "it is Ada": profile?.givenName === "Ada" })
        }
      })
    },
    {
      title: "429 with Retry-After",
      call: "Users.get",
      why: "The vendor's time is a floor under the random wait.",
      notLive: "nobody can order a 429",
      run: Effect.fnUntraced(function*({ emulator, externalId, users }) {
        yield* emulator.faults.next(Fault.rateLimited({ retryAfter: 1 }))
        const { id, profile } = yield* users.get(externalId("ada"))
        return {
          got: { id, profile },
          holds: ([first, second, third]) => ({
            "2 attempts": second !== undefined && third === undefined,
            "the second after 1 s at the earliest": (second?.at ?? 0) - (first?.at ?? 0) >= 1000
          })
        }
      })
    },
    {
      title: "A create whose answer is lost",
      call: "Users.create",
      why: "Alan was made and nobody heard of it. The 409 of the next attempt is looked into: he is ours.",
      notLive: "nobody can order a cut connection",
      run: Effect.fnUntraced(function*({ emulator, externalId, users }) {
        yield* emulator.faults.next(Fault.cutAfterApplied)
        const alan = yield* users.create({ externalId: externalId("alan"), profile: { givenName: "Alan" } })
        const stored = yield* emulator.stored("Users")
        return {
          got: alan,
          holds: () => ({
            "exactly one Alan is stored": stored.filter(({ profile }) => profile?.givenName === "Alan").length === 1,
            "it is he": stored.some(({ id }) => id === alan.id)
          })
        }
      })
    },
    {
      title: "A create that is not repeated",
      call: "Users.create",
      why: "Without an externalId a second attempt could make a second user. So there is none.",
      notLive: "nobody can order a 503",
      run: Effect.fnUntraced(function*({ emulator, users }) {
        yield* emulator.faults.next(Fault.status(503))
        const got = yield* users.create({ profile: { givenName: "Anonymous" } }).pipe(
          Effect.catchTag("SunshineError", (error) => Effect.succeed(error))
        )
        return {
          got,
          holds: (sent) => ({
            "1 attempt": sent.length === 1,
            "the error says why": got instanceof SunshineError && got.retryStopped === "unsafe"
          })
        }
      })
    }
  ]
}

const farewell: Story = {
  title: "Ada leaves",
  perCredential: true,
  steps: [
    {
      title: "Forget what is personal",
      call: "Users.deletePersonalInformation",
      why: "Name, e-mail, avatar and metadata go, her conversations stay. It cannot be undone.",
      run: Effect.fnUntraced(function*({ externalId, users }) {
        const ada = yield* users.deletePersonalInformation(externalId("ada"))
        return {
          got: ada,
          holds: () => ({
            "no name": (ada.profile?.givenName ?? null) === null,
            "no metadata": Object.keys(ada.metadata ?? {}).length === 0,
            "externalId kept": ada.externalId === externalId("ada")
          })
        }
      })
    },
    {
      title: "Delete her",
      call: "Users.delete",
      why: "With her conversations. Had the answer been lost, a 404 to the next attempt would be a success.",
      run: Effect.fnUntraced(function*({ externalId, users }) {
        const got = yield* users.delete(externalId("ada"))
        return { got, holds: (sent) => ({ "deleted": sent.at(-1)?.status === 200 }) }
      })
    }
  ]
}

export const stories: ReadonlyArray<Story> = [signUp, talk, helpers, fromSupport, refusals, outages, farewell]

export const steps: ReadonlyArray<Step> = stories.flatMap((story) => story.steps)
