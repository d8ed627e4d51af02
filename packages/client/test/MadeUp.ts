/** A resource that no vendor has: what a row of operations can say beyond what those of users do. */
import type { EffectFace } from "@sunco/client/EffectFace"
import type { Call, Face, Many } from "@sunco/client/Face"
import { UserNotFound } from "@sunco/client/Outcomes"
import * as Resource from "@sunco/client/Resource"
import { Secret } from "@sunco/schemas/Secret"
import { type From, Meta, type Page } from "@sunco/schemas/Page"
import { FilePart } from "@sunco/schemas/FilePart"
import { AppId, PathSegment } from "@sunco/schemas/Ids"
import type { Operations } from "@sunco/schemas/Operation"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { pageQuery, pagesOf, wholePage } from "../src/internal/operation/pages.ts"
import { multipart } from "../src/internal/operation/multipart.ts"
import { nothing, resource } from "../src/internal/operation/resource.ts"

const scopes = ["account"] as const

const Anything = Schema.Record(Schema.String, Schema.Unknown)

const uploadLimits = {
  attemptMillis: "none",
  idleMillis: 30_000,
  deadlineMillis: 600_000,
  requestBytes: 52_428_800
} as const

const largeAnswer = 32 * 1024 * 1024

const FilesOperations = {
  upload: {
    operationId: "UploadFile",
    method: "POST",
    path: "/v2/apps/:appId/files",
    params: { appId: AppId },
    query: Schema.Struct({ access: Schema.String }),
    payload: Schema.Struct({ note: Schema.optionalKey(Schema.String), source: FilePart }),
    body: "multipart",
    limits: uploadLimits,
    scopes,
    success: { status: 201, schema: Anything },
    failures: { UserNotFound: { status: 404, codes: ["not_found"] } }
  },
  uploadImpatiently: {
    operationId: "UploadFile",
    method: "POST",
    path: "/v2/apps/:appId/files",
    params: { appId: AppId },
    payload: Schema.Struct({ source: FilePart }),
    body: "multipart",
    limits: { attemptMillis: "none", idleMillis: 1000 },
    scopes,
    success: { status: 201, schema: Anything }
  },
  list: {
    operationId: "ListFiles",
    method: "GET",
    path: "/v2/apps/:appId/files",
    params: { appId: AppId },
    limits: { responseBytes: largeAnswer },
    scopes,
    success: { status: 200, schema: Anything }
  }
} as const satisfies Operations

interface FilesMethods<F extends Face> {
  readonly upload: (
    file: FilePart,
    options?: F["options"]
  ) => Call<F, unknown, "UserNotFound">
  readonly uploadImpatiently: (file: FilePart, options?: F["options"]) => Call<F, unknown>
  readonly list: (options?: F["options"]) => Call<F, unknown>
}

/** Of an app: a form with a file, and an answer that may be large. */
export class Files extends Resource.Service<Files, FilesMethods<EffectFace>>()("made-up/Files", (sunshine) => {
  const safety = { upload: "stop", uploadImpatiently: "stop", list: "repeat" } as const
  const { call } = resource(sunshine, "Files", FilesOperations, safety, { UserNotFound }, multipart)
  return {
    upload: call(
      "upload",
      (source: FilePart, _options?: EffectFace["options"]) => ({
        params: {},
        query: { access: "public" },
        payload: { note: "a note", source }
      }),
      (answer): unknown => answer
    ),
    uploadImpatiently: call(
      "uploadImpatiently",
      (source: FilePart, _options?: EffectFace["options"]) => ({ params: {}, payload: { source } }),
      (answer): unknown => answer
    ),
    list: call("list", (_options?: EffectFace["options"]) => ({ params: {} }), (answer): unknown => answer)
  }
}) {}

const WorldOperations = {
  getApp: {
    operationId: "GetApp",
    method: "GET",
    path: "/v2/apps/:appId",
    params: { appId: AppId },
    scopes,
    success: { status: 200, schema: Anything }
  },
  deleteKey: {
    operationId: "DeleteKey",
    method: "DELETE",
    path: "/v2/apps/:appId/keys/:keyId",
    params: { appId: AppId, keyId: PathSegment },
    scopes,
    success: { status: 200, schema: Anything }
  },
  getToken: {
    operationId: "GetToken",
    method: "POST",
    path: "/oauth/token",
    params: {},
    payload: Schema.Struct({ code: Schema.String }),
    auth: "none",
    scopes: [],
    success: { status: 200, schema: Anything }
  },
  getTokenInfo: {
    operationId: "GetTokenInfo",
    method: "GET",
    path: "/v2/tokenInfo",
    params: {},
    auth: "bearer",
    scopes,
    success: { status: 200, schema: Anything }
  }
} as const satisfies Operations

