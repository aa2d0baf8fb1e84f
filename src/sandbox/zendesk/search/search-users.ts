import { isProblem, type Problem } from '../api/errors.ts'
import type { ZendeskParts } from '../emulator.ts'
import type { Identity, User } from '../entities/people.ts'
import { includesWord, isRecent, parseQuery } from './search-query.ts'

type Person = { readonly user: User; readonly identities: readonly Identity[] }
type UserTest = (person: Person, value: string) => boolean

const USER_TESTS: Readonly<Record<string, UserTest>> = {
  type: (_person, value) => value === 'user',
  role: ({ user }, value) => user.role === value,
  external_id: ({ user }, value) => user.external_id === value,
  phone: (person, value) => phonesOf(person).some((phone) => phoneMatches(phone, value)),
  email: (person, value) =>
    emailsOf(person).some((email) => email.toLowerCase() === value.toLowerCase()),
}

/** The users in the index that match. Free words are looked for in names and e-mail addresses. */
export function searchUsers(
  { store, world, doubts, users }: ZendeskParts,
  query: string,
): User[] | Problem {
  const terms = parseQuery(query, Object.keys(USER_TESTS))
  if (isProblem(terms)) return terms
  const now = world.clock.now()
  return [...store.users.values()].filter((user) => {
    if (!user.active || isRecent(user.created_at, now, doubts.searchLagMs())) return false
    const person = { user, identities: users.identitiesOf(user.id) }
    return terms.every(({ field, value }) => {
      const test = field === null ? undefined : USER_TESTS[field]
      return test === undefined ? mentions(person, value) : test(person, value)
    })
  })
}

function mentions(person: Person, word: string): boolean {
  const { name } = person.user
  return includesWord(name, word) || emailsOf(person).some((email) => includesWord(email, word))
}

function emailsOf({ identities }: Person): string[] {
  return identities.filter(({ type }) => type === 'email').map(({ value }) => value)
}

function phonesOf({ user, identities }: Person): string[] {
  const lines = identities.filter(({ type }) => type === 'phone_number').map(({ value }) => value)
  return user.phone === null ? lines : [user.phone, ...lines]
}

/** A star at the front matches any beginning. */
function phoneMatches(phone: string, wanted: string): boolean {
  const digits = (text: string) => text.replace(/\D/g, '')
  const isSuffix = wanted.startsWith('*')
  return isSuffix ? digits(phone).endsWith(digits(wanted)) : digits(phone) === digits(wanted)
}
