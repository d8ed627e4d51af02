import { Store } from "../store.ts"

/**
 * A record, and the integration that it belongs to.
 *
 * @internal
 */
export interface OfIntegration<A> {
  readonly id: string
  readonly integrationId: string
  readonly record: A
}

/**
 * Records of which each belongs to an integration, and goes with it.
 *
 * @internal
 */
export class IntegrationParts<A extends { readonly id: string }> extends Store<OfIntegration<A>> {
  constructor(integrations: Store<{ readonly id: string }>) {
    super()
    integrations.onRemove(({ id }) => {
      for (const part of this.all()) if (part.integrationId === id) this.remove(part.id)
    })
  }

  /** Those of an integration, in the order in which they came. */
  of(integrationId: string): ReadonlyArray<A> {
    return this.all().flatMap((part) => part.integrationId === integrationId ? [part.record] : [])
  }

  findOf(integrationId: string, id: string): A | undefined {
    const part = this.find(id)
    return part?.integrationId === integrationId ? part.record : undefined
  }

  add(integrationId: string, record: A): A {
    this.put({ id: record.id, integrationId, record })
    return record
  }
}
