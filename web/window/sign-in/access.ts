/** How a try to get in or out ended. `field` names what has to be put right, where it is one thing. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly words: string; readonly field?: 'password' | 'token' }

/** Signs in; the cookie is the browser's affair. */
export async function signIn(credentials: {
  readonly name: string
  readonly password: string
}): Promise<Outcome> {
  const answer = await send('POST', '/api/session', credentials)
  if (answer?.status === 401)
    return { kind: 'refused', field: 'password', words: 'The name or the password is wrong.' }
  return answer?.ok ? whetherKept() : refusal(answer)
}

/** Makes the first owner and signs them in. */
export async function makeOwner(owner: {
  readonly name: string
  readonly password: string
  readonly token: string
}): Promise<Outcome> {
  const answer = await send('POST', '/api/owner', owner)
  if (answer?.status === 409)
    return refused('Somebody has made the owner meanwhile. Load this page again to sign in.')
  if (answer?.status === 401)
    return {
      kind: 'refused',
      field: 'token',
      words: 'This token is wrong. Take the address that Replyline printed when it last started.',
    }
  return answer?.ok ? whetherKept() : refusal(answer)
}

/** Ends the session on the server. That it has ended already is as good. */
export async function signOut(csrfToken: string): Promise<Outcome> {
  const answer = await send('DELETE', '/api/session', undefined, { 'x-csrf-token': csrfToken })
  return answer?.ok || answer?.status === 401 ? { kind: 'done' } : refusal(answer)
}

/** A browser drops a cookie that is for https alone without a word. */
async function whetherKept(): Promise<Outcome> {
  const answer = await send('GET', '/api/session')
  if (answer?.status !== 401) return { kind: 'done' }
  return {
    kind: 'refused',
    words:
      'Your browser did not keep the sign-in. Allow cookies, and open Replyline at the https address that PUBLIC_URL names.',
  }
}

/** Null when nothing answered. */
async function send(
  method: string,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response | null> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  return fetch(path, {
    method,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => null)
}

async function refusal(answer: Response | null): Promise<Outcome> {
  if (answer === null)
    return refused('Replyline cannot be reached. See that it runs, then try again.')
  if (answer.status === 429)
    return refused(
      `Too many tries. Wait ${answer.headers.get('retry-after') ?? 60} seconds, then try again.`,
    )
  if (answer.status >= 500)
    return refused('Replyline could not look this up just now. Try again in half a minute.')
  const { error } = (await answer.json().catch(() => ({}))) as { error?: string }
  return refused(`Replyline refused this: ${error ?? `status ${answer.status}`}.`)
}

function refused(words: string): Outcome {
  return { kind: 'refused', words }
}
