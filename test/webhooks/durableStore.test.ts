import { describe, it } from "@effect/vitest"
import * as DurableStore from "@sunco/webhooks/DurableStore"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import * as NodeSqlite from "./NodeSqlite.ts"
import { storeContract } from "./StoreContract.ts"

const options = { lease: "300 millis" } as const

describe("the store in memory", () => {
  storeContract(DurableStore.layerMemory(options), TestClock.adjust, it.effect)
})

describe("the store in SQLite", () => {
  storeContract(
    DurableStore.layerSql(options).pipe(Layer.provide(NodeSqlite.layer(":memory:"))),
    TestClock.adjust,
    it.effect
  )
})
