/** The settings that `Broker.layerFromConfig` reads here, for another process. */
export const brokerSettings = Object.fromEntries(
  ["PACT_BROKER_BASE_URL", "PACT_BROKER_TOKEN", "PACT_BROKER_USERNAME", "PACT_BROKER_PASSWORD"].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
)
