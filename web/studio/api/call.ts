/** Calls the sandbox. An answer that is no success becomes an error with the sandbox's own words. */
export async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Error('The sandbox does not answer.')
  })
  if (!response.ok) throw new Error(await complaintOf(response))
  return (response.status === 204 ? undefined : await response.json()) as Answer
}

async function complaintOf(response: Response): Promise<string> {
  const text = await response.text()
  try {
    const { description, details } = JSON.parse(text) as Record<string, unknown>
    if (details !== undefined) return `Refused: ${JSON.stringify(details)}`
    return typeof description === 'string' ? description : text
  } catch {
    // Not JSON: its own words will do.
    return text === '' ? `The sandbox answered ${response.status}.` : text
  }
}
