/** What a browser does for its pages: keeps the cookie, sends it along, and knows who asks. */
export type OperatorBrowser = {
  /** Sends JSON as a page of ours would; `headers` may say otherwise, an empty one is left out. */
  send(method: string, path: string, options?: Sending): Promise<Response>
  /** The cookie it holds, as `name=value`; empty for none. */
  cookie: string
  /** From the last answer that named one. */
  csrfToken: string
}

type Sending = {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A browser of its own, without a cookie, at a service. */
export function operatorBrowser(url: string): OperatorBrowser {
  const browser: OperatorBrowser = {
    cookie: '',
    csrfToken: '',
    async send(method, path, { body, headers = {} } = {}) {
      const all = {
        cookie: browser.cookie,
        ...(method === 'GET' ? {} : { origin: url, 'sec-fetch-site': 'same-origin' }),
        ...(method === 'GET' ? {} : { 'x-csrf-token': browser.csrfToken }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      }
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: Object.entries(all).filter(([, value]) => value !== ''),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      await learn(browser, answer)
      return answer
    },
  }
  return browser
}

async function learn(browser: OperatorBrowser, answer: Response): Promise<void> {
  const [set] = answer.headers.getSetCookie()
  if (set !== undefined) {
    const [pair = ''] = set.split(';')
    browser.cookie = pair.endsWith('=') ? '' : pair
  }
  if (!answer.headers.get('content-type')?.startsWith('application/json')) return
  const { csrfToken } = (await answer.clone().json()) as { csrfToken?: string }
  if (csrfToken !== undefined) browser.csrfToken = csrfToken
}
