import { stringify } from 'yaml'
import type { BridgeSettings } from '../../connections/settings.ts'

const HEAD = `# A bridge between your own accounts, with the choices made in the sandbox.
# The \${NAMES} come from the environment or from .env.
# Brands and numbers are the sandbox's: put yours in their place.
`

/** The file of a bridge for the reader's accounts: their secrets by name, the given settings as they are. */
export function toOwnBridgeFile(settings: BridgeSettings): string {
  const accounts = {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the file's own way to name a variable.
    zendesk: {
      url: '${ZENDESK_SUBDOMAIN}.zendesk.com',
      clientId: '${ZENDESK_CLIENT_ID}',
      clientSecret: '${ZENDESK_CLIENT_SECRET}',
    },
    klaviyo: { apiKey: '${KLAVIYO_API_KEY}' },
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above.
  }
  const { name, ...choices } = settings
  return `${HEAD}${stringify({ name, ...accounts, ...choices })}`
}
