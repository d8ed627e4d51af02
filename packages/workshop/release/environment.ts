/** What the children of a program get of the environment that may run code of others: packages, their tests, their commands. */

/** Where things are, how the registry is reached, and how to print. */
const needed = [
  /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|CI|NO_COLOR|FORCE_COLOR)$/,
  /^XDG_(CACHE|CONFIG|DATA|STATE)_HOME$/,
  /^(PNPM_HOME|npm_config_(cache|registry|store_dir)|PNPM_CONFIG_STORE_DIR)$/i,
  /^(https?|no|all)_proxy$/i,
  /^(NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR)$/,
  // What these packages would otherwise tell their makers.
  /^(PACT_DO_NOT_TRACK|SCARF_ANALYTICS)$/
]

/** A list of what is given and not of what is not: whoever has a secret has given its variable a name of their own. */
export const neededOf = (environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && needed.some((pattern) => pattern.test(name)) ? [[name, value]] : []
    )
  )

/** The names of variables of which each lets its owner publish. */
export const publishTokensIn = (environment: NodeJS.ProcessEnv): ReadonlyArray<string> =>
  Object.keys(environment).filter((name) =>
    environment[name] !== "" &&
    /^(NODE_AUTH_TOKEN|NPM_TOKEN|(npm|pnpm)_config_.*_(auth|authtoken|password)|ACTIONS_ID_TOKEN_REQUEST_TOKEN)$/i.test(
      name
    )
  )

/** Whether the text of an `.npmrc` lets its owner publish to the registry of everybody. */
export const hasPublishToken = (npmrc: string): boolean =>
  /^\s*\/\/registry\.npmjs\.org\/:_(authToken|auth|password)\s*=\s*\S/m.test(npmrc)
