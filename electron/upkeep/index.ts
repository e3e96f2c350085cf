/** Keeping the room in order: checks of the vault; updates, training and duties follow. */
export { type VaultCheckParts, vaultCheckJob } from './vault-check.ts'