interface WorldMethods<F extends Face> {
  readonly getApp: (appId: string, options?: F["options"]) => Call<F, unknown>
  readonly deleteKey: (appId: string, keyId: string, options?: F["options"]) => Call<F, void>
  readonly getToken: (code: string, options?: F["options"]) => Call<F, unknown>
  readonly getTokenInfo: (options?: F["options"]) => Call<F, unknown>
}

/** Outside of any app; one operation is called without credentials, one with a token alone. */
export class World extends Resource.ServiceOutsideApp<World, WorldMethods<EffectFace>>()("made-up/World", (client) => {
  const { call } = resource(
    client,
    "World",
    WorldOperations,
    { getApp: "repeat", deleteKey: "repeat", getToken: "stop", getTokenInfo: "repeat" },
    {}
  )
  const whole = (answer: unknown): unknown => answer
  return {
    getApp: call("getApp", (appId: string, _options?: EffectFace["options"]) => ({ params: { appId } }), whole),
    deleteKey: call(
      "deleteKey",
      (appId: string, keyId: string, _options?: EffectFace["options"]) => ({ params: { appId, keyId } }),
      nothing
    ),
    getToken: call(
      "getToken",
      (code: string, _options?: EffectFace["options"]) => ({ params: {}, payload: { code } }),
      whole
    ),
    getTokenInfo: call("getTokenInfo", (_options?: EffectFace["options"]) => ({ params: {} }), whole)
  }
}) {}

interface Note {
  readonly id: string
  readonly secret?: Redacted.Redacted
}

const Note: Schema.Codec<Note, unknown> = Schema.Struct({ id: Schema.String, secret: Schema.optionalKey(Secret) })

const NotesOperations = {
  list: {
    operationId: "ListNotes",
    method: "GET",
    path: "/v2/apps/:appId/users/:userId/notes",
    params: { appId: AppId, userId: PathSegment },
    query: Schema.Struct({
      "page[after]": Schema.optionalKey(Schema.String),
      "page[before]": Schema.optionalKey(Schema.String)
    }),
    scopes,
    success: { status: 200, schema: Schema.Struct({ notes: Schema.Array(Note), meta: Schema.optionalKey(Meta) }) },
    failures: { UserNotFound: { status: 404, codes: ["user_not_found"] } }
  },
  create: {
    operationId: "CreateNote",
    method: "POST",
    path: "/v2/apps/:appId/notes",
    params: { appId: AppId },
    payload: Note,
    scopes,
    success: { status: 201, schema: Note }
  }
} as const satisfies Operations

interface NotesMethods<F extends Face> {
  readonly list: (userId: string, from?: From, options?: F["options"]) => Call<F, Page<Note>, "UserNotFound">
  readonly stream: (userId: string, from?: From, options?: F["options"]) => Many<F, Note, "UserNotFound">
  /** As one that the vendor lists newest first. */
  readonly streamBackwards: (userId: string, from?: From, options?: F["options"]) => Many<F, Note, "UserNotFound">
  readonly create: (note: Note, options?: F["options"]) => Call<F, Note>
}

/** Paged, and with secrets. */
export class Notes extends Resource.Service<Notes, NotesMethods<EffectFace>>()("made-up/Notes", (sunshine) => {
  const safety = { list: "repeat", create: "stop" } as const
  const { call } = resource(sunshine, "Notes", NotesOperations, safety, { UserNotFound })
  const ask = (userId: string, from?: From, _options?: EffectFace["options"]) => ({
    params: { userId },
    query: pageQuery(from)
  })
  return {
    ...pagesOf(call("list", ask, wholePage), ({ notes }) => notes),
    streamBackwards: pagesOf(call("list", ask, wholePage), ({ notes }) => notes, "newest first").stream,
    create: call(
      "create",
      (payload: Note, _options?: EffectFace["options"]) => ({ params: {}, payload }),
      (note) => note
    )
  }
}) {}
