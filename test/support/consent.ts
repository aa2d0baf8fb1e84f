/** What a person at an emulated consent page decides; `choose` fills its chooser (`as`, `account`). */
type Decision = {
  readonly decision?: 'allow' | 'deny'
  readonly choose?: Readonly<Record<string, string>>
}

/** Decides on a consent page and answers where the platform then sends the browser: path and query. */
export async function consent(
  redirectTo: string,
  { decision = 'allow', choose = {} }: Decision = {},
): Promise<string> {
  const page = new URL(redirectTo)
  const form = new URLSearchParams(page.search)
  for (const [name, value] of Object.entries({ ...choose, decision })) form.set(name, value)
  const answer = await fetch(`${page.origin}${page.pathname}`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  })
  const location = answer.headers.get('location')
  if (location === null) throw new Error(`no redirect: ${answer.status} ${await answer.text()}`)
  const back = new URL(location)
  return `${back.pathname}${back.search}`
}
