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
