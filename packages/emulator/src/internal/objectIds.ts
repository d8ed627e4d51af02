/**
 * Makes ids as the vendor's look, 24 lower-case hexadecimal digits: seconds, a constant, a counter. They are the same
 * for the same course of events, so that a test under the test clock can be read and repeated, and never come twice.
 *
 * @internal
 */
export const makeObjectIds = (): (now: number) => string => {
  let count = 0
  return (now) => {
    count++
    return hex(Math.floor(now / 1000), 8) + "5c0ffee5c0" + hex(count, 6)
  }
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0").slice(-digits)
