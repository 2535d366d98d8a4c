import { at, isMap, textAt } from '../../../../manifest/value.ts'
import { infoOf, type Session } from '../session.ts'
import { columns } from '../table.ts'
import { lines, text } from '../values.ts'

/** `bosh environment`: what the Director says of itself. */
export async function environment(session: Session): Promise<void> {
  const info = await infoOf(await session.director())
  const field = (title: string, value: string | undefined): [string, ReturnType<typeof text>][] =>
    value === undefined || value === '' ? [] : [[title, text(value)]]
  const stemcell = textAt(info, 'stemcell_os')
  const features = at(info, 'features')
  const described = isMap(features)
    ? Object.entries(features).map(
        ([name, feature]) => `${name}: ${at(feature, 'status') === true ? 'enabled' : 'disabled'}`
      )
    : []
  const shown = [
    ['Name', text(textAt(info, 'name') ?? '')] as const,
    ['UUID', text(textAt(info, 'uuid') ?? '')] as const,
    ['Version', text(textAt(info, 'version') ?? '')] as const,
    ...field(
      'Director Stemcell',
      stemcell === undefined ? undefined : `${stemcell}/${textAt(info, 'stemcell_version') ?? ''}`
    ),
    ...field('CPI', textAt(info, 'cpi')),
    ...(described.length === 0 ? [] : [['Features', lines(described.sort())] as const]),
    ['User', text(textAt(info, 'user') ?? '(not logged in)')] as const
  ]
  session.ui.table({
    header: columns(...shown.map(([title]) => title)),
    rows: [shown.map(([, cell]) => cell)],
    transpose: true
  })
}
