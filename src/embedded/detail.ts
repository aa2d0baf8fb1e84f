/** The words of a caught error, for the brackets of a message. */
export function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The system's or PostgreSQL's own code of a caught error (`ENOENT`, `57P03`); empty without one. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return typeof code === 'string' ? code : ''
}
