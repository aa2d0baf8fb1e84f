import { useNavigate, useSearch } from '@tanstack/react-router'

const STATES = ['waiting', 'failed', 'unknown', 'no_ticket'] as const

/** What the list of conversations is narrowed to. It lives in the address. */
export type Narrowed = {
  readonly search?: string
  readonly bridge?: string
  readonly state?: (typeof STATES)[number]
}

/** Reads it from an address; what makes no sense there is ignored. */
export function readNarrowed(raw: Record<string, unknown>): Narrowed {
  const { search, bridge, state } = raw
  return {
    // The router reads a search of digits alone as a number.
    ...(search === undefined || search === '' ? {} : { search: String(search) }),
    ...(typeof bridge === 'string' && bridge !== '' ? { bridge } : {}),
    ...(STATES.some((known) => known === state) ? { state: state as (typeof STATES)[number] } : {}),
  }
}

/** Null or empty takes a part away. */
type Change = { readonly [Key in keyof Narrowed]?: Narrowed[Key] | '' | null | undefined }

/** What the list is narrowed to, and how to change parts of it without filling the history. */
export function useNarrowed(): readonly [Narrowed, (change: Change) => void] {
  const narrowed = readNarrowed(useSearch({ strict: false }))
  const navigate = useNavigate()
  const narrow = (change: Change) =>
    void navigate({ to: '.', search: readNarrowed({ ...narrowed, ...change }), replace: true })
  return [narrowed, narrow]
}
