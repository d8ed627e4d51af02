export const externalId = "your-own-id"
export const brandId = "9477922990333"
export const zendeskId = "35436"
export const email = "sue@example.org"

/** What a create or an update may set, all of it. */
export const settings = {
  signedUpAt: "2025-02-03T19:10:08.152Z",
  toBeRetained: true,
  profile: {
    givenName: "Jane",
    surname: "Doe",
    email: "jane.doe@gmail.com",
    avatarUrl: "https://s3.amazonaws.com/avatar.jpg",
    locale: "fr-CA"
  },
  metadata: { lang: "en-ca", visits: 7, beta: false }
}

/** A user with every field that the document has. */
export const complete = {
  authenticated: true,
  externalId,
  zendeskId,
  brandId,
  ...settings,
  identities: [{ type: "email", value: email, verification: "sso" }]
}
