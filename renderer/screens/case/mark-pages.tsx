import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { PAGE_KIND_INFO, PAGE_KINDS, type PageKind } from '../../../shared/domain/page-kind.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { useCaseChange } from './case-change.tsx'

interface MarkPagesProps {
  readonly volumeId: string
  readonly pageIds: readonly string[]
  readonly onDone: () => void
}

/** Says what pages are; the printed numbers of the book are then counted anew. */
export function MarkPages({ volumeId, pageIds, onDone }: MarkPagesProps) {
  const { t } = useTranslation('case')
  const term = useTerm()
  const change = useCaseChange()
  const mark = useAction(async (kind: PageKind) => {
    if ((await change.send('pages.mark', { volumeId, pageIds: [...pageIds], kind })) === 'done') onDone()
  })
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: PAGE_KINDS.map((kind) => ({
            key: kind,
            label: PAGE_KIND_INFO[kind].numbered
              ? term(PAGE_KIND_INFO[kind])
              : t('mark.unnumbered', { kind: term(PAGE_KIND_INFO[kind]) }),
          })),
          onClick: ({ key }) => {
            const kind = PAGE_KINDS.find((known) => known === key)
            if (kind === undefined) return
            // The keys go back to the page: the menu would keep Home and End to itself while it closes.
            if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
            mark.run(kind).catch((error: unknown) => console.warn('not marked', error))
          },
        }}
      >
        <Button loading={mark.busy} icon={<DownOutlined />} iconPlacement="end">
          {t(change.filed ? 'mark.request' : 'mark.do')}
        </Button>
      </Dropdown>
      <ErrorNotice error={mark.error} />
    </>
  )
}
