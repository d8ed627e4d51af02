import { assumed, type Fact } from "../Fact.ts"

export const integrationKeys: ReadonlyArray<Fact> = [
  assumed({
    name: "missingIntegrationKey",
    question: "A key of an integration that is not there is",
    answers: { notFound: "404 not_found", keyNotFound: "404 key_not_found" },
    assumed: "notFound",
    assumption: "missingIntegrationKey",
    unasked: "a run makes no custom integration"
  })
]
