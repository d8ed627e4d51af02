import { roundTrip } from "./roundTrip.js"

/** A worker of which `workerd test` calls the tests. The runtime has web APIs only, as long as nobody asks for those of Node. */
export default {
  async test(_, settings) {
    const ofNode = ["process", "Buffer", "require"].filter((name) => name in globalThis)
    if (ofNode.length > 0) throw new Error(`Nothing is proved where there is ${ofNode}`)
    const name = await roundTrip(settings)
    if (name !== "Ada") throw new Error(`Read ${name}`)
  }
}
