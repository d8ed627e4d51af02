/** An emulator with operations that no vendor has: what a row can say beyond what those of users do. */
import { Emulator, type EmulatorOptions } from "@sunco/emulator/Emulator"
import { AppId } from "@sunco/schemas/Ids"
import type { Operations } from "@sunco/schemas/Operation"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { makeEmulation } from "../src/internal/emulation.ts"
import { memoryClient } from "../src/internal/memoryClient.ts"
import { listen } from "../src/internal/nodeServer.ts"
import { Refusal, userNotFound } from "../src/internal/refusal.ts"
import { type Resource } from "../src/internal/resource.ts"
import { type AppState, sunshine } from "../src/internal/resources.ts"
import { Store } from "../src/internal/store.ts"

interface Note {
  readonly id: string
  readonly userId: string
  readonly text: string
}

const Note: Schema.Codec<Note> = Schema.Struct({ id: Schema.String, userId: Schema.String, text: Schema.String })

const everyScope = ["integration", "app", "account"] as const

export const NotesOperations = {
  create: {
    operationId: "CreateNote",
    method: "POST",
    path: "/v2/apps/:appId/users/:userId/notes",
    params: { appId: AppId, userId: Schema.String },
    payload: Schema.Struct({ text: Schema.String }),
    scopes: everyScope,
    success: { status: 201, schema: Schema.Struct({ note: Note }) }
  },
  list: {
    operationId: "ListNotes",
    method: "GET",
    path: "/v2/apps/:appId/notes",
    params: { appId: AppId },
    query: Schema.Struct({ "page[after]": Schema.optionalKey(Schema.String) }),
    scopes: everyScope,
    success: { status: 200, schema: Schema.Struct({ notes: Schema.Array(Note), hasMore: Schema.Boolean }) }
  },
  clear: {
    operationId: "ClearNotes",
    method: "DELETE",
    path: "/v2/apps/:appId/notes",
    params: { appId: AppId },
    scopes: ["account"],
    success: { status: 200, schema: Schema.Struct({}) }
  },
  attach: {
    operationId: "AttachFile",
    method: "POST",
    path: "/v2/apps/:appId/files",
    params: { appId: AppId },
    payload: Schema.Struct({ access: Schema.String, source: Schema.Unknown }),
    body: "multipart",
    limits: { requestBytes: 1_048_576 },
    scopes: everyScope,
    success: {
      status: 201,
      schema: Schema.Struct({
        fields: Schema.Record(Schema.String, Schema.String),
        files: Schema.Array(Schema.Struct({ name: Schema.String, type: Schema.String, bytes: Schema.Finite }))
      })
    }
  }
} as const satisfies Operations

export const WorldOperations = {
  listApps: {
    operationId: "ListApps",
    method: "GET",
    path: "/made-up/apps",
    params: {},
    scopes: ["account"],
    success: { status: 200, schema: Schema.Struct({ apps: Schema.Array(Schema.String) }) }
  },
  getToken: {
    operationId: "GetToken",
    method: "POST",
    path: "/made-up/token",
    params: {},
    payload: Schema.Struct({ code: Schema.String }),
    auth: "none",
    scopes: [],
    success: { status: 200, schema: Schema.Struct({ token: Schema.String }) }
  },
  getTokenInfo: {
    operationId: "GetTokenInfo",
    method: "GET",
    path: "/made-up/tokenInfo",
    params: {},
    auth: "bearer",
    scopes: ["integration"],
    success: { status: 200, schema: Schema.Struct({ integrationId: Schema.optionalKey(Schema.String) }) }
  }
} as const satisfies Operations

interface NotesState {
  readonly notes: Store<Note>
}

export const notes: Resource<typeof NotesOperations, NotesState, AppState> = {
  state: ({ users }) => {
    const notes = new Store<Note>()
    users.onRemove(({ id }, successor) => {
      for (const note of notes.all()) {
        if (note.userId !== id) continue
        if (successor === undefined) notes.remove(note.id)
        else notes.put({ ...note, userId: successor.id })
      }
    })
    return { notes }
  },
  behaviours: {
    create: ({ app, emit, makeId, params, payload: { text } }) => {
      const user = app.users.find(params.userId)
      if (user === undefined) return userNotFound
      const note = app.notes.put({ id: makeId(), userId: user.id, text })
      emit({ type: "note:create", payload: { note: { ...note } } })
      return { note }
    },
    list: ({ app, query }) => {
      const page = app.notes.page({ after: query["page[after]"], size: 2 })
      return page instanceof Refusal ? page : { notes: page.items, hasMore: page.meta.hasMore }
    },
    clear: ({ app }) => {
      app.notes.clear()
      return {}
    },
    attach: ({ payload: { fields, files } }) => ({
      fields,
      files: Object.values(files).map(({ bytes, contentType, name }) => ({
        name,
        type: contentType,
        bytes: bytes.length
      }))
    })
  }
}

const world: Resource<typeof WorldOperations, {}, AppState> = {
  state: () => ({}),
  behaviours: {
    listApps: ({ emit, world }) => {
      const apps = world.apps.all().map(({ id }) => id)
      emit({ type: "apps:list", payload: { apps } })
      return { apps }
    },
    getToken: ({ payload: { code } }) => ({ token: `token-for-${code}` }),
    getTokenInfo: ({ caller }) => caller?.integrationId === undefined ? {} : { integrationId: caller.integrationId }
  }
}

const emulated = {
  ...sunshine,
  operations: { ...sunshine.operations, Notes: NotesOperations, World: WorldOperations },
  resources: { ...sunshine.resources, Notes: notes, World: world }
}

/** In memory and over a socket, as those of `Emulator` are. */
export const transports: ReadonlyArray<{
  readonly name: string
  readonly layer: (options?: EmulatorOptions) => Layer.Layer<Emulator | HttpClient.HttpClient>
}> = [
  {
    name: "in memory",
    layer: (options) =>
      Layer.effectContext(
        Effect.map(makeEmulation(options, emulated), ({ service, ...emulation }) =>
          Context.make(Emulator, Emulator.of({ ...service, url: "http://localhost" })).pipe(
            Context.add(HttpClient.HttpClient, memoryClient(emulation))
          ))
      )
  },
  {
    name: "over a socket",
    layer: (options) =>
      Layer.effect(
        Emulator,
        Effect.gen(function*() {
          const { service, ...emulation } = yield* makeEmulation(options, emulated)
          const port = yield* Effect.orDie(listen(emulation, "127.0.0.1", 0))
          return Emulator.of({ ...service, url: `http://127.0.0.1:${port}` })
        })
      ).pipe(Layer.merge(FetchHttpClient.layer))
  }
]
