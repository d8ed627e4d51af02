import * as Effect from "effect/Effect"
import * as Migrator from "effect/sql/Migrator"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import { OutcomeName } from "../../Outcome.ts"

/**
 * The column that says how many rows of a chunk ended so; not the name itself, which may mean something in SQL.
 *
 * @internal
 */
export const countColumn = (name: OutcomeName): string => `n_${name}`

const counts = OutcomeName.literals.map((name) => `${countColumn(name)} INTEGER NOT NULL DEFAULT 0`).join(", ")

// Times are milliseconds since 1970. No column has an id, an address or a body, but for those that say so.
const tables = Effect.gen(function*() {
  const sql = (yield* SqlClient.SqlClient).withoutTransforms()
  const bytes = sql.literal(sql.onDialectOrElse({ pg: () => "BYTEA", orElse: () => "BLOB" }))
  yield* sql`
    CREATE TABLE bulk_job (
      id TEXT PRIMARY KEY, app_id TEXT NOT NULL, kind TEXT NOT NULL, options TEXT NOT NULL, input TEXT NOT NULL,
      digest TEXT, state TEXT NOT NULL, blocked_by TEXT, slow_until BIGINT NOT NULL DEFAULT 0,
      planner TEXT, planner_until BIGINT NOT NULL DEFAULT 0,
      created_at BIGINT NOT NULL, started_at BIGINT, ended_at BIGINT)`
  // A round after the first has the rows of a chunk that are left, by their lines. `staged` is the chunk itself where no file has it.
  yield* sql`
    CREATE TABLE bulk_chunk (
      job_id TEXT NOT NULL, chunk_no INTEGER NOT NULL, round INTEGER NOT NULL,
      first_line BIGINT NOT NULL, line_count INTEGER NOT NULL, row_count INTEGER NOT NULL,
      start_byte BIGINT NOT NULL, end_byte BIGINT NOT NULL, hash TEXT NOT NULL,
      only_lines TEXT, todo INTEGER NOT NULL, staged ${bytes},
      state TEXT NOT NULL, owner TEXT, lease_until BIGINT NOT NULL DEFAULT 0, runs INTEGER NOT NULL DEFAULT 0,
      retries INTEGER NOT NULL DEFAULT 0, offers INTEGER NOT NULL DEFAULT 0, offered INTEGER NOT NULL DEFAULT 0,
      not_before BIGINT NOT NULL DEFAULT 0, done_at BIGINT, part TEXT, ${sql.literal(counts)},
      PRIMARY KEY (job_id, chunk_no, round))`
  yield* sql`CREATE INDEX bulk_chunk_state ON bulk_chunk (job_id, state)`
  yield* sql`CREATE INDEX bulk_chunk_owner ON bulk_chunk (owner)`
  // `row_key` is an id or an externalId, of jobs that were told to include them.
  yield* sql`
    CREATE TABLE bulk_outcome (
      job_id TEXT NOT NULL, line BIGINT NOT NULL, chunk_no INTEGER NOT NULL, outcome TEXT NOT NULL,
      reason TEXT, field TEXT, message TEXT, applied TEXT NOT NULL, attempts INTEGER NOT NULL, row_key TEXT,
      PRIMARY KEY (job_id, line))`
  yield* sql`CREATE INDEX bulk_outcome_chunk ON bulk_outcome (job_id, chunk_no)`
  yield* sql`CREATE INDEX bulk_outcome_name ON bulk_outcome (job_id, outcome, reason)`
  // `user_key` is a hash, or the id of jobs that were told to include them.
  yield* sql`
    CREATE TABLE bulk_intent (
      job_id TEXT NOT NULL, line BIGINT NOT NULL, user_key TEXT NOT NULL, brand_id TEXT, operation TEXT NOT NULL,
      at_millis BIGINT NOT NULL, answered_at BIGINT, answer TEXT, request_id TEXT, removed_at BIGINT,
      PRIMARY KEY (job_id, line))`
  yield* sql`CREATE INDEX bulk_intent_user ON bulk_intent (user_key)`
  yield* sql`CREATE TABLE bulk_worker (id TEXT PRIMARY KEY, app_id TEXT NOT NULL, seen_at BIGINT NOT NULL)`
})

/**
 * Makes the tables, or brings them up to date; who comes second waits for who came first.
 *
 * @internal
 */
export const migrate: Effect.Effect<void, Migrator.MigrationError | SqlError, SqlClient.SqlClient> = Effect.asVoid(
  Effect.retry(
    Migrator.make({})({ loader: Migrator.fromRecord({ "0001_tables": tables }), table: "bulk_migrations" }),
    // Another process has inserted the same migration at the same moment: it is done when this one looks again.
    { times: 5, while: (error) => error._tag === "MigrationError" && error.kind === "Locked" }
  )
)
