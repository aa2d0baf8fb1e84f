export type Figures = Readonly<Record<string, unknown>>

/** What a program is to measure, and where its results go. */
export type Task = {
  /** How many conversations are stored beforehand; 0 for an empty database. */
  readonly stored: number
  readonly seconds: number
  readonly rounds: number
  /** Of the campaign. */
  readonly events: number
  /** Of the backlog. */
  readonly waiting: number
  readonly report: (figures: Figures) => void
}

export type Program = {
  readonly name: string
  /** One line, for who asks which there are. */
  readonly measures: string
  readonly run: (task: Task) => Promise<void>
}
