/**
 * The closed list of things that can go wrong, by area. A code is a promise to the screen: the renderer owns
 * the words in Chinese and English for each one, and a test proves that none is missing.
 */
export const ERROR_CODES = [
  // how a call is made
  'CALL_UNKNOWN_METHOD',
  'CALL_INVALID_INPUT',
  'CALL_UNTRUSTED_SENDER',
  'CALL_CANCELLED',
  'CALL_INTERNAL',
  'CORE_STOPPED',
  // files and machine
  'SYSTEM_DISK_FULL',
  'SYSTEM_ACCESS_DENIED',
  'SYSTEM_FILE_MISSING',
  'SYSTEM_READ_ONLY',
  'SYSTEM_IO_FAILED',
  'SYSTEM_TOO_MANY_FILES',
  'SYSTEM_NODE_TOO_OLD',
  'SYSTEM_RANGE_UNSATISFIABLE',
  // vault
  'VAULT_NOT_OPEN',
  'VAULT_NOT_FOUND',
  'VAULT_ALREADY_EXISTS',
  'VAULT_FOLDER_NOT_EMPTY',
  'VAULT_HEADER_DAMAGED',
  'VAULT_FORMAT_TOO_NEW',
  'VAULT_WRONG_PASSWORD',
  'VAULT_NO_SUCH_ACCOUNT',
  'VAULT_ACCOUNT_EXISTS',
  'VAULT_ACCOUNT_LOCKED',
  'VAULT_COMPARTMENT_CLOSED',
  'VAULT_OBJECT_MISSING',
  'VAULT_OBJECT_DAMAGED',
  'VAULT_LOCKED_BY_OTHER',
  'VAULT_LOCK_STALE',
  'VAULT_LOCK_LOST',
  'VAULT_RECOVERY_WRONG',
  'VAULT_RECOVERY_SHARE_INVALID',
  'VAULT_PASSWORD_TOO_WEAK',
  // catalogue
  'CATALOGUE_DAMAGED',
  'CATALOGUE_TOO_NEW',
  'CATALOGUE_NOT_FOUND',
  'CATALOGUE_CONFLICT',
  'CASE_NUMBER_INVALID',
  'CASE_NUMBER_TAKEN',
  'ARCHIVE_NUMBER_TAKEN',
  // access
  'ACCESS_NOT_SIGNED_IN',
  'ACCESS_DENIED',
  'ACCESS_APPROVAL_NEEDED',
  'ACCESS_ROLES_CONFLICT',
  'REVIEW_LINES_OPEN',
  // approvals
  'APPROVAL_NOT_NEEDED',
  'APPROVAL_WRONG_STATE',
  'APPROVAL_SAME_PERSON',
  'APPROVAL_EXPIRED',
  'APPROVAL_STALE',
  // lending
  'LOAN_STEP_REFUSED',
  'LOAN_NOTHING_TO_LEND',
  'LOAN_END_PASSED',
  'LOAN_READER_UNFIT',
  'LOAN_COUNT_DIFFERS',
  'EXPORT_NOTHING',
  // paper against electronic
  'RECONCILE_ALREADY_OPEN',
  'RECONCILE_NOT_OPEN',
  'RECONCILE_NOTHING_SCANNED',
  'RECONCILE_CHANGED_MEANWHILE',
  'RECONCILE_SAME_PERSON',
  'RECONCILE_WRONG_STATE',
  'RECONCILE_PASS_UNFINISHED',
  'RECONCILE_TABLE_UNREADABLE',
  'RECONCILE_PLAN_IMPOSSIBLE',
  'RECONCILE_NOT_SETTLED',
  'RECONCILE_REPORT_INVALID',
  'RECONCILE_ATTACHMENT_REFUSED',
  'RECONCILE_ATTACHMENT_LACKING',
  // backup on media
  'BACKUP_MEDIUM_FULL',
  'BACKUP_MEDIUM_READ_ONLY',
  'BACKUP_MEDIUM_GONE',
  'BACKUP_MEDIUM_UNREGISTERED',
  'BACKUP_NO_SPACE',
  'BACKUP_SET_MISSING',
  'BACKUP_SET_EXISTS',
  'BACKUP_SET_FOREIGN',
  'BACKUP_SET_DAMAGED',
  'BACKUP_SET_TOO_NEW',
  'BACKUP_SNAPSHOT_MISSING',
  'BACKUP_TARGET_IN_USE',
  'BACKUP_CASE_COPY',
  'BACKUP_KEEPS_NOTHING',
  'BACKUP_DRILL_KEY_GONE',
  // signing in
  'SESSION_LOCKED_OUT',
  'SESSION_SECOND_FACTOR_NEEDED',
  'SESSION_SECOND_FACTOR_WRONG',
  'SESSION_PASSWORD_EXPIRED',
  'SESSION_PASSWORD_REUSED',
  // intake
  'INTAKE_EMPTY_FILE',
  'INTAKE_UNREADABLE_FILE',
  'INTAKE_TRUNCATED_FILE',
  'INTAKE_UNSUPPORTED_FORMAT',
  'INTAKE_PASSWORD_PROTECTED',
  'INTAKE_IMAGE_TOO_LARGE',
  'INTAKE_TOO_MANY_PAGES',
  'INTAKE_FILE_TOO_LARGE',
  'INTAKE_FILE_VANISHED',
  'INTAKE_FILE_CHANGED',
  'INTAKE_LINK_OUTSIDE',
  'INTAKE_NAME_UNUSABLE',
  'INTAKE_NOTHING_TO_IMPORT',
  'INTAKE_TABLE_INVALID',
  'INTAKE_NAME_TEMPLATE_INVALID',
  'INTAKE_SECRECY_FORBIDS',
  // recognition
  'RECOGNITION_UNAVAILABLE',
  'RECOGNITION_FAILED',
  // jobs
  'JOB_NOT_FOUND',
  'JOB_RESOURCE_BUSY',
  'JOB_INTERRUPTED',
  // archive numbers and templates
  'TEMPLATE_INVALID',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** Details that may cross to the screen: plain values, never a stack, an absolute path or a party's name. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>

/** What goes over the wire in place of an error object. */
export interface ErrorEnvelope {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  readonly retryable: boolean
}

/** The only error that services throw on purpose. `retryable` means that the same call may succeed later unchanged. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  readonly retryable: boolean

  constructor(
    code: ErrorCode,
    details: ErrorDetails = {},
    options: { retryable?: boolean; cause?: unknown } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.details = details
    this.retryable = options.retryable ?? false
  }

  toEnvelope(): ErrorEnvelope {
    return { code: this.code, details: this.details, retryable: this.retryable }
  }

  static fromEnvelope(envelope: ErrorEnvelope): AppError {
    return new AppError(envelope.code, envelope.details, { retryable: envelope.retryable })
  }
}
