import { useEffect } from 'react'
import type { PagePictures } from './page-pictures.ts'
import type { PageRow } from './page-words.ts'

/** Prepares the sheets beside the shown one, so that turning a page shows it at once. */
export function usePreload(
  pictures: PagePictures,
  pages: readonly PageRow[],
  start: number,
  count: number,
): void {
  useEffect(() => {
    // After the shown page has had its turn; and not at all while someone leafs quickly.
    const timer = setTimeout(() => {
      const ahead = pages.slice(start + count, start + 2 * count + 1)
      const behind = pages.slice(Math.max(0, start - count), start)
      for (const page of [...ahead, ...behind]) pictures.prepare(page.versionId)
    }, 100)
    return () => clearTimeout(timer)
  }, [pictures, pages, start, count])
}
