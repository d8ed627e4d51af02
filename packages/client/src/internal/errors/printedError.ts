/** `util.inspect`, as Node hands it to what says itself how it is printed. */
export type Inspect = (value: unknown, options?: object) => string

type TaggedError = Error & { readonly _tag: string }

/**
 * An error of this package as JSON: Effect's own leaves the message out. The stack stays out, JSON is what gets sent to others.
 *
 * @internal
 */
export const errorJson = (error: TaggedError): unknown => {
  const { _tag, ...fields } = { ...error }
  return { _tag, message: error.message, ...fields as object }
}

/**
 * An error of this package as `console.error`, `util.inspect` and the loggers of Effect print any other: message, stack, and
 * then its fields. Effect's own prints the fields alone.
 *
 * @internal
 */
export const inspectError = (
  error: TaggedError,
  depth: number | undefined,
  options: object | undefined,
  inspect: Inspect | undefined
): string => {
  const stack = error.stack ?? String(error)
  const { _tag, ...fields } = { ...error }
  return inspect === undefined || Object.keys(fields).length === 0
    ? stack
    : `${stack} ${inspect(fields, { ...options, depth })}`
}
