import { Hono } from 'hono'
import type { Account, Profile, SendingNumber } from '../klaviyo/entities.ts'
import type { KlaviyoStore } from '../klaviyo/store.ts'
import { regionOf } from '../klaviyo/texts/phone-numbers.ts'
import type { Macro, RuleAction } from '../zendesk/entities/rules.ts'
import { findUserByEmail, isStaff, type ZendeskStore } from '../zendesk/store.ts'

/** Who and what can be chosen from in the studio. */
export type Cast = {
  readonly people: readonly Person[]
  readonly numbers: readonly BrandNumber[]
  readonly agents: readonly Agent[]
  readonly macros: readonly MacroOffer[]
}

export type Person = {
  readonly number: string
  /** The number itself when nobody gave a name. */
  readonly name: string
  readonly isSubscribed: boolean
  /** What sets this person apart, as true now; empty when nothing does. */
  readonly remarks: readonly string[]
}

export type BrandNumber = {
  readonly number: string
  readonly kind: SendingNumber['kind']
  readonly account: string
  readonly canReceive: boolean
}

export type Agent = { readonly name: string; readonly email: string; readonly role: string }

export type MacroOffer = {
  readonly title: string
  /** What it writes before what the agent types; placeholders are not filled yet. */
  readonly text: string
  /** What else it does, in words. */
  readonly does: readonly string[]
}

type Parts = { readonly klaviyo: KlaviyoStore; readonly zendesk: ZendeskStore }

/** A list to choose from stays one; a campaign may have made thousands of people. */
const MOST_PEOPLE = 60

/** `GET /studio/cast`: the people, numbers, agents and macros that the page offers. */
export function castRoutes(parts: Parts): Hono {
  return new Hono().get('/studio/cast', (c) => c.json(describeCast(parts)))
}

function describeCast({ klaviyo, zendesk }: Parts): Cast {
  const accounts = klaviyo.accounts()
  return {
    people: accounts.flatMap((account) => toPeople(account, zendesk)).slice(0, MOST_PEOPLE),
    numbers: accounts.flatMap(toNumbers),
    agents: [...zendesk.users.values()]
      .filter(isStaff)
      .map(({ name, email, role }) => ({ name, email: email ?? '', role }))
      .sort((a, b) => a.role.localeCompare(b.role) * -1),
    macros: [...zendesk.macros.values()].filter(({ active }) => active).map(toOffer),
  }
}

function toPeople(account: Account, zendesk: ZendeskStore): readonly Person[] {
  return account.profiles.list().flatMap((profile) => {
    const { phoneNumber: number } = profile
    if (number === null) return []
    const name = [profile.traits.first_name, profile.traits.last_name].filter(Boolean).join(' ')
    const isSubscribed = profile.consent.sms.status === 'SUBSCRIBED'
    const remarks = remarksOn(profile, number, zendesk)
    return [{ number, name: name || number, isSubscribed, remarks }]
  })
}

const CONSENT_REMARKS = {
  SUBSCRIBED: [],
  UNSUBSCRIBED: ['opted out of texts'],
  NEVER_SUBSCRIBED: ['never subscribed to texts'],
} as const

function remarksOn(profile: Profile, number: string, zendesk: ZendeskStore): readonly string[] {
  const { email } = profile
  const namesake = email === null ? null : findUserByEmail(zendesk, email)
  const region = regionOf(number)
  return [
    ...CONSENT_REMARKS[profile.consent.sms.status],
    ...(email === null ? ['no e-mail'] : []),
    ...(namesake !== null && isStaff(namesake) ? ["shares an agent's e-mail"] : []),
    ...(region === null || region === 'US' ? [] : [`number of ${region}`]),
  ]
}

function toNumbers({ name, numbers }: Account): readonly BrandNumber[] {
  return numbers.map(({ number, kind }) => ({
    number,
    kind,
    account: name,
    canReceive: kind !== 'alpha',
  }))
}

function toOffer({ title, actions }: Macro): MacroOffer {
  const isText = ({ field }: RuleAction) => field.startsWith('comment_value')
  return {
    title,
    text: actions
      .filter(isText)
      .map(({ field, value }) =>
        field === 'comment_value_html' ? withoutTags(value) : String(value),
      )
      .join('\n'),
    does: actions.filter((action) => !isText(action)).map(inWords),
  }
}

/** For looking at only; Zendesk makes its own text of it. */
function withoutTags(html: unknown): string {
  return String(html)
    .replace(/<\/p>\s*<p>/g, '\n')
    .replace(/<[^>]*>/g, '')
}

function inWords({ field, value }: RuleAction): string {
  if (field === 'status') return `sets the status ${value}`
  if (field === 'current_tags') return `adds the tag ${value}`
  return `sets ${field} to ${value}`
}
