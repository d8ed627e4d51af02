/**
 * Pieces of a few bytes cost far more on the wire than arrives here (16 kB of chunk extension each, say), which most
 * transports do not tell. Nobody sends thousands of them in good faith.
 *
 * @internal
 */
export const isMostlyPadding = (pieces: number, size: number): boolean => pieces > 4096 && size < 64 * (pieces - 4096)
