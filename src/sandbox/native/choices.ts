import type { Account } from '../klaviyo/entities.ts'
import type { Brand } from '../zendesk/entities/account.ts'
import { defaultBrand, type ZendeskStore } from '../zendesk/store.ts'
import type { HandOffChannel, Installation } from './installation.ts'

/** What somebody changes on the integration's page; what is absent stays as it is. */
export type Choices = {
  readonly metrics?: boolean | undefined
  readonly sms?: boolean | undefined
  readonly whatsapp?: boolean | undefined
  readonly handOffs?: readonly HandOffChannel[] | undefined
  readonly brands?: 'all' | readonly string[] | undefined
  readonly brand?: string | undefined
}

/** An account that has not installed it: nothing is synced. */
export function notInstalled(account: Account, zendesk: ZendeskStore): Installation {
  const off = { metrics: false, sms: false, whatsapp: false, handOffs: [] }
  return { account, ...off, brands: 'all', brand: defaultBrand(zendesk) }
}

/** The installation after the choices, or in words why the page would not save them. */
export function choose(
  current: Installation,
  { brands, brand, ...choices }: Choices,
  zendesk: ZendeskStore,
): Installation | string {
  const chosenBrands = brands === undefined ? current.brands : findBrands(zendesk, brands)
  if (chosenBrands === null) return `one of these brands does not exist: ${brands}`
  const chosenBrand = brand === undefined ? current.brand : findBrand(zendesk, brand)
  if (chosenBrand === null) return `no brand is called ${brand}`

  const { metrics = current.metrics, sms = current.sms, whatsapp = current.whatsapp } = choices
  const { handOffs = current.handOffs } = choices
  const places = { brands: chosenBrands, brand: chosenBrand }
  const next: Installation = { ...current, metrics, sms, whatsapp, handOffs, ...places }
  return complaintAbout(next) ?? next
}

/** https://help.klaviyo.com/hc/en-us/articles/115005253728, "Before you begin" */
function complaintAbout({ account, metrics, sms, whatsapp, handOffs }: Installation) {
  const needsMetrics = sms || whatsapp || handOffs.length > 0
  if (needsMetrics && !metrics) {
    return 'conversations and hand-offs are not synced without ticket metrics; send metrics: true'
  }
  const canReceive = account.numbers.some(({ kind }) => kind !== 'alpha')
  return sms && !canReceive ? `${account.name} has no number that can receive texts` : null
}

/** Null when one of them does not exist. */
function findBrands(zendesk: ZendeskStore, names: 'all' | readonly string[]) {
  if (names === 'all') return names
  const found = names.map((name) => findBrand(zendesk, name)).filter((brand) => brand !== null)
  return found.length === names.length ? found : null
}

function findBrand(zendesk: ZendeskStore, name: string): Brand | null {
  return [...zendesk.brands.values()].find((brand) => brand.name === name) ?? null
}
