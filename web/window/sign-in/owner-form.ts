import type { Wrong } from './entry-card.tsx'

/** What the first owner fills in. */
export type OwnerForm = {
  readonly name: string
  readonly password: string
  readonly again: string
  readonly token: string
}

const MIN_PASSWORD = 12

/** What has to be put right before it is sent, field by field; empty when nothing has. */
export function whatIsWrong({ name, password, again, token }: OwnerForm): Wrong {
  return {
    ...(name === '' ? { name: 'Enter a name.' } : {}),
    ...(password.length < MIN_PASSWORD ? { password: 'Use at least 12 characters.' } : {}),
    ...(again === password ? {} : { again: 'The two passwords differ.' }),
    ...(token === '' ? { token: 'Enter the set-up token.' } : {}),
  }
}
