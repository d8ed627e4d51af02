/**
 * The version in package.json, which a test holds this against.
 *
 * @internal
 */
export const version = "0.1.0"
