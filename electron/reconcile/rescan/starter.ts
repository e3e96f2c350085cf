import type { Catalogue } from '../../catalogue/index.ts'

/** The account behind a job: jobs go by its name, the records of a checking and its report by its id. */
export function starterOf({ accounts }: Catalogue, startedBy: string): string {
  return accounts.all().find(({ name }) => name === startedBy)?.id ?? startedBy
}
