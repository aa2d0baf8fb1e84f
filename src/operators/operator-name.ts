/** The form in which names are compared: case and ways to write a character do not tell two apart. */
export function nameKeyOf(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}
