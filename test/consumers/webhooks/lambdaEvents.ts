/** The receiver of the README with the events of everything that a function may be behind. */
import type {
  ALBEvent,
  ALBHandler,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  LambdaFunctionURLEvent,
  LambdaFunctionURLHandler
} from "aws-lambda"
import { delivery, secret } from "./send.ts"

process.env["SUNCO_WEBHOOK_SECRET"] = secret

const { handler } = await import("./lambda.ts")

export const typed: readonly [
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  LambdaFunctionURLHandler,
  ALBHandler
] = [handler, handler, handler, handler]

const base64 = (text: string) => Buffer.from(text).toString("base64")

/** As the documents of AWS show them, cut to what they all have. */
const gatewayV2: Omit<APIGatewayProxyEventV2, "body"> = {
  version: "2.0",
  routeKey: "POST /webhooks",
  rawPath: "/webhooks",
  rawQueryString: "",
  // Of version 2 all names are in lower case.
  headers: { "x-api-key": secret, "content-type": "application/json" },
  requestContext: {
    accountId: "123456789012",
    apiId: "abcdefghij",
    domainName: "abcdefghij.execute-api.eu-west-1.amazonaws.com",
    domainPrefix: "abcdefghij",
    http: { method: "POST", path: "/webhooks", protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "agent" },
    requestId: "JKJaXmPLvHcESHA=",
    routeKey: "POST /webhooks",
    stage: "$default",
    time: "15/Jan/2026:09:30:00 +0000",
    timeEpoch: 1768469400000
  },
  isBase64Encoded: false
}

const functionUrl = (body: string): LambdaFunctionURLEvent => ({
  ...gatewayV2,
  routeKey: "$default",
  requestContext: {
    ...gatewayV2.requestContext,
    domainName: "abcdefghij.lambda-url.eu-west-1.on.aws",
    routeKey: "$default"
  },
  body: base64(body),
  isBase64Encoded: true
})

const gatewayV1: Partial<APIGatewayProxyEvent> = {
  httpMethod: "POST",
  headers: { "X-API-Key": secret, "Content-Type": "application/json" },
  multiValueHeaders: { "X-API-Key": [secret], "Content-Type": ["application/json"] },
  body: delivery("of API Gateway, version 1"),
  isBase64Encoded: false
}

const balancer: ALBEvent = {
  requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/1" } },
  httpMethod: "POST",
  path: "/webhooks",
  multiValueHeaders: { "x-api-key": [secret], "content-type": ["application/json"] },
  body: delivery("of a load balancer"),
  isBase64Encoded: false
}

const events = {
  "API Gateway, version 2": { ...gatewayV2, body: delivery("of API Gateway, version 2") },
  "API Gateway, version 1": gatewayV1,
  "a function URL, in base64": functionUrl(delivery("of a function URL")),
  "a load balancer": balancer,
  "a stranger": { ...gatewayV2, headers: { "x-api-key": "forged" }, body: delivery("mallory") },
  "a body that is cut": { ...gatewayV2, body: delivery("cut").slice(0, 100) },
  "base64 that is none": { ...functionUrl(""), body: "%" },
  "a body that is too large": functionUrl(delivery("too-large", "x".repeat(5 * 1024 * 1024)))
}

for (const [name, event] of Object.entries(events)) {
  const { body, statusCode } = await handler(event)
  console.log(`${name}: ${statusCode} ${body}`)
}
