/** The user that the vendor's document shows, about 400 bytes of JSON. */
export const user = {
  id: "7494535bff5cef41a15be74d",
  externalId: "your-own-id",
  signedUpAt: "2020-05-21T15:53:30.197Z",
  profile: {
    givenName: "Jane",
    surname: "Doe",
    email: "jane.doe@gmail.com",
    avatarUrl: "https://s3.amazonaws.com/avatar.jpg",
    locale: "fr-CA"
  },
  metadata: { lang: "en-ca", visits: 1 },
  identities: [{ type: "email", value: "jane@doe.com", verification: "embed" }],
  hasPaymentInfo: false
}

/** The same user with so many identities that there is something to parse and decode all along the body. */
const ofBytes = (bytes: number) => {
  const identity = (index: number) => ({ type: "email", value: `jane+${index}@doe.com`, verification: "embed" })
  const length = Math.ceil(bytes / JSON.stringify(identity(1000)).length)
  return { ...user, identities: Array.from({ length }, (_, index) => identity(index)) }
}

/** Whom the server has, by the id in the path; everybody has the id of {@link user} in the body. */
export const users = { small: user, medium: ofBytes(10_000), large: ofBytes(90_000) }

export type UserId = keyof typeof users

/** Whom the server does not have. */
export const missing = "missing"
