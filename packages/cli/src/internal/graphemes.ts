/**
 * What somebody sees as one character. The table for it takes Node as long to load as a tenth of what help takes, so that it is
 * loaded for text that needs it. build.ts puts this into the place of what `effect/cli/CliOutput` has.
 */

// As they are there: nothing of ASCII belongs to another character, but for a line break, which has no width either way.
const isAscii = (text: string): boolean => !/[\u0080-\uffff]/.test(text)

let segmenter: Intl.Segmenter | undefined

export const graphemes = {
  segment: (text: string): Iterable<{ readonly segment: string }> =>
    isAscii(text)
      ? Array.from(text, (segment) => ({ segment }))
      : (segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" })).segment(text)
}
