export interface ElectronFound {
  readonly executablePath: string
  readonly version: string
  readonly kind: 'installed' | 'test'
  readonly folder: string
}
export function findElectron(): Promise<ElectronFound>
export function findInstalledElectron(): ElectronFound | undefined
