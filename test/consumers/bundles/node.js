import { roundTrip } from "./roundTrip.js"

console.log(await roundTrip(process.env))
