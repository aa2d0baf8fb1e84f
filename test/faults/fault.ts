import type { Load, LoadOptions } from './load.ts'
import type { Site, SiteOptions } from './site.ts'

/** One fault of the programme: one row of its table. */
export type Fault = {
  readonly family: string
  readonly name: string
  /** Whether it is in the short form. */
  readonly short?: boolean
  readonly site?: SiteOptions | (() => Promise<SiteOptions | Skipped>)
  readonly load?: LoadOptions
  readonly shortLoad?: LoadOptions
  /** Whether a text's call may be cut, so that its agent may have to be told instead. */
  readonly mayTell?: boolean
  /** What is so before the load begins. */
  prepare?(site: Site): Promise<unknown>
  /** Does the harm while the load is played; returns when the dose is given. Mended afterwards by the runner. */
  harm(run: FaultRun): Promise<void>
  /** What must be true besides, looked at when all is quiet: each broken thing as a sentence. */
  check?(run: FaultRun): Promise<readonly string[]>
  /** After the site is closed. */
  close?(): Promise<void>
}

/** Said aloud in the table, with what would be needed. */
export type Skipped = { readonly skipped: string }

export type FaultRun = {
  readonly site: Site
  readonly load: Load
  readonly random: () => number
  readonly isShort: boolean
  /** A dose by form. */
  dose(full: number, short: number): number
  /** Something to be read beside the row. */
  note(text: string): void
}

export type Row = {
  readonly family: string
  readonly name: string
  readonly sent: number
  readonly acknowledged: number
  readonly lost: number
  readonly doubled: number
  readonly outOfOrder: number
  readonly stuck: number
  readonly untold: number
  readonly told: number
  readonly seconds: number
  readonly megabytes: number
  readonly notes: readonly string[]
  /** Sentences; the fault is endured when there are none. */
  readonly broken: readonly string[]
}
