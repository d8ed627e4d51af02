import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as JobPlace from "../src/JobPlace.ts"

const placeOf = (db: string | undefined, env: Record<string, string> = {}) =>
  Effect.map(JobPlace.toRead(Option.fromUndefinedOr(db)), (place) =>
    place._tag === "File" ? place.name : {
      name: place.name,
      url: Redacted.value(place.settings.url),
      password: place.settings.password && Redacted.value(place.settings.password)
    }).pipe(
      Effect.provide(NodeServices.layer),
      Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env })))
    )

describe("the place of jobs", () => {
  it.effect.each(
    [
      ["postgres://ada@db.example/jobs", "postgres://ada@db.example/jobs?sslmode=prefer"],
      ["postgresql://db.example:6432/jobs?x=1", "postgresql://db.example:6432/jobs?x=1&sslmode=prefer"],
      ["postgres://ada@db.example/jobs?sslmode=disable", "postgres://ada@db.example/jobs?sslmode=disable"],
      ["postgres:///jobs?host=db.example", "postgres:///jobs?host=db.example&sslmode=prefer"],
      ["postgres://127.0.0.1/jobs", "postgres://127.0.0.1/jobs"],
      ["postgres://[::1]/jobs", "postgres://[::1]/jobs"],
      ["postgres:///jobs", "postgres:///jobs"],
      ["postgres:///jobs?host=/run/postgresql", "postgres:///jobs?host=/run/postgresql"],
      ["postgres://%2Frun%2Fpostgresql/jobs", "postgres://%2Frun%2Fpostgresql/jobs"]
    ] as const
  )("%s is encrypted where it leaves the machine", ([db, url]) =>
    Effect.gen(function*() {
      assert.deepInclude(yield* placeOf(db), { name: db, url })
    }))

  it.effect("is what the flag says before what the variable says, and takes the password from where it is", () =>
    Effect.gen(function*() {
      const env = { SUNCO_BULK_DB: "postgres://ada:s3cret@127.0.0.1/jobs?password=other", PGPASSWORD: "pg" }
      assert.deepStrictEqual(yield* placeOf(undefined, env), {
        name: "postgres://ada@127.0.0.1/jobs",
        url: env.SUNCO_BULK_DB,
        password: undefined
      })
      assert.deepStrictEqual(yield* placeOf("postgres://bob@127.0.0.1/jobs", env), {
        name: "postgres://bob@127.0.0.1/jobs",
        url: "postgres://bob@127.0.0.1/jobs",
        password: "pg"
      })
      assert.deepInclude(yield* Effect.flip(placeOf(undefined, { SUNCO_BULK_DB: "none.db" })), {
        message: "there are no jobs in none.db"
      })
    }))
})
