/**
 * What an answer promises of a thing that requests send.
 *
 * @since 0.1.0
 */

/**
 * The same fields as an answer may carry them: only `type` is sure to be there, and nothing is `undefined` by a key of its own.
 *
 * @category models
 * @since 0.1.0
 */
export type Received<Sent> =
  & { readonly [Name in keyof Sent as Name extends "type" ? Name : never]: Sent[Name] }
  & { readonly [Name in keyof Sent as Name extends "type" ? never : Name]?: Exclude<Sent[Name], undefined> }
