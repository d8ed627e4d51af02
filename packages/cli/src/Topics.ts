/** What `sunco help` says of no command. */
import { exitCodes, type Kind } from "./Failure.ts"

const isKind = (kind: string): kind is Kind => Object.hasOwn(exitCodes, kind)

const meanings: Readonly<Record<Kind, string>> = {
  failed: "failed: the network, the API, or an output that cannot be written",
  usage: "the command line or the input is wrong; nothing was sent",
  "not-found": "what was asked for is not there: a user, a conversation, an app",
  "rows-not-done": "bulk: it is finished, and some rows are not done",
  credentials: "settings or credentials are wrong, or do not reach this",
  blocked: "bulk: the job has stopped, and goes on with `bulk resume`",
  "maybe-applied": "a write may have been applied: look before you repeat it",
  defect: "a mistake of sunco itself, with its stack"
}

const exitCodeLines = [
  "    0  done",
  ...Object.keys(exitCodes).filter(isKind).map((kind) => `${String(exitCodes[kind]).padStart(5)}  ${meanings[kind]}`),
  "  130  interrupted, such as by Ctrl-C"
]

/** The pages, each of lines that fit on a terminal. */
export const topics: { readonly [topic: string]: string } = {
  environment: `All settings of an account come from one source, and none from another:
the profile that --profile names, else the environment where it has any of

  SUNCO_APP_ID      the id of the app
  SUNCO_SUBDOMAIN   the part before .zendesk.com, or
  SUNCO_BASE_URL    the server, where it is another one
  SUNCO_KEY_ID      the id of the API key, and
  SUNCO_KEY_SECRET  its secret, or
  SUNCO_TOKEN       a bearer token in place of both

else the profile that \`sunco profiles use\` has chosen. Other variables:

  SUNCO_WEBHOOK_SECRET   the secret of webhooks, for listen, trigger and doctor
  SUNCO_EMULATOR_SECRET  the secret of the emulator's key, for emulator
  SUNCO_BULK_DB          where bulk has jobs, as --db; may have a password
  PGPASSWORD             their password of PostgreSQL, where the URL has none
  SUNCO_LOG=debug        says on the standard error what the client does
  XDG_CONFIG_HOME        where the directory of the profiles is
  XDG_STATE_HOME         where that of the jobs of bulk is, unless it is named
  HTTPS_PROXY, NO_PROXY  the proxy, of webhooks too, and for whom there is none
  NODE_EXTRA_CA_CERTS    certificates of authorities that Node does not know
  NO_COLOR, FORCE_COLOR  no color at all; color also where there is no terminal
`,
  "exit-codes": `${exitCodeLines.join("\n")}

The line on the standard error says more. With --json it is

  {"error":{"kind":"not-found","exitCode":3,"message":"…","hint":"…"}}
`,
  formatting: `The standard output has data and nothing else; what else there is to say is on
the standard error.

On a terminal, lists are aligned below a head, with texts cut where a line has
no room for them, and a thing has a line for each of its fields. In a pipe all
of it is there, without a head, and tabs are between the cells:

  sunco users list ada@example.com | cut -f1

The id comes first. Characters that could drive a terminal are printed as \\x1b,
\\t or \\n, so that a line is a row. Nothing is printed of an empty list.

With --json it is one value as the API gave it, with fields that nobody has
documented: in one line, or indented on a terminal. A delete prints what there
was. Where things come one after another (messages tail, listen), each has a
line of its own. Secrets are "<redacted>" without --show-secret.
`
}
