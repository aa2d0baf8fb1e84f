import { changeConsent } from './consent/consent.ts'
import type { Account, ConsentStatus } from './entities.ts'
import { stableUlid } from './ids.ts'
import type { AccountSeed, KlaviyoStore } from './store.ts'

const DAY = 24 * 60 * 60_000

/** The sending number that a person in Sweden sees; nobody can text it. */
const BRANDED_SENDER = 'NORDLYS'

const NORDLYS: AccountSeed = {
  id: 'NRDLYS',
  name: 'Nordlys Outdoor',
  privateKey: 'pk_sandbox',
  numbers: [
    { number: '+18005550100', kind: 'toll_free', regions: ['US', 'CA'] },
    { number: '+14155550101', kind: 'long_code', regions: [] },
    { number: '55501', kind: 'short_code', regions: [] },
    { number: BRANDED_SENDER, kind: 'alpha', regions: ['SE'] },
  ],
  subscribeKeywords: ['JOIN'],
  automations: [
    {
      keyword: 'SIZE',
      flow: 'Size guide',
      reply: 'Our jackets run true to size. Measure your chest: S 88-94, M 95-101, L 102-108 cm.',
    },
  ],
}

const FJELL: AccountSeed = {
  id: 'FJELLS',
  name: 'Fjell',
  privateKey: 'pk_sandbox_fjell',
  numbers: [{ number: '+18005550200', kind: 'toll_free', regions: ['US', 'CA'] }],
  subscribeKeywords: ['JOIN'],
}

type ProfileSeed = {
  readonly phone: string
  readonly consent: ConsentStatus
  readonly email?: string
  readonly firstName?: string
  readonly lastName?: string
}

const PROFILES: readonly ProfileSeed[] = [
  {
    phone: '+14155550111',
    consent: 'SUBSCRIBED',
    email: 'sarah.lind@example.com',
    firstName: 'Sarah',
    lastName: 'Lind',
  },
  { phone: '+14155550112', consent: 'SUBSCRIBED' },
  { phone: '+14155550113', consent: 'NEVER_SUBSCRIBED' },
  { phone: '+14155550114', consent: 'SUBSCRIBED', email: 'agent@example.com', firstName: 'Alva' },
  { phone: '+46705550115', consent: 'SUBSCRIBED', firstName: 'Maja' },
]

/** Fills an empty store with the accounts, numbers and people that scripts count on. */
export function seedKlaviyo(store: KlaviyoStore, now: number): void {
  const longAgo = now - 30 * DAY
  const nordlys = addOrFail(store, NORDLYS, longAgo)
  addOrFail(store, FJELL, longAgo)
  for (const profile of PROFILES) addProfile(nordlys, profile, longAgo)
}

function addOrFail(store: KlaviyoStore, seed: AccountSeed, now: number): Account {
  const account = store.addAccount(seed, now)
  if (typeof account === 'string') throw new Error(`the seed does not fit: ${account}`)
  return account
}

function addProfile(account: Account, seed: ProfileSeed, at: number): void {
  const id = stableUlid('profile', account.id, seed.phone)
  const identifiers = { id, phoneNumber: seed.phone, email: seed.email ?? null }
  const profile = account.profiles.create(identifiers, at)
  profile.traits.first_name = seed.firstName ?? null
  profile.traits.last_name = seed.lastName ?? null
  changeConsent(profile, 'sms', { status: seed.consent, at, ...methodOf(seed.consent) })
}

function methodOf(consent: ConsentStatus) {
  return consent === 'SUBSCRIBED'
    ? { method: 'TEXT', methodDetail: 'JOIN' }
    : { method: null, methodDetail: '' }
}
