/** Jobs in a database of PostgreSQL. The driver is loaded with this module, which only commands load whose jobs are there. */
import * as PgClient from "@effect/sql-pg/PgClient"
import type * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"

export interface Settings {
  readonly url: Redacted.Redacted
  /** Where the URL has none. */
  readonly password: Redacted.Redacted | undefined
}

/** Of each process: a server takes a hundred in all, unless it was told otherwise. */
const maxConnections = 4

export const layer = ({ password, url }: Settings): Layer.Layer<SqlClient, SqlError> =>
  PgClient.layer({
    url,
    ...(password !== undefined && { password }),
    applicationName: "sunco",
    maxConnections
  })
