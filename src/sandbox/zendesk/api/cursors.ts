/** Where an item stands in the list; lists are ordered by this, then by id. */
export type KeyOf<Item> = (item: Item) => { readonly key: string | number; readonly id: number }

type Place = ReturnType<KeyOf<unknown>>

export function comparePlaces(a: Place, b: Place): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  return a.id - b.id
}

export function toCursor({ key, id }: Place): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url')
}

export function fromCursor(cursor: string): Place | null {
  try {
    const [key, id]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const isPlace = (typeof key === 'string' || typeof key === 'number') && typeof id === 'number'
    return isPlace ? { key, id } : null
  } catch {
    // A cursor that someone made up.
    return null
  }
}
