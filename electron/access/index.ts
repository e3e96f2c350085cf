/** Who is there, what they may do, and the one path that every call walks. */
export type { Call, CallPath, CallPathParts, CallRecord, Handler, Handlers } from './call-path.ts'
export { callPath } from './call-path.ts'
export { passwordJudge } from './password-policy.ts'
export type { Session } from './session.ts'
export { newSession, signedIn } from './session.ts'
