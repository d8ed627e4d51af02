import { type Readable } from "node:stream"

/**
 * Gives the body once it is whole, or once it is a byte over the limit. What comes after that is dropped as it comes, on a
 * connection that stays open: to close it would reset it, and take the answer from a caller who is still sending.
 *
 * The pieces are copied: one of a single byte takes hundreds while it is kept, and the caller decides how many there are.
 *
 * @internal
 */
export const collectBody = (
  message: Readable,
  limit: number,
  done: (body: Uint8Array) => void
): void => {
  const most = limit + 1
  let kept = new Uint8Array()
  let size = 0
  const end = () => done(size === kept.length ? kept : kept.slice(0, size))
  const take = (chunk: Uint8Array) => {
    const piece = chunk.subarray(0, most - size)
    const needed = size + piece.length
    if (needed > kept.length) {
      // Most bodies are of one piece.
      const grown = new Uint8Array(size === 0 ? needed : Math.min(most, 2 * needed))
      grown.set(kept)
      kept = grown
    }
    kept.set(piece, size)
    size = needed
    if (size > limit) {
      message.off("data", take)
      message.off("end", end)
      message.resume()
      end()
    }
  }
  message.on("data", take)
  message.on("end", end)
}
