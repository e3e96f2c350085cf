import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Medium } from '../../../shared/contract/media.ts'
import { isWritable } from '../../../shared/domain/backup/due-backup.ts'
import { useBackupWords } from './use-backup-words.ts'

interface MediumChoiceProps {
  readonly media: readonly Medium[]
  /** `write`: only what is plugged in and in use; `read`: whatever is plugged in. */
  readonly need: 'write' | 'read'
  /** The one that the person means, though it may not be there. */
  readonly wanted?: string | undefined
}

export function usableMedia(media: readonly Medium[], need: 'write' | 'read'): readonly Medium[] {
  return media.filter((medium) => (need === 'write' ? isWritable(medium) : medium.present))
}

/** The medium that the person means, or else the one that is there: first the one in daily use. */
export function firstMedium(
  media: readonly Medium[],
  need: 'write' | 'read',
  wanted: string | undefined,
): string | undefined {
  const usable = usableMedia(media, need)
  // Another one than the person means would be the wrong one: it is asked for instead.
  if (wanted !== undefined) return usable.find(({ id }) => id === wanted)?.id
  return (usable.find(({ set }) => set === 'C') ?? usable[0])?.id
}

/** Which medium: those that are not there stand in the list too, with what hinders them. */
export function MediumChoice({ media, need, wanted }: MediumChoiceProps) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const usable = new Set(usableMedia(media, need).map(({ id }) => id))
  const absent = media.find(({ id }) => id === wanted && !usable.has(id))
  return (
    <Form.Item
      name="mediumId"
      label={t('field.medium')}
      rules={[
        { required: true, message: t(usable.size === 0 ? 'medium.none-there' : 'field.medium-required') },
      ]}
      extra={
        absent !== undefined
          ? t(absent.present ? 'medium.not-in-use' : 'medium.fetch', {
              number: absent.number,
              place: absent.place,
            })
          : usable.size === 0
            ? t('medium.none-there')
            : undefined
      }
    >
      <Select
        options={media.map((medium) => ({
          value: medium.id,
          disabled: !usable.has(medium.id),
          label: [
            medium.number,
            words.set(medium.set),
            usable.has(medium.id)
              ? t('medium.free', { size: words.size(medium.freeBytes) })
              : t(medium.present ? `medium.state.${medium.state}` : 'medium.absent-at', {
                  place: medium.place,
                }),
          ].join(' · '),
        }))}
      />
    </Form.Item>
  )
}
