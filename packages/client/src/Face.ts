/**
 * One text of a resource's methods for every way to call them: with Effect, with promises, with Effect 3. Nothing here names
 * one of them.
 *
 * @since 0.1.0
 */

/**
 * A way to call: what a call, a stream, a secret and the options of a call are there.
 *
 * `call` and `stream` are written in terms of `this["value"]` and `this["failure"]`, which {@link Call} and {@link Many} fill in.
 *
 * @category models
 * @since 0.1.0
 */
export interface Face {
  readonly value: unknown
  /** The tags of the outcomes of the domain. */
  readonly failure: string
  readonly call: unknown
  readonly stream: unknown
  /** A text that nothing prints. */
  readonly secret: unknown
  readonly options: object
  /** Of a method that addresses a user who may be brand-separated. */
  readonly brandOptions: object
}

/**
 * A call that gives `A`, or fails with the outcomes of these tags and with `SunshineError`.
 *
 * @category models
 * @since 0.1.0
 */
export type Call<F extends Face, A, Tag extends string = never> = (F & {
  readonly value: A
  readonly failure: Tag
})["call"]

/**
 * As many as there are, page by page; it fails as the {@link Call} of a page does.
 *
 * @category models
 * @since 0.1.0
 */
export type Many<F extends Face, A, Tag extends string = never> = (F & {
  readonly value: A
  readonly failure: Tag
})["stream"]
