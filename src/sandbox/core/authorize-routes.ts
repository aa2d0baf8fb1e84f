import { type Context, Hono } from 'hono'
import type { AuthorizationCodes } from './authorization-codes.ts'
import {
  type AuthorizeRequest,
  type AuthorizeRules,
  readAuthorizeRequest,
} from './authorize-request.ts'
import { consentPage, unsafeRequestPage } from './consent-page.ts'

type AuthorizeEndpoint<Subject> = AuthorizeRules<Subject> & {
  readonly platform: string
  readonly path: string
  readonly chooserLabel: string
  readonly codes: AuthorizationCodes<Subject>
}

type Sound<Subject> = Extract<AuthorizeRequest<Subject>, { kind: 'sound' }>

/**
 * The page on which a person allows or denies the app, and what becomes of the decision. `state`
 * comes back as it was given. The person counts as signed in: the sandbox has no passwords.
 */
export function authorizeRoutes<Subject>(endpoint: AuthorizeEndpoint<Subject>): Hono {
  const app = new Hono()

  app.get(endpoint.path, (c) => {
    const given = new URL(c.req.url).searchParams
    return answer(c, given, (request) => c.html(consentPage(pageOf(endpoint, request, given))))
  })

  app.post(endpoint.path, async (c) => {
    const given = new URL(c.req.url).searchParams
    for (const [name, value] of new URLSearchParams(await c.req.text())) given.set(name, value)
    return answer(c, given, (request) => decide(c, request, given))
  })

  function answer(
    c: Context,
    given: URLSearchParams,
    whenSound: (request: Sound<Subject>) => Response | Promise<Response>,
  ): Response | Promise<Response> {
    const request = readAuthorizeRequest(endpoint, given)
    if (request.kind === 'sound') return whenSound(request)
    if (request.kind === 'unsafe') return unsafe(c, request.complaint)
    return sendBack(c, request.redirectUri, { error: request.error }, given)
  }

  function decide(c: Context, request: Sound<Subject>, given: URLSearchParams) {
    const { choice, scopes, redirectUri, challenge } = request
    const decision = given.get('decision')
    if (decision === 'deny') return sendBack(c, redirectUri, DENIED, given)
    if (decision !== 'allow') return unsafe(c, 'Choose Allow or Deny')
    const code = endpoint.codes.issue({ subject: choice.subject, scopes, redirectUri, challenge })
    return sendBack(c, redirectUri, { code }, given)
  }

  function unsafe(c: Context, complaint: string): Response | Promise<Response> {
    return c.html(unsafeRequestPage(endpoint.platform, complaint), 400)
  }

  return app
}

/** The words are Zendesk's, from memory [M]; Klaviyo's are not known. */
const DENIED = {
  error: 'access_denied',
  error_description: 'The end-user or authorization server denied the request.',
}

function sendBack(
  c: Context,
  redirectUri: string,
  parameters: Readonly<Record<string, string>>,
  given: URLSearchParams,
): Response {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value)
  const state = given.get('state')
  if (state !== null) url.searchParams.append('state', state)
  return c.redirect(url.href, 302)
}

function pageOf<Subject>(
  endpoint: AuthorizeEndpoint<Subject>,
  { choice, scopes }: Sound<Subject>,
  given: URLSearchParams,
) {
  return {
    platform: endpoint.platform,
    appName: endpoint.client.current().name,
    scopes,
    action: endpoint.path,
    fields: [...given].filter(([name]) => name !== endpoint.chooser && name !== 'decision'),
    chooser: { name: endpoint.chooser, label: endpoint.chooserLabel },
    choices: endpoint.choices(),
    chosen: choice,
  }
}
