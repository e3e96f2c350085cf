import type { FingerprintMark, SealMark, StampMark } from './marks.ts'
import { sealInk } from './marks.ts'
import type { Random } from './random.ts'

/** Ink that took unevenly: two scales of noise eat into the impression. */
function unevenInk(id: string, seed: number, bite: number): string {
  return `<filter id="${id}" x="-10%" y="-10%" width="120%" height="120%">
<feTurbulence type="fractalNoise" baseFrequency="0.035" numOctaves="4" seed="${seed}" result="cloud"/>
<feColorMatrix in="cloud" type="matrix" values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0 0 0 -4 ${bite}" result="mask"/>
<feComposite in="SourceGraphic" in2="mask" operator="in" result="worn"/>
<feDisplacementMap in="worn" in2="cloud" scale="1.6" xChannelSelector="R" yChannelSelector="G"/></filter>`
}

function star(radius: number): string {
  const points: string[] = []
  for (let tip = 0; tip < 10; tip += 1) {
    const reach = tip % 2 === 0 ? radius : radius * 0.382
    const angle = (Math.PI * tip) / 5 - Math.PI / 2
    points.push(`${(reach * Math.cos(angle)).toFixed(2)},${(reach * Math.sin(angle)).toFixed(2)}`)
  }
  return `<polygon points="${points.join(' ')}" fill="${sealInk}"/>`
}

function rim(text: string, radius: number, size: number, sweepDeg: number, narrow: number): string {
  const characters = [...text]
  const step = characters.length > 1 ? sweepDeg / (characters.length - 1) : 0
  return characters
    .map((character, index) => {
      const angle = -sweepDeg / 2 + step * index
      return `<g transform="rotate(${angle.toFixed(2)}) translate(0 ${(-radius).toFixed(2)}) scale(${narrow} 1)"><text text-anchor="middle" font-family="Noto Serif CJK SC" font-weight="700" font-size="${size.toFixed(2)}" fill="${sealInk}">${character}</text></g>`
    })
    .join('')
}

export function sealSvg(mark: SealMark, scale: number, random: Random): string {
  const radius = (mark.diameter / 2) * scale
  const id = `seal${random.whole(1, 1e9)}`
  const count = [...mark.name].length
  const size = radius * Math.min(0.34, 4.6 / count)
  const sweep = Math.min(250, 24 * (count - 1))
  const foot =
    mark.foot === undefined
      ? ''
      : `<text y="${(radius * 0.66).toFixed(1)}" text-anchor="middle" font-family="Noto Serif CJK SC" font-weight="700" font-size="${(radius * 0.23).toFixed(1)}" fill="${sealInk}">${mark.foot}</text>`
  return `${unevenInk(id, random.whole(1, 9999), random.between(2.95, 3.2))}<g style="mix-blend-mode:multiply" opacity="${random.between(0.74, 0.86).toFixed(2)}"><g filter="url(#${id})" transform="translate(${mark.x * scale} ${mark.y * scale}) rotate(${mark.tiltDeg})"><circle r="${(radius * 0.96).toFixed(1)}" fill="none" stroke="${sealInk}" stroke-width="${(radius * 0.055).toFixed(1)}"/>${star(radius * 0.3)}${rim(mark.name, radius * 0.9 - size, size, sweep, 0.82)}${foot}</g></g>`
}

export function stampSvg(mark: StampMark, scale: number, random: Random): string {
  const id = `stamp${random.whole(1, 1e9)}`
  const ink = mark.ink ?? sealInk
  const size = (mark.sizePt * 25.4 * scale) / 72
  const height = size * (1.35 * mark.lines.length + 0.5)
  const width = mark.width * scale
  const lines = mark.lines
    .map(
      (line, row) =>
        `<text y="${(-height / 2 + size * (1.2 + row * 1.35)).toFixed(1)}" text-anchor="middle" font-family="FandolHei" font-size="${size.toFixed(1)}" fill="${ink}">${line}</text>`,
    )
    .join('')
  return `${unevenInk(id, random.whole(1, 9999), 3.2)}<g style="mix-blend-mode:multiply" opacity="0.82"><g filter="url(#${id})" transform="translate(${mark.x * scale} ${mark.y * scale}) rotate(${mark.tiltDeg})"><rect x="${(-width / 2).toFixed(1)}" y="${(-height / 2).toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="none" stroke="${ink}" stroke-width="${(0.5 * scale).toFixed(1)}"/>${lines}</g></g>`
}

export function fingerprintSvg(mark: FingerprintMark, scale: number, random: Random): string {
  const id = `print${random.whole(1, 1e9)}`
  const ridges: string[] = []
  for (let ring = 1; ring <= 11; ring += 1) {
    const rx = ring * 0.62 * scale
    const ry = ring * 0.86 * scale
    ridges.push(
      `<ellipse cx="${random.between(-2, 2).toFixed(1)}" cy="${(ring * 1.4).toFixed(1)}" rx="${rx.toFixed(1)}" ry="${ry.toFixed(1)}" fill="none" stroke="${sealInk}" stroke-width="${(0.4 * scale).toFixed(1)}"/>`,
    )
  }
  return `${unevenInk(id, random.whole(1, 9999), 2.75)}<g style="mix-blend-mode:multiply" opacity="0.7"><g filter="url(#${id})" transform="translate(${mark.x * scale} ${mark.y * scale}) rotate(${random.between(-30, 30).toFixed(1)})"><ellipse rx="${(6.4 * scale).toFixed(1)}" ry="${(9 * scale).toFixed(1)}" fill="${sealInk}" opacity="0.35"/>${ridges.join('')}</g></g>`
}
