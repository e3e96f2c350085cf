import type { Font, HandMark, LineMark, Mark, NumberMark, PageSpec, TextMark } from './marks.ts'
import { blackInk, emWidth, penInk, textWidth } from './marks.ts'
import type { Random } from './random.ts'
import { createRandom } from './random.ts'
import { fingerprintSvg, sealSvg, stampSvg } from './seal.ts'

/** Font families, as fontconfig names them. All are free; README.md lists where they come from. */
const families = {
  song: ['Noto Serif CJK SC', 400],
  songBold: ['Noto Serif CJK SC', 900],
  fangsong: ['FandolFang', 400],
  kai: ['FandolKai', 400],
  hei: ['FandolHei', 400],
} as const satisfies Record<Font, readonly [string, number]>
const digitFamily = 'Noto Serif CJK SC'
const handFamilies = { running: 'Zhi Mang Xing', plain: 'AR PL UKai CN' } as const

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)

function startOf(mark: TextMark | HandMark, spacing: number): number {
  const width = textWidth(mark.text, mark.sizePt, spacing)
  if (mark.align === 'centre') return mark.x - width / 2
  return mark.align === 'right' ? mark.x - width : mark.x
}

/** Characters are set one by one on the grid, so that no font's own digits or spacing move the line. */
function textSvg(mark: TextMark, scale: number): string {
  const [family, weight] = families[mark.font]
  const size = (mark.sizePt * 25.4 * scale) / 72
  const y = (mark.y * scale).toFixed(1)
  const spacing = (mark.spacing ?? 0) * scale
  let x = startOf(mark, mark.spacing ?? 0) * scale
  let out = `<g fill="${mark.ink ?? blackInk}" font-size="${size.toFixed(2)}" font-family="${family}, Noto Serif CJK SC" font-weight="${weight}">`
  for (const character of mark.text) {
    const advance = emWidth(character) * size
    const half = advance < size
    if (character.trim() !== '') {
      const place = `x="${(half ? x + advance / 2 : x).toFixed(1)}" y="${y}"`
      out += half
        ? `<text ${place} text-anchor="middle" font-family="${mark.font === 'hei' ? 'Noto Sans CJK SC' : digitFamily}" font-size="${(size * 0.94).toFixed(2)}">${escaped(character)}</text>`
        : `<text ${place}>${character}</text>`
    }
    x += advance + spacing
  }
  return `${out}</g>`
}

function handSvg(mark: HandMark, scale: number, random: Random): string {
  const size = (mark.sizePt * 25.4 * scale) / 72
  const id = `hand${random.whole(1, 1e9)}`
  const tilt = mark.tiltDeg ?? random.between(-1.2, 0.8)
  let x = 0
  let drift = 0
  let out = ''
  for (const character of mark.text) {
    const advance = (emWidth(character) < 1 ? 0.52 : mark.style === 'running' ? 0.94 : 0.98) * size
    drift = Math.max(-size * 0.08, Math.min(size * 0.08, drift + random.between(-0.04, 0.04) * size))
    const grow = random.between(0.9, 1.1)
    out += `<g transform="translate(${x.toFixed(1)} ${drift.toFixed(1)}) rotate(${random.between(-4, 4).toFixed(1)}) skewX(${random.between(-8, 0).toFixed(1)}) scale(${(grow * random.between(0.94, 1.04)).toFixed(3)} ${grow.toFixed(3)})"><text>${escaped(character)}</text></g>`
    x += advance * random.between(0.94, 1.03)
  }
  const left = startOf(mark, 0) * scale
  return `<filter id="${id}" x="-5%" y="-20%" width="110%" height="140%"><feTurbulence type="fractalNoise" baseFrequency="0.022" numOctaves="2" seed="${random.whole(1, 9999)}"/><feDisplacementMap in="SourceGraphic" scale="${(size * 0.13).toFixed(1)}" xChannelSelector="R" yChannelSelector="G"/></filter><g filter="url(#${id})" opacity="0.92" transform="translate(${left.toFixed(1)} ${(mark.y * scale).toFixed(1)}) rotate(${tilt.toFixed(2)})" fill="${mark.ink ?? penInk}" stroke="${mark.ink ?? penInk}" stroke-width="${(size * (mark.style === 'plain' ? 0.022 : 0)).toFixed(2)}" font-family="${handFamilies[mark.style]}, AR PL UKai CN" font-size="${size.toFixed(1)}">${out}</g>`
}

function lineSvg(mark: LineMark, scale: number, random: Random): string {
  const stroke = `stroke="${mark.ink ?? blackInk}" stroke-width="${(mark.width * scale).toFixed(2)}"`
  if (mark.byHand !== true)
    return `<line x1="${mark.x1 * scale}" y1="${mark.y1 * scale}" x2="${mark.x2 * scale}" y2="${mark.y2 * scale}" ${stroke}/>`
  const points: string[] = []
  const steps = 12
  for (let step = 0; step <= steps; step += 1) {
    const along = step / steps
    points.push(
      `${((mark.x1 + (mark.x2 - mark.x1) * along) * scale + random.between(-2, 2)).toFixed(1)},${((mark.y1 + (mark.y2 - mark.y1) * along) * scale + random.between(-3, 3)).toFixed(1)}`,
    )
  }
  return `<polyline points="${points.join(' ')}" fill="none" stroke-linecap="round" stroke-linejoin="round" ${stroke} opacity="0.9"/>`
}

/** Numbering machines strike the digits a little out of line and not equally black. */
function numberSvg(mark: NumberMark, scale: number, random: Random): string {
  const size = 5.4 * scale
  const digits = [...mark.text]
    .map((digit, index) => {
      const opacity = random.between(0.72, 0.95).toFixed(2)
      return `<text x="${(index * size * 0.62).toFixed(1)}" y="${random.between(-2, 2).toFixed(1)}" opacity="${opacity}">${digit}</text>`
    })
    .join('')
  return `<g transform="translate(${mark.x * scale} ${mark.y * scale}) rotate(${random.between(-3, 3).toFixed(2)})" fill="#23283c" font-family="Noto Serif CJK SC" font-weight="600" font-size="${size.toFixed(1)}">${digits}</g>`
}

function markSvg(mark: Mark, scale: number, random: Random): string {
  switch (mark.kind) {
    case 'text':
      return textSvg(mark, scale)
    case 'hand':
      return handSvg(mark, scale, random)
    case 'line':
      return lineSvg(mark, scale, random)
    case 'box':
      return `<rect x="${mark.x * scale}" y="${mark.y * scale}" width="${mark.width * scale}" height="${mark.height * scale}" rx="${(mark.radius ?? 0) * scale}" fill="${mark.fill ?? 'none'}" stroke="${mark.stroke ?? 'none'}" stroke-width="${((mark.strokeWidth ?? 0.25) * scale).toFixed(2)}"/>`
    case 'seal':
      return sealSvg(mark, scale, random)
    case 'stamp':
      return stampSvg(mark, scale, random)
    case 'fingerprint':
      return fingerprintSvg(mark, scale, random)
    case 'number':
      return numberSvg(mark, scale, random)
  }
}

/** The clean page as SVG at the given resolution. */
export function pageSvg(spec: PageSpec, seed: number, dpi: number): string {
  const scale = dpi / 25.4
  const random = createRandom(seed)
  const width = Math.round(spec.widthMm * scale)
  const height = Math.round(spec.heightMm * scale)
  const body = spec.marks.map((mark) => markSvg(mark, scale, random)).join('\n')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${spec.paper}"/>${body}</svg>`
}
