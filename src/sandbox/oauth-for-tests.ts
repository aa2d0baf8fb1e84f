import type { Hono } from 'hono'

/** RFC 7636, appendix B. */
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
export const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

/** Every character here means something in a query, a form or a page. */
export const STATE = `a b+c&d=e%2F"<'>ü`

type App = { readonly request: Hono['request'] }
type Parameters = Readonly<Record<string, string | null>>
/** Loose on purpose: tests look at wire shapes. */
type TokenAnswer = { readonly status: number; readonly body: ReturnType<typeof JSON.parse> }

/** A browser in front of one platform's consent page. Null leaves a parameter out. */
export function createBrowser(app: App, path: string, usual: Parameters) {
  const query = (more: Parameters) => {
    const given = Object.entries({ ...usual, ...more })
    return new URLSearchParams(given.filter((one): one is [string, string] => one[1] !== null))
  }

  async function decide(decision: string, more: Parameters): Promise<Response> {
    const body = query({ ...more, decision })
    return app.request(path, { method: 'POST', body })
  }

  return {
    opens: async (more: Parameters = {}) => app.request(`${path}?${query(more)}`),
    allows: async (more: Parameters = {}) => arrival(await decide('allow', more)),
    denies: async (more: Parameters = {}) => arrival(await decide('deny', more)),

    /** Sends a form of the page as a browser would: with the fields that the page holds. */
    async submits(page: string, form: 'allow' | 'deny') {
      const [, html = ''] = page.split(`id="${form}"`)
      const inForm = html.split('</form>')[0] ?? ''
      const fields = inForm.matchAll(/name="([^"]*)" value="([^"]*)"/g)
      const chosen = inForm.matchAll(/<select name="([^"]*)">[\s\S]*value="([^"]*)" selected/g)
      const body = new URLSearchParams()
      for (const [, name = '', value = ''] of [...fields, ...chosen]) body.set(name, plain(value))
      return arrival(await app.request(path, { method: 'POST', body }))
    },
  }
}

/** Where a redirect led, without its query, and what the query says. */
function arrival(response: Response) {
  const url = new URL(response.headers.get('location') ?? 'none:')
  const at = `${url.origin}${url.pathname}`
  return { status: response.status, at, said: Object.fromEntries(url.searchParams) }
}

function plain(escaped: string): string {
  const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
  return Object.entries(entities).reduce((text, [one, by]) => text.replaceAll(one, by), escaped)
}

export async function readTokenAnswer(response: Response): Promise<TokenAnswer> {
  return { status: response.status, body: await response.json() }
}
