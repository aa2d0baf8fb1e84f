/** The response headers of one answer. Names are looked up in lower case. */
export type AnswerHeaders = {
  /** The value; several headers of one name are joined by `, `. */
  get(name: string): string | null
  /** Every header name, in lower case. */
  names(): readonly string[]
}

/** A whole answer, whatever its status. `text` is decoded (gzip, UTF-8) and bounded in size. */
export type HttpAnswer = {
  readonly status: number
  readonly headers: AnswerHeaders
  readonly text: string
}

/** Builds headers from a plain record, as undici gives it. */
export function toAnswerHeaders(
  raw: Readonly<Record<string, string | readonly string[] | undefined>>,
): AnswerHeaders {
  const values = new Map<string, string>()
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined) values.set(name.toLowerCase(), [value].flat().join(', '))
  }
  return { get: (name) => values.get(name.toLowerCase()) ?? null, names: () => [...values.keys()] }
}
