import { CLIENT } from './connecting.ts'
import { consent } from './consent.ts'
import type { OperatorBrowser } from './operator-browser.ts'
import type { Stack } from './stack.ts'

type Listed = {
  readonly connections: readonly { readonly id: string; readonly platform: string }[]
}

/** Approves an account on its own page, as a person does; answers the connection's id. */
export async function connectedByConsent(
  { sandbox }: Stack,
  browser: OperatorBrowser,
  platform: 'zendesk' | 'klaviyo',
): Promise<string> {
  const body = platform === 'zendesk' ? { ...CLIENT, address: sandbox.zendeskUrl } : CLIENT
  const begun = await browser.send('POST', `/api/connections/${platform}/consent`, { body })
  const { redirectTo } = (await begun.json()) as { redirectTo: string }
  const headers = { accept: 'text/html', 'sec-fetch-site': 'cross-site' }
  const back = await browser.send('GET', await consent(redirectTo), { headers })
  const listed = await browser.send('GET', '/api/connections')
  const { connections } = (await listed.json()) as Listed
  const connected = connections.find((connection) => connection.platform === platform)
  if (connected === undefined) throw new Error(`${platform} is not connected: ${back.status}`)
  return connected.id
}
