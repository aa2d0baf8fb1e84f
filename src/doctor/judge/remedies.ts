/*
 * What several checks advise, in the same words.
 */

export const APPLY_AGAIN =
  'Apply the bridge again: on the page Connections, or with "npx replyline apply -f bridge.yaml". It puts both webhooks right.'

/** Credentials are given anew where they were given. */
export function connectAgain(platform: string): string {
  return `Connect ${platform} again on the page Connections, or correct the credential in the bridge's file and apply it.`
}

export const CHANGE_KEY =
  'Scopes of a private key cannot be changed: make a new key in Klaviyo (Settings, API keys) with these scopes, put it into the bridge and apply it.'
