/** @internal */
export const discard: unique symbol = Symbol.for("@sunco/webhooks/discard")
