/** `sunco bulk`: what its commands take, and what their help says. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Schema from "effect/Schema"
import { lazily } from "./lazily.ts"
import { text, toggle, yes } from "./parameters.ts"

const load = () => import("../commands/bulk.ts")

const file = Argument.String("file").pipe(
  Argument.withSchema(Schema.NonEmptyString),
  Argument.withDescription("The rows: .ndjson, .csv, or .txt with an id on each line")
)

const job = Argument.String("job").pipe(
  Argument.withSchema(Schema.NonEmptyString),
  Argument.withDescription("The name of the job")
)

const db = text("db", "place", "Where jobs are: a file, or postgres://user@host/db").pipe(Flag.optional)

const inFlight = Flag.Int("in-flight").pipe(
  Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 }))),
  Flag.withMetavar("number"),
  Flag.withDescription("Requests of this process at once; 64 without it"),
  Flag.withDefault(64)
)

const Rate = Schema.String.check(
  Schema.isPattern(/^[1-9]\d{0,8}\/(second|minute|hour)$/u, { expected: "such as 600/minute" })
)

/** What starts a job takes beside what it does. */
const start = {
  file,
  name: text("job", "name", "Your name of the job; needed; again joins it"),
  input: Flag.Literals("input", ["ndjson", "csv", "ids"]).pipe(
    Flag.withMetavar("format"),
    Flag.withDescription("Its format"),
    Flag.optional
  ),
  column: text("column", "name=field", "CSV: the field of a column; repeatable").pipe(Flag.atLeast(0)),
  delimiter: text("delimiter", "character", "CSV: between two cells; a comma without it").pipe(Flag.optional),
  nullText: text("null-text", "text", "CSV: a cell with this clears the field").pipe(Flag.optional),
  staged: toggle("staged", "Keep rows beside the job: workers need no file"),
  duplicates: Flag.Literals("duplicates", ["refuse", "last"]).pipe(
    Flag.withMetavar("rule"),
    Flag.withDescription("Rows with the same key"),
    Flag.withDefault("refuse")
  ),
  includeIds: toggle("include-ids", "Keep ids with the outcomes of rows"),
  rate: text("rate", "n/minute", "Requests of the job, such as 600/minute").pipe(Flag.withSchema(Rate), Flag.optional),
  inFlight,
  db,
  dryRun: toggle("dry-run", "Read the file, and print what is refused"),
  detach: toggle("detach", "Plan it, and leave it to bulk worker")
} as const

export const importInput = {
  ...start,
  mode: Flag.Literals("mode", ["create", "upsert", "getOrCreate"]).pipe(
    Flag.withMetavar("mode"),
    Flag.withDescription("Needed")
  ),
  externalIdFrom: text("external-id-from", "field", "Rows have none: take it from here").pipe(Flag.optional),
  externalIdHash: text("external-id-hash", "field", "The same, as its SHA-256").pipe(Flag.optional)
} as const

const importUsers = Command.make("import", importInput, lazily(load, (m) => m.importUsers)).pipe(
  Command.withDescription("Make users, or change those that are there"),
  Command.withExamples([
    { command: "sunco bulk import users.ndjson --job crm --mode create --rate 600/minute" },
    {
      command: "sunco bulk import crm.csv --job crm --mode upsert --column 'No.=externalId'",
      description: "With a column of another name"
    },
    {
      command: "sunco bulk import users.ndjson --job crm --mode create --dry-run",
      description: "Sends nothing"
    }
  ])
)

export const updateInput = {
  ...start,
  strict: toggle("strict", "Send nothing again that may have been applied")
} as const

const updateUsers = Command.make("update", updateInput, lazily(load, (m) => m.updateUsers)).pipe(
  Command.withDescription("Change users: a row says whom, and what changes"),
  Command.withExamples([{ command: "sunco bulk update changes.csv --job new-plans" }])
)

export const eraseInput = {
  ...start,
  how: Flag.Literals("how", ["delete", "personal-information"]).pipe(
    Flag.withMetavar("what"),
    Flag.withDescription("Needed")
  ),
  requestedBy: text("requested-by", "text", "Who has asked for it, for the evidence; needed"),
  yes
} as const

