/** Which of the sandbox's Zendesk accounts something belongs to. */
export type ZendeskAccount = {
  readonly name: string
  readonly subdomain: string
  /** The names of its brands, the default one first. */
  readonly brands: readonly string[]
  /** What deliveries carry as `x-zendesk-account-id`. */
  readonly number: number
  /** 0 for the seeded account. No two accounts share it, nor any id made from it. */
  readonly index: number
}

const FIRST_NUMBER = 22_129_848

export const NORDLYS: ZendeskAccount = {
  name: 'Nordlys',
  subdomain: 'nordlys',
  brands: ['Nordlys', 'Fjell', 'Skog'],
  number: FIRST_NUMBER,
  index: 0,
}

/** One more account; `index` counts from the seeded one. */
export function laterAccount(
  given: Pick<ZendeskAccount, 'name' | 'subdomain' | 'brands'>,
  index: number,
): ZendeskAccount {
  return { ...given, index, number: FIRST_NUMBER + index }
}

/** The account's own address, which Zendesk prints whatever host was asked. */
export function ownAddress({ subdomain }: ZendeskAccount): string {
  return `https://${subdomain}.zendesk.com`
}
