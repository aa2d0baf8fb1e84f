import type { LimitReading } from '../limit-reading.ts'
import type { Limiter } from '../limiter.ts'

/** Lets every call through and keeps what it hears. */
export function listening(readings: LimitReading[]): Limiter {
  return {
    take: async () => 0,
    peek: () => 0,
    hear: (reading) => void readings.push(reading),
    refused: async () => undefined,
  }
}
