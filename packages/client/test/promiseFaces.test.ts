/** Resources that no vendor has, through the face of promises: streams, and clients without an app. */
import type * as Promises from "@sunco/client/promise"
import { Sunshine, UserNotFound } from "@sunco/client/promise"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import type { Server } from "node:http"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, assert, beforeAll, describe, expect, it } from "vitest"
import { resource } from "../src/internal/promise/resources.ts"
import { Notes as NotesService, World as WorldService } from "./MadeUp.ts"

interface Methods {
  readonly stream: (userId: string, from?: object, options?: object) => AsyncIterable<{ readonly id: string }>
}

interface WorldMethods {
  readonly getApp: (appId: string) => Promise<unknown>
}

const Notes: Promises.Resource<Methods> = resource(NotesService)

const World: Promises.ResourceOutsideApp<WorldMethods> = resource(WorldService, false)

const asked: Array<string> = []
let server: Server
let baseUrl: string

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = request.url ?? ""
    asked.push(url)
    if (url.includes("/silent/")) return
    const status = url.includes("/nobody/") ? 404 : 200
    const page = Number(new URL(url, "http://localhost").searchParams.get("page[after]") ?? 0)
    response.writeHead(status, { "content-type": "application/json" }).end(
      JSON.stringify(
        status === 404
          ? { errors: [{ code: "user_not_found", title: "User not found" }] }
          : url.includes("/notes")
          ? { notes: [{ id: `${page}a` }, { id: `${page}b` }], meta: { hasMore: true, afterCursor: String(page + 1) } }
          : {}
      )
    )
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => server.closeAllConnections())

const options = () => ({
  appId: "app",
  baseUrl,
  credentials: { token: "token" },
  transport: UndiciTransport.layer
})

describe("a list that is read with for await", () => {
  it("gives everything in order, and asks for no page that nobody wants", async () => {
    asked.length = 0
    await using notes = Notes.make(options())
    const seen: Array<string> = []
    for await (const { id } of notes.stream("ada")) {
      seen.push(id)
      if (seen.length === 3) break
    }
    assert.deepStrictEqual(seen, ["0a", "0b", "1a"])
    assert.lengthOf(asked, 2)
  })

  it("rejects with the outcome by its class", async () => {
    await using notes = Notes.make(options())
    await expect(notes.stream("nobody")[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(UserNotFound)
  })

  it("ends with the reason of its signal", async () => {
    await using notes = Notes.make(options())
    const reason = new Error("enough")
    const controller = new AbortController()
    const reading = async () => {
      for await (const { id } of notes.stream("ada", undefined, { signal: controller.signal })) {
        if (id === "2a") controller.abort(reason)
      }
    }
    await expect(reading()).rejects.toBe(reason)

    const waiting = notes.stream("silent", undefined, { signal: AbortSignal.timeout(50) })[Symbol.asyncIterator]()
    await expect(waiting.next()).rejects.toMatchObject({ name: "TimeoutError" })
  })

  it("ends with its client", async () => {
    const notes = Notes.make(options())
    const waiting = notes.stream("silent")[Symbol.asyncIterator]().next()
    setTimeout(() => notes.close(), 20)
    await expect(waiting).rejects.toMatchObject({ name: "ClientClosed" })
  })

  it("is read anew by each loop", async () => {
    await using notes = Notes.make(options())
    const stream = notes.stream("ada")
    const first = async () => {
      for await (const { id } of stream) return id
      return undefined
    }
    assert.deepStrictEqual([await first(), await first()], ["0a", "0a"])
  })
})

describe("a client without an app", () => {
  const { appId: _, ...server } = { ...options(), appId: undefined }

  it("has the methods of its resource, and nothing that needs an app", async () => {
    await using world = World.make({ ...server, baseUrl })
    assert.deepStrictEqual(await world.getApp("another"), {})
    assert.notProperty(world, "request")
    assert.notProperty(world, "appId")
  })

  it("is that of several resources where all of them are outside of any app", async () => {
    await using sunshine = Sunshine.make({ ...server, baseUrl }, { world: World, again: World })
    assert.deepStrictEqual(await sunshine.again.getApp("another"), {})
    assert.deepStrictEqual(
      await sunshine.withResponse(({ world }) => world.getApp("another")).then(({ value }) => value),
      {}
    )
    assert.notProperty(sunshine, "appId")
  })

  it("has an app where one of its resources is of one", async () => {
    await using sunshine = Sunshine.make(options(), { world: World, notes: Notes })
    assert.strictEqual(sunshine.appId, "app")
    assert.deepStrictEqual(await sunshine.world.getApp("another"), {})
  })
})