const eraseUsers = Command.make("erase", eraseInput, lazily(load, (m) => m.eraseUsers)).pipe(
  Command.withDescription("Delete users, or what is known of them, after asking for their count"),
  Command.withExamples([
    { command: "sunco bulk erase ids.txt --job gdpr-7 --how delete --requested-by legal --yes" }
  ])
)

export const exportInput = {
  ...start,
  to: text("to", "path", "The file of NDJSON that is made; needed")
} as const

const exportUsers = Command.make("export", exportInput, lazily(load, (m) => m.exportUsers)).pipe(
  Command.withDescription("Read users into a file, which is whole when it is there"),
  Command.withExamples([{ command: "sunco bulk export ids.txt --job copy --to copy.ndjson" }])
)

export const jobInput = { job, db } as const

export const statusInput = { job: Argument.optional(job), db } as const

const status = Command.make("status", statusInput, lazily(load, (m) => m.status)).pipe(
  Command.withDescription("How far a job is, whoever works on it; all jobs, where none is named"),
  Command.withExamples([
    { command: "sunco bulk status crm" },
    { command: "sunco bulk status", description: "All that are kept, the newest first" }
  ])
)

const pause = Command.make("pause", jobInput, lazily(load, (m) => m.pause)).pipe(
  Command.withDescription("Let what is in flight finish, everywhere, and begin no other row"),
  Command.withExamples([{ command: "sunco bulk pause crm" }])
)

export const goOnInput = { job, inFlight, db, detach: toggle("detach", "Leave the work to bulk worker") } as const

const resume = Command.make("resume", goOnInput, lazily(load, (m) => m.resume)).pipe(
  Command.withDescription("Go on: after pause, after Ctrl-C, or after what has blocked it"),
  Command.withExamples([{ command: "sunco bulk resume crm" }])
)

const cancel = Command.make("cancel", jobInput, lazily(load, (m) => m.cancel)).pipe(
  Command.withDescription("As pause, for good: the rows that were not begun are cancelled"),
  Command.withExamples([{ command: "sunco bulk cancel crm" }])
)

const retry = Command.make("retry", goOnInput, lazily(load, (m) => m.retry)).pipe(
  Command.withDescription("Send the rows again that failed, or of which nobody knows"),
  Command.withExamples([{ command: "sunco bulk retry crm" }])
)

export const reportInput = {
  job,
  failed: toggle("failed", "Only rows that were not done"),
  evidence: toggle("evidence", "Of an erasure: what was sent and answered"),
  format: Flag.Literals("format", ["ndjson", "csv"]).pipe(
    Flag.withMetavar("format"),
    Flag.withDescription("As what"),
    Flag.withDefault("ndjson")
  ),
  db
} as const

const report = Command.make("report", reportInput, lazily(load, (m) => m.report)).pipe(
  Command.withDescription("The rows that are no ordinary success, by line; all of an erasure"),
  Command.withExamples([
    { command: "sunco bulk report crm --failed --format csv > failed.csv" },
    { command: "sunco bulk report gdpr-7 --evidence" }
  ])
)

export const workerInput = { inFlight, db } as const

const worker = Command.make("worker", workerInput, lazily(load, (m) => m.worker)).pipe(
  Command.withDescription("Work on all jobs of the app, until Ctrl-C"),
  Command.withExamples([
    { command: "sunco bulk worker" },
    { command: "sunco bulk worker --db $DATABASE", description: "On each of several machines" }
  ])
)

export const purgeInput = { job, db, yes } as const

const purge = Command.make("purge", purgeInput, lazily(load, (m) => m.purge)).pipe(
  Command.withDescription("Delete all that is kept of a job, after asking"),
  Command.withExamples([{ command: "sunco bulk purge crm --yes" }])
)

export const bulk = Command.make("bulk").pipe(
  Command.withDescription("Many users at once: jobs that can be stopped and resumed"),
  Command.withExamples([{ command: "sunco bulk import users.ndjson --job crm --mode create" }]),
  Command.withSubcommands([
    importUsers,
    updateUsers,
    eraseUsers,
    exportUsers,
    status,
    pause,
    resume,
    cancel,
    retry,
    report,
    worker,
    purge
  ])
)
