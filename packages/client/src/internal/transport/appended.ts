/**
 * Bytes with a piece behind them. They are copied: a piece of a few bytes keeps alive the whole buffer into which it was read
 * from the socket, and a server decides how many of those there are.
 *
 * `kept` has room beyond its `size` once it was copied; no more than `most` bytes are ever taken for it.
 *
 * @internal
 */
export const appended = (kept: Uint8Array, size: number, piece: Uint8Array, most: number): Uint8Array => {
  const needed = size + piece.length
  const bytes = needed <= kept.length ? kept : new Uint8Array(Math.max(needed, Math.min(most, 2 * needed, 2 ** 30)))
  if (bytes !== kept) bytes.set(kept.subarray(0, size))
  bytes.set(piece, size)
  return bytes
}
