/** Printed documents as PDF, the same from the window and from the command line. */
export { type PrintedShare, type RecoverySheet, recoverySheetPdf, shareQrSvg } from './recovery-sheet.ts'
