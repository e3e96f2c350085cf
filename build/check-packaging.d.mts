export function problemsOfConfiguration(file?: string): string[]
export function strayFiles(names: readonly string[]): string[]
export function packagedFolder(): string
export function inspectPackage(folder: string): Promise<{
  readonly name: string
  readonly executable: string
  readonly lines: readonly string[]
  readonly problems: readonly string[]
  readonly sizeBytes: number
  readonly fuses: Readonly<Record<string, boolean>>
}>
export function extractPackage(folder: string, into: string): void
