import * as Clock from "effect/Clock"
import * as SecureRandom from "effect/crypto/SecureRandom"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { SqlClient } from "effect/sql/SqlClient"
import {
  type DurableStore,
  DurableStoreUnavailable,
  type Entry,
  type Failed,
  type Options,
  type Taken
} from "../DurableStore.ts"
import { someText } from "./settingChecks.ts"
import { storeTimes } from "./storeInMemory.ts"

type Service = DurableStore["Service"]

/** A row. Times are milliseconds since 1970, by the clock of who writes them; `bigint`s come as text from some drivers. */
interface Row {
  readonly id: string
  readonly ordered_by: string
  readonly body: string
  readonly attempts: number
  readonly error: string
}

const entryOf = ({ body, id, ordered_by }: Row): Entry => ({ id, order: ordered_by, body })

/** @internal */
export const storeInSql = (
  sql: SqlClient,
  options?: Options & { readonly table?: string | undefined }
): Effect.Effect<Service, DurableStoreUnavailable> => {
  const { leaseMillis, rememberMillis } = storeTimes(options, { table: someText })
  const name = options?.table ?? "sunco_webhook_events"
  const table = sql(name)
  const run = <A>(effect: Effect.Effect<A, unknown>) =>
    Effect.mapError(effect, (cause) => new DurableStoreUnavailable({ cause: Redacted.make(cause) }))
  const isPostgres = sql.onDialectOrElse({ pg: () => true, orElse: () => false })

  /** Two who look at the same time see the same row, unless the one who comes second looks past it. */
  const lock = isPostgres ? sql`FOR UPDATE SKIP LOCKED` : sql``

  const created = Effect.gen(function*() {
    yield* isPostgres
      ? sql`CREATE TABLE IF NOT EXISTS ${table} (
          seq BIGSERIAL PRIMARY KEY, id TEXT NOT NULL UNIQUE, ordered_by TEXT NOT NULL, body TEXT NOT NULL,
          state TEXT NOT NULL, attempts INTEGER NOT NULL, due_at BIGINT NOT NULL, owner TEXT NOT NULL, error TEXT NOT NULL)`
      : sql`CREATE TABLE IF NOT EXISTS ${table} (
          seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, ordered_by TEXT NOT NULL, body TEXT NOT NULL,
          state TEXT NOT NULL, attempts INTEGER NOT NULL, due_at INTEGER NOT NULL, owner TEXT NOT NULL, error TEXT NOT NULL)`
    yield* sql`CREATE INDEX IF NOT EXISTS ${sql(`${name}_waiting`)} ON ${table} (state, ordered_by, seq)`
  })

  const offer: Service["offer"] = (entries) =>
    run(sql.withTransaction(Effect.gen(function*() {
      const now = yield* Clock.currentTimeMillis
      let taken = 0
      for (const { body, id, order } of entries) {
        const added = yield* sql`
          INSERT INTO ${table} (id, ordered_by, body, state, attempts, due_at, owner, error)
          VALUES (${id}, ${order}, ${body}, 'waiting', 0, ${now}, '', '')
          ON CONFLICT (id) DO NOTHING RETURNING id`
        taken += added.length
      }
      // Of what was handled the id is kept, and nothing else.
      yield* sql`DELETE FROM ${table} WHERE state = 'done' AND due_at <= ${now}`
      return taken
    })))

  const takenOf = (row: Row, owner: string): Taken => {
    const ours = sql`id = ${row.id} AND owner = ${owner} AND state = 'waiting'`
    const at = (millis: number) => Effect.map(Clock.currentTimeMillis, (now) => Math.ceil(now + millis))
    return {
      ...entryOf(row),
      attempts: Number(row.attempts),
      renew: run(Effect.flatMap(at(leaseMillis), (due) =>
        Effect.map(
          sql`UPDATE ${table} SET due_at = ${due} WHERE ${ours} RETURNING id`,
          (renewed) => renewed.length > 0
        ))),
      done: run(
        Effect.flatMap(
          at(rememberMillis),
          (until) => sql`UPDATE ${table} SET state = 'done', body = '', owner = '', due_at = ${until} WHERE ${ours}`
        )
      ),
      retry: (millis) =>
        run(Effect.flatMap(at(millis), (due) => sql`UPDATE ${table} SET owner = '', due_at = ${due} WHERE ${ours}`)),
      fail: (error) => run(sql`UPDATE ${table} SET state = 'failed', owner = '', error = ${error} WHERE ${ours}`)
    }
  }

  const take: Service["take"] = run(Effect.gen(function*() {
    const owner = SecureRandom.uuidV4Unsafe()
    const now = yield* Clock.currentTimeMillis
    const [row] = yield* sql<Row>`
      UPDATE ${table} SET owner = ${owner}, attempts = attempts + 1, due_at = ${now + leaseMillis}
      WHERE seq = (
        SELECT head.seq FROM ${table} AS head
        WHERE head.state = 'waiting' AND head.due_at <= ${now} AND NOT EXISTS (
          SELECT 1 FROM ${table} AS earlier
          WHERE earlier.state = 'waiting' AND earlier.ordered_by = head.ordered_by AND earlier.seq < head.seq)
        ORDER BY head.seq LIMIT 1 ${lock})
      RETURNING id, ordered_by, body, attempts, error`
    return row === undefined ? undefined : takenOf(row, owner)
  }))

  const service: Service = {
    leaseMillis,
    offer,
    take,
    failed: run(Effect.map(
      sql<Row>`SELECT id, ordered_by, body, attempts, error FROM ${table} WHERE state = 'failed' ORDER BY seq`,
      (rows) => rows.map((row): Failed => ({ ...entryOf(row), attempts: Number(row.attempts), error: row.error }))
    )),
    putBack: (id) =>
      run(sql.withTransaction(Effect.gen(function*() {
        const now = yield* Clock.currentTimeMillis
        // Behind all others, so with another number.
        const [row] = yield* sql<Row>`
          DELETE FROM ${table} WHERE id = ${id} AND state = 'failed' RETURNING id, ordered_by, body, attempts, error`
        if (row === undefined) return false
        yield* sql`
          INSERT INTO ${table} (id, ordered_by, body, state, attempts, due_at, owner, error)
          VALUES (${row.id}, ${row.ordered_by}, ${row.body}, 'waiting', 0, ${now}, '', '')`
        return true
      })))
  }
  return Effect.as(run(created), service)
}
