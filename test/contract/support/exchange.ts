/** One HTTP call and its answer, as they went over the wire. Header names are in lower case. */
export type Exchange = {
  readonly method: string
  /** With the query, without the origin. */
  readonly path: string
  readonly requestHeaders: Readonly<Record<string, string>>
  readonly requestBody: string
  readonly status: number
  readonly responseHeaders: Readonly<Record<string, string>>
  readonly responseBody: string
}

/** `POST /api/events → 202`, as problems and counts name an exchange. */
export function nameOf({ method, path, status }: Exchange): string {
  return `${method} ${path} → ${status}`
}

/** The media type of a set of headers without its parameters, or null. */
export function mediaTypeOf(headers: Readonly<Record<string, string>>): string | null {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? null
}
