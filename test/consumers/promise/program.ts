import { ClientClosed, SunshineError, UserAlreadyExists, UserNotFound, Users } from "@sunco/client/promise"

/** What a program of one's own has: it takes the client for an argument. */
const signUp = async (users: Users, externalId: string): Promise<string> => {
  try {
    const { response, value } = await users.withResponse((users) => users.create({ externalId }))
    return `${response?.status} ${value.externalId}`
  } catch (error) {
    if (error instanceof UserAlreadyExists) return `${error._tag}: ${error.message}`
    throw error
  }
}

let requests = 0

const users = Users.fromEnv({
  transport: (url, init) => {
    requests++
    return fetch(url, init)
  }
})

console.log(await signUp(users, "ada"))
console.log(await signUp(users, "ada"))

const { profile } = await users.update("ada", { profile: { givenName: "Ada" } }, { deadline: "5 seconds" })
console.log(profile?.givenName)

const { created } = await users.upsert({ externalId: "ada", metadata: { plan: "pro" } })
console.log(created)

const failures = await Promise.allSettled([
  users.get("nobody"),
  users.get(""),
  users.get("ada", { signal: AbortSignal.abort(new Error("the caller went away")) })
])
for (const failure of failures) {
  const error: unknown = failure.status === "rejected" ? failure.reason : undefined
  if (error instanceof UserNotFound) console.log(error.message)
  else if (error instanceof SunshineError) console.log(error.reason._tag, error.applied)
  else console.log(String(error))
}

console.log(JSON.stringify(users).includes("secret"), requests)

await users.close()
await users.get("ada").catch((error: unknown) => console.log(error instanceof ClientClosed))

// A client that is closed at the end of the block, and a token that is fetched.
{
  await using refused = Users.make({
    appId: users.appId,
    subdomain: "example",
    credentials: { token: () => Promise.resolve("a token"), timeToLive: "5 minutes" },
    retry: "never",
    transport: () =>
      Promise.resolve(Response.json({ errors: [{ code: "unauthorized", title: "No" }] }, { status: 401 }))
  })
  await refused.get("ada").catch((error: unknown) => console.log(error instanceof SunshineError && error.reason._tag))
}
