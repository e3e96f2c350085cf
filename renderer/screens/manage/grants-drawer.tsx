import { App, Button, Drawer, Form, Input, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayHold } from '../../../shared/domain/grant-separation.ts'
import { OFFICER_ROLES, PERMISSIONS, type Role } from '../../../shared/domain/permission.ts'
import { permissionGroups, ROLE_WORDS } from '../../../shared/domain/permission-words.ts'
import { call } from '../../app/client.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import type { GrantDraft } from './grant-draft.ts'
import { GrantLine } from './grant-line.tsx'

interface GrantsDrawerProps {
  readonly role: Role
  readonly grants: readonly GrantDraft[]
  readonly onClose: () => void
  readonly onSaved: () => void
}

/** What one role may do, line by line, with the reason for changing it. */
export function GrantsDrawer({ role, grants, onClose, onSaved }: GrantsDrawerProps) {
  const { t } = useTranslation('rights')
  const term = useTerm()
  const { message } = App.useApp()
  const [draft, setDraft] = useState<readonly GrantDraft[]>(grants)
  const changed = PERMISSIONS.filter(
    (permission) => textOf(grants, permission) !== textOf(draft, permission),
  ).length
  const save = useAction(async ({ reason }: { readonly reason: string }) => {
    await call('roles.setGrants', { role, grants: [...draft], reason })
    onSaved()
    onClose()
    void message.success(t('matrix.saved', { role: term(ROLE_WORDS[role]) }))
  })
  const put = (permission: GrantDraft['permission'], lines: readonly GrantDraft[]) =>
    setDraft((before) => [...before.filter((grant) => grant.permission !== permission), ...lines])
  const officer = OFFICER_ROLES.includes(role)
  return (
    <Drawer
      open
      title={t('matrix.edit', { role: term(ROLE_WORDS[role]) })}
      size={640}
      onClose={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p className="muted">{t(officer ? 'matrix.edit-officer' : 'matrix.edit-text')}</p>
      {permissionGroups().map(({ area, words, permissions }) => {
        // What 三员分立 keeps from the role is not offered; the core refuses it as well.
        const offered = permissions.filter((permission) => mayHold(role, permission))
        return offered.length === 0 ? null : (
          <section key={area}>
            <h3>{term(words)}</h3>
            {offered.map((permission) => (
              <GrantLine
                key={permission}
                permission={permission}
                grants={draft.filter((grant) => grant.permission === permission)}
                onChange={(lines) => put(permission, lines)}
              />
            ))}
          </section>
        )
      })}
      <Form name="grants" layout="vertical" requiredMark={false} onFinish={save.run}>
        <Form.Item
          name="reason"
          label={t('reason.label')}
          rules={[{ required: true, whitespace: true, message: t('reason.required') }]}
        >
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} />
        </Form.Item>
        <ErrorNotice error={save.error} />
        <Space>
          <Button type="primary" htmlType="submit" loading={save.busy} disabled={changed === 0}>
            {t('matrix.save', { count: changed })}
          </Button>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          {changed === 0 && <span className="muted">{t('matrix.unchanged')}</span>}
        </Space>
      </Form>
    </Drawer>
  )
}

function textOf(grants: readonly GrantDraft[], permission: GrantDraft['permission']): string {
  return JSON.stringify(
    grants
      .filter((grant) => grant.permission === permission)
      .map(({ scope, compartments, secrecyUpTo, statuses }) => [
        ...[scope, compartments ?? null, secrecyUpTo ?? null, statuses ?? null],
      ]),
  )
}
