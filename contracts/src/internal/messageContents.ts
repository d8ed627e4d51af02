/** All that a message can consist of, as it is sent; the examples are those of the vendor's document 17.12.1. */

export const metadata = { lang: "en-ca", visits: 7, beta: false }

const extraChannelOptions = { messenger: { messenger_extensions: true, webview_share_button: "hide" } } as const

export const uri = "https://example.org"

export const buy = { type: "buy", text: "Buy", amount: 999, currency: "cad", metadata } as const
export const link = { type: "link", text: "More info", uri, default: true, metadata, extraChannelOptions } as const
export const locationRequest = { type: "locationRequest", text: "Where are you?", metadata } as const
export const postback = { type: "postback", text: "Select", payload: "TACOS", metadata } as const
export const reply = {
  type: "reply",
  text: "Yes",
  payload: "YES",
  iconUrl: "https://example.org/yes.png",
  metadata
} as const
export const webview = {
  type: "webview",
  text: "Look",
  uri,
  fallback: "https://example.org/fallback",
  size: "tall",
  openOnReceive: true,
  default: false,
  metadata,
  extraChannelOptions
} as const

/** Each with what it cannot be without. */
export const leastBuy = { type: "buy", text: "Buy", amount: 999 } as const
export const leastLink = { type: "link", text: "More info", uri } as const
export const leastLocationRequest = { type: "locationRequest", text: "Where are you?" } as const
export const leastPostback = { type: "postback", text: "Select", payload: "TACOS" } as const
export const leastReply = { type: "reply", text: "Yes", payload: "YES" } as const
export const leastWebview = { type: "webview", text: "Look", uri, fallback: uri } as const

export const tacos = {
  title: "Tacos",
  description: "Get your tacos today!",
  mediaUrl: "https://example.org/tacos.jpg",
  mediaType: "image/jpeg",
  altText: "A giant taco",
  size: "compact",
  actions: [buy, link, postback],
  metadata
} as const

export const ramen = { title: "Ramen", actions: [webview] } as const

export const fullName = {
  type: "text",
  name: "full_name",
  label: "Your name?",
  text: "Jane",
  placeholder: "Type your name...",
  minSize: 1,
  maxSize: 30
} as const

export const age = { type: "text", name: "age", label: "Your age?", format: "integer" } as const

export const email = {
  type: "email",
  name: "email_address",
  label: "Your email?",
  email: "jane.doe@gmail.com",
  placeholder: "email@example.com"
} as const

export const meal = {
  type: "select",
  name: "meal",
  label: "Your meal?",
  select: [{ name: "tacos", label: "Tacos" }],
  options: [{ name: "tacos", label: "Tacos" }, { name: "ramen", label: "Ramen" }]
} as const

const media = {
  text: "Here it is!",
  altText: "A wonderful image",
  attachmentId: "01JKEZ6Q7H3V4V2Y8S0M6D1R5T",
  blockChatInput: true
}

/** All that can be sent of each kind. */
export const sent = {
  text: {
    type: "text",
    text: "Hello!",
    htmlText: "<b>Hello!</b>",
    actions: [buy, link, locationRequest, postback, webview],
    payload: "TACOS",
    blockChatInput: true
  },
  image: {
    type: "image",
    mediaUrl: "https://example.org/image.jpg",
    ...media,
    htmlText: "<b>Here it is!</b>",
    actions: [reply]
  },
  file: { type: "file", mediaUrl: "https://example.org/FAQ.pdf", ...media, htmlText: "<b>Here it is!</b>" },
  carousel: {
    type: "carousel",
    items: [tacos, ramen],
    displaySettings: { imageAspectRatio: "square" },
    blockChatInput: true
  },
  list: { type: "list", items: [tacos, ramen], actions: [buy, link, postback, webview], blockChatInput: true },
  form: { type: "form", fields: [fullName, age, email, meal], text: "Who are you?", blockChatInput: true },
  location: {
    type: "location",
    coordinates: { lat: 45.5261583, long: -73.595346 },
    location: { address: "5333 avenue Casgrain", name: "Zendesk Montréal" },
    blockChatInput: true
  },
  template: {
    type: "template",
    template: {
      namespace: "XXXXXXXX_XXXX_XXXX_XXXX_XXXXXXXXXXXX",
      name: "hello_world",
      language: { policy: "deterministic", code: "en_US" }
    },
    blockChatInput: true
  }
} as const
