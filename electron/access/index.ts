/** Who is there, what they may do, and the one path that every call walks. */
export type { Call, CallNote, CallPath, CallPathParts, CallRecord, Handler, Handlers } from './call-path.ts'
export { callPath } from './call-path.ts'
export { passwordJudge } from './password-policy.ts'
/** Passwords that last, expire and do not come back. */
export { type PasswordOf, type PasswordRules, passwordRules } from './password-rules.ts'
/** One-time codes (RFC 6238) and key files. */
export { acceptCode, codeEnrolment, makeKeyFile, newCodeSecret, readKeyFile } from './second-factor.ts'
export type { Session } from './session.ts'
export { newSession, signedIn } from './session.ts'
/** The machine's own time, which nobody sets. */
export { type MachineClock, machineClock } from './sign-in-clock.ts'
/** Sign-ins from before the vault is open, in the vault's folder. */
export {
  appendToJournal,
  JOURNAL_FILE,
  JOURNAL_START,
  type Journal,
  type JournalLine,
  type JournalPosition,
  readJournal,
  unreadLines,
} from './sign-in-journal.ts'
export { LOCKOUT, lockoutOf } from './sign-in-lockout.ts'
/** The unit's rules for signing in, and what holds unless it sets them. */
export { setSignInPolicy, signInPolicy } from './sign-in-policy.ts'
