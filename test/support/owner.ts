import { type OperatorBrowser, operatorBrowser } from './operator-browser.ts'
import { SETUP_TOKEN } from './test-service.ts'

export const OWNER = { name: 'ada@example.org', password: 'a long enough password' } as const

/** A browser in which the service's first owner was made and is signed in. */
export async function makeOwner(url: string): Promise<OperatorBrowser> {
  const browser = operatorBrowser(url)
  await browser.send('POST', '/api/owner', { body: { ...OWNER, token: SETUP_TOKEN } })
  return browser
}

/** Another browser, in which the owner is signed in too. */
export async function signIn(url: string): Promise<OperatorBrowser> {
  const browser = operatorBrowser(url)
  await browser.send('POST', '/api/session', { body: OWNER })
  return browser
}
