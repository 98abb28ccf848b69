// Bars by year: the rows that were found, the firm ones in front; each year of all rows has its place.
const SVG = "http://www.w3.org/2000/svg"
const WIDTH = 680
const BOTTOM = 136
// So wide is a year.
const LABEL = 34

export function drawChart(chart, found, rows) {
  const years = new Map()
  for (const row of found) {
    const year = row.day.slice(0, 4)
    const counts = years.get(year) ?? { whole: 0, part: 0 }
    counts.whole += 1
    counts.part += row.strength === "firm" ? 1 : 0
    years.set(year, counts)
  }
  const bars = withGaps(years, rows)
  const most = Math.max(1, ...bars.map(([, counts]) => counts.whole))
  const step = WIDTH / Math.max(bars.length, 1)
  const every = Math.ceil(LABEL / step)
  chart.replaceChildren(...bars.flatMap(([year, counts], place) => {
    const left = place * step + step * 0.15
    return [bar("whole", left, step * 0.7, counts.whole / most), bar("part", left, step * 0.7, counts.part / most), label(left + step * 0.35, BOTTOM + 16, place % every === 0 ? year : ""), label(left + step * 0.35, BOTTOM - 120 * counts.whole / most - 3, counts.whole ? counts.whole.toLocaleString("en") : "")]
  }))
  chart.setAttribute("aria-label", `Commitments by year: ${bars.filter(([, counts]) => counts.whole).map(([year, counts]) => `${year} ${counts.whole}, firm ${counts.part}`).join("; ") || "none"}`)
}

function withGaps(years, rows) {
  const known = [...new Set(rows.map((row) => row.day.slice(0, 4)))].map(Number)
  const bars = []
  for (let year = Math.min(...known); year <= Math.max(...known); year += 1) bars.push([String(year), years.get(String(year)) ?? { whole: 0, part: 0 }])
  return bars
}

function bar(name, left, width, share) {
  const height = 120 * share
  return made("rect", { class: name, x: left, y: BOTTOM - height, width, height })
}

function label(x, y, text) {
  const words = made("text", { x, y, class: "label", "text-anchor": "middle" })
  words.textContent = text
  return words
}

function made(kind, attributes) {
  const element = document.createElementNS(SVG, kind)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}
