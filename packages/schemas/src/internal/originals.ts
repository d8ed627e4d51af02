const originals = new WeakMap<object, object>()

/**
 * Keeps what an answer had with the copy that was made of it, in nothing that an enumeration, JSON or a comparison sees.
 *
 * @internal
 */
export const keepOriginal = <A extends object>(copy: A, original: object): A => {
  originals.set(copy, original)
  return copy
}

/**
 * What the copy was made of, or the object itself where it was handed on as it came.
 *
 * @internal
 */
export const originalOf = (self: object): object => originals.get(self) ?? self
