/**
 * Tells when a walk along cursors comes where it was before, which then goes round for ever. What it keeps does not grow: it compares
 * with one place only, a place farther on each time that it has gone twice as far (Brent).
 *
 * @internal
 */
export class Walk {
  private mark: string | undefined
  private steps = 0
  private most = 1

  constructor(start: string | undefined) {
    this.mark = start
  }

  /** Whether the next place is one of those before. */
  returnsTo(cursor: string): boolean {
    if (cursor === this.mark) return true
    if (++this.steps === this.most) {
      this.mark = cursor
      this.steps = 0
      this.most *= 2
    }
    return false
  }
}
