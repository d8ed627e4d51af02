/**
 * What a transport of this package goes through, for a download, which is handed on while it comes: its `fetch`, or its undici
 * dispatcher. Whoever downloads brings the rest, so that nobody else has it in a bundle. A client that somebody wrapped is
 * another object and has no such thing.
 *
 * @internal
 */
export const StreamingTransport = Symbol.for("@sunco/client/internal/StreamingTransport")
