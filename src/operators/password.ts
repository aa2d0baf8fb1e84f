import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { createTurnstile } from './turnstile.ts'

/** Argon2id, the default algorithm. https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const

/** A hash of nobody's password, at the same cost: an unknown name must take as long as a wrong password. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXRoaW5nc2FsdHk$bm9ib2R5IGtub3dzIHRoaXMgcGFzc3dvcmQgYXQgYWw'

/** Long enough that guessing is hopeless even for who holds the hash; 120 bits. */
const MADE_BYTES = 15

/** Of this process. A check takes a processor for its time, and the platforms' deliveries need one too. */
const checks = createTurnstile({ atOnce: 2, waiting: 20 })

/** Off the event loop; about 10 ms and 19 MiB. */
export function hashPassword(password: string): Promise<string> {
  return hash(spelled(password), COST)
}

/**
 * `passwordHash` is null for a name that nobody has: the answer is false, after the same time. Null
 * when too many are being checked; nothing was checked then.
 */
export async function isPassword(
  password: string,
  passwordHash: string | null,
): Promise<boolean | null> {
  const isRight = await checks.pass(() => verify(passwordHash ?? NOBODY, spelled(password)))
  return isRight === null ? null : isRight && passwordHash !== null
}

/** A random password for a person to type or copy once. */
export function makePassword(): string {
  return randomBytes(MADE_BYTES).toString('base64url')
}

/** Two keyboards may write one character in two ways. */
function spelled(password: string): string {
  return password.normalize('NFKC')
}
