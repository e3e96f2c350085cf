import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { PAGE_KIND_INFO, PAGE_KINDS, type PageKind } from '../../../shared/domain/page-kind.ts'
import { useTerm } from '../../app/terms.ts'
import { type Matter, type MatterImage, matterImages } from './matter.ts'

interface MatterOptionsProps {
  readonly matter: Matter
  readonly onChange: (matter: Matter) => void
  /** The files that will be read, in order; undefined while none are chosen. */
  readonly names: readonly string[] | undefined
}

const UNNUMBERED = PAGE_KINDS.filter((kind) => !PAGE_KIND_INFO[kind].numbered)
const MOST = 20
const PRESETS = {
  front: ['cover', 'catalogue'],
  back: ['note'],
} as const satisfies Record<keyof Matter, readonly PageKind[]>

/** What lies before the first and after the last numbered page of what is imported. */
export function MatterOptions({ matter, onChange, names }: MatterOptionsProps) {
  const { t } = useTranslation('intake')
  const term = useTerm()
  const said = ({ place, fromEnd, kind, name }: MatterImage) =>
    t(fromEnd ? (place === 1 ? 'matter.last' : 'matter.fromEnd') : 'matter.nth', {
      place,
      kind: term(PAGE_KIND_INFO[kind]),
    }) + (name === undefined ? '' : t('matter.inFile', { name }))
  const images = matterImages(matter, names)
  return (
    <div className="intake-matter">
      {(['front', 'back'] as const).map((end) => (
        <MatterEnd
          key={end}
          end={end}
          kinds={matter[end]}
          onChange={(kinds) => onChange({ ...matter, [end]: kinds })}
        />
      ))}
      <p className="muted" data-testid="matter-said" aria-live="polite">
        {images.length === 0
          ? t('matter.none')
          : `${images.map(said).join(t('matter.comma'))}${t('matter.rest')}`}
      </p>
    </div>
  )
}

interface MatterEndProps {
  readonly end: keyof Matter
  readonly kinds: readonly PageKind[]
  readonly onChange: (kinds: readonly PageKind[]) => void
}

function MatterEnd({ end, kinds, onChange }: MatterEndProps) {
  const { t } = useTranslation('intake')
  const term = useTerm()
  const words = (kind: PageKind) => term(PAGE_KIND_INFO[kind])
  const preset = PRESETS[end]
  // The same kind may stand there twice: a catalogue of two sheets.
  const chips = kinds.map((kind, place) => ({
    kind,
    place,
    key: `${kind} ${kinds.slice(0, place).filter((other) => other === kind).length}`,
  }))
  return (
    <fieldset className="intake-matter-end">
      <legend>{t(`matter.${end}`)}</legend>
      <ol>
        {chips.map(({ kind, place, key }) => (
          <li key={key}>
            {words(kind)}
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined aria-hidden="true" />}
              aria-label={t('matter.remove', { kind: words(kind) })}
              onClick={() => onChange(kinds.filter((_, index) => index !== place))}
            />
          </li>
        ))}
      </ol>
      {kinds.length === 0 && (
        <Button type="dashed" onClick={() => onChange(preset)}>
          {preset.map(words).join(' + ')}
        </Button>
      )}
      <Dropdown
        trigger={['click']}
        disabled={kinds.length >= MOST}
        menu={{
          items: UNNUMBERED.map((kind) => ({ key: kind, label: words(kind) })),
          onClick: ({ key }) => {
            const kind = UNNUMBERED.find((known) => known === key)
            if (kind !== undefined) onChange([...kinds, kind])
          },
        }}
      >
        <Button type="text" icon={<PlusOutlined aria-hidden="true" />} aria-label={t(`matter.add.${end}`)} />
      </Dropdown>
    </fieldset>
  )
}
