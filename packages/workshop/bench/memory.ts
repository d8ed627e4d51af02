import { heapSizes } from "./processes.ts"

/** Bytes after a garbage collection. */
export interface HeapSizes {
  readonly after100000: number
  readonly after1000000: number
}

export interface Memory {
  readonly untraced: HeapSizes
  readonly traced: HeapSizes
}

export const memory = async (): Promise<Memory> => ({
  untraced: await heapSizes("sunco"),
  traced: await heapSizes("sunco-traced")
})

export const growth = ({ after100000, after1000000 }: HeapSizes): number => (after1000000 - after100000) / 1e6
